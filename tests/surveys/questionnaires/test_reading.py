import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from surveys.definition import Choice, Definition, Item
from surveys.questionnaires.evaluating import Questionnaire
from surveys.questionnaires.reading import Reading, missing, read, without_blanks
from surveys.questionnaires.understanding import NotUnderstood, lines, understood
from tests.story import NOON

COLOURS = (Choice("red", {"en": "Red"}), Choice("blue", {"en": "Blue"}))


def a_form(*items: Item) -> Questionnaire:
    return Questionnaire(Definition({"en": "T"}, "t", "en", ("en",), items, {"c": COLOURS}))


def reading_of(form: Questionnaire, **typed: object) -> Reading:
    evaluation = form.evaluate({}, now=NOON)
    data: MultiDict[str, str] = MultiDict(typed)  # type: ignore[arg-type]
    return read(form.definition.items, data, evaluation, {})


@pytest.mark.parametrize(
    ("kind", "typed", "answer"),
    [
        ("integer", " 12 ", 12),
        ("integer", "1.200", 1200),
        ("integer", "1 200", 1200),
        ("integer", "٣٤", 34),
        ("decimal", "12,5", 12.5),
        ("date", "30.11.2026", "2026-11-30"),
        ("date", "2026-11-30", "2026-11-30"),
        ("time", "9:30", "09:30"),
        ("datetime", "2026-11-30T09:30", "2026-11-30T09:30"),
        ("geopoint", "52,63 13.49", "52.63 13.49 0 0"),
        ("text", "a\r\nb\x00", "a\nb"),
        ("acknowledge", "OK", "OK"),
    ],
)
def test_people_write_as_they_are_used_to(kind: str, typed: str, answer: object) -> None:
    item = Item("question", "x", type=kind)  # type: ignore[arg-type]
    assert reading_of(a_form(item), x=typed).answers == {"x": answer}


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("integer", "about ten"), ("integer", "1,5"), ("integer", "9" * 30),
        ("decimal", "nan"), ("date", "31.02.2026"), ("time", "25:00"),
        ("geopoint", "here"), ("range", "11"),
    ],
)  # fmt: skip
def test_what_cannot_be_an_answer_is_named_and_stays_in_the_draft(
    kind: str, typed: str
) -> None:
    item = Item("question", "x", type=kind)  # type: ignore[arg-type]
    form = a_form(item)
    reading = reading_of(form, x=typed)
    assert reading.answers == {"x": typed}
    assert set(reading.faults) == {"x"}
    later = missing([item], form.evaluate(reading.answers, now=NOON), "de")
    assert later == reading.faults


def test_too_long_a_text_is_named_and_not_stored() -> None:
    reading = reading_of(a_form(Item("question", "x", type="text")), x="x" * 10_001)
    assert (reading.answers, set(reading.faults)) == ({}, {"x"})


@given(st.sampled_from(["integer", "decimal", "date", "time", "datetime", "text"]), st.text())
def test_no_text_breaks_the_reader(kind: str, typed: str) -> None:
    try:
        understood(Item("question", "x", type=kind), lines(typed) or "-")  # type: ignore[arg-type]
    except NotUnderstood as amiss:
        assert amiss.reason


def test_only_choices_that_are_offered_count() -> None:
    one = Item("question", "one", type="select_one", list="c")
    many = Item("question", "many", type="select_multiple", list="c")
    data = {"one": "green", "many": ["blue", "green", "blue"]}
    assert reading_of(a_form(one, many), **data).answers == {"many": ["blue"]}


def test_a_ranking_gives_each_place_once() -> None:
    form = a_form(Item("question", "r", type="rank", list="c"))
    assert reading_of(form, **{"r=red": "2", "r=blue": "1"}).answers == {"r": ["blue", "red"]}
    assert set(reading_of(form, **{"r=red": "1", "r=blue": "1"}).faults) == {"r"}
    assert reading_of(form).answers == {}


def test_contact_data_never_enter_the_document() -> None:
    form = a_form(Item("question", "mail", type="text", osi={"pii": "contact"}))
    reading = reading_of(form, mail="a@example.org")
    assert reading.answers == {}
    assert reading.sealed == {"mail": "a@example.org"}


def test_a_default_that_was_emptied_does_not_come_back() -> None:
    form = a_form(Item("question", "x", type="text", default="as ever"))
    answers = reading_of(form, x="").answers
    assert form.evaluate({}, now=NOON).value("x") == "as ever"
    assert form.evaluate(answers, now=NOON).value("x") is None


def test_an_added_turn_that_stays_blank_asks_for_nothing() -> None:
    name = Item("question", "name", type="text", required="true()")
    note = Item("question", "note", type="text")
    form = a_form(Item("repeat", "r", items=(name, note)))
    items = form.definition.items
    evaluation = form.evaluate({"r": [{}, {"note": "x"}]}, now=NOON)
    assert set(missing(items, evaluation, "en")) == {"name:2"}
    kept = without_blanks(items, {"r": [{}, {"note": "x"}]})
    assert kept == {"r": [{"note": "x"}]}
