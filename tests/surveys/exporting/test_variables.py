import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.definition import Choice, Definition, Item
from surveys.exporting.tables import Column, Labels, Table, distinct
from surveys.exporting.variables import (
    LONGEST,
    OF_R,
    OF_SPSS,
    Variable,
    legal,
    variables_of,
)


def variables(item: Item, *choices: Choice) -> list[Variable]:
    known = {item.list: choices} if item.list else {}
    labels = Labels(Definition({}, "f", "de", ("de",), (item,), known), "de")
    return variables_of(labels, Table("responses", [Column(item.name, item)], lambda: iter([])))


def choice(name: str, label: str = "", **attributes: str) -> Choice:
    return Choice(name, {"de": label or name}, attributes)


def one(*choices: Choice, appearance: str = "") -> Variable:
    item = Item("question", "q", "select_one", list="l", appearance=appearance)
    (found,) = variables(item, *choices)
    return found


@settings(max_examples=50)
@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_name_becomes_one_that_spss_and_r_take(names: list[str]) -> None:
    found = distinct(map(legal, names), LONGEST)
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII)
        assert len(name.encode()) <= LONGEST
        assert name.casefold() not in OF_SPSS | OF_R


@pytest.mark.parametrize(
    ("name", "is_called"),
    [
        ("headcount", "headcount"),
        ("2nd-best", "v_2nd_best"),
        ("ALL", "v_ALL"),
        ("if", "v_if"),
        ("größe", "grosse"),
        ("اسم", "v"),
        ("_a.b_", "a_b"),
    ],
)
def test_a_name_stays_as_near_as_it_can(name: str, is_called: str) -> None:
    assert legal(name.replace("ß", "ss")) == is_called


def test_several_answers_become_a_flag_for_each_choice() -> None:
    item = Item("question", "q", "select_multiple", list="l")
    rooms, jobs = variables(item, choice("rooms", "Räume"), choice("jobs", "Jobs"))
    assert [each.name for each in (rooms, jobs)] == ["q_rooms", "q_jobs"]
    assert rooms.label == "Räume"
    assert [jobs.value([said]) for said in (["jobs"], ["rooms"], "jobs", [], None)] == [
        1, 0, 1, None, None,
    ]  # fmt: skip


def test_a_ranking_becomes_a_variable_for_each_place() -> None:
    item = Item("question", "q", "rank", list="l")
    first, second = variables(item, choice("a"), choice("b"))
    assert [each.value([["b"]]) for each in (first, second)] == ["b", None]


def test_numbers_are_those_of_the_form_and_no_others() -> None:
    named = one(choice("1"), choice("2"), choice("dk"))
    assert named.numbers == {"1": 1, "2": 2, "dk": -98}
    ranked = one(choice("none", rank="0"), choice("a1", rank="1.5"))
    assert ranked.numbers == {"none": 0, "a1": 1.5}
    assert ranked.is_ordered
    for unnumbered in (
        one(choice("yes"), choice("no")),
        one(choice("1"), choice("01")),
        one(choice("dk"), choice("refused")),
        one(choice("a", rank="1"), choice("b")),
    ):
        assert not unnumbered.is_numbered


def test_choices_that_say_the_same_tell_their_code_too() -> None:
    found = one(choice("a", "Ja"), choice("b", "Ja"), choice("c", "Nein"))
    assert [answer.label for answer in found.answers] == ["Ja (a)", "Ja (b)", "Nein"]


def test_choices_from_the_register_are_written_as_they_are() -> None:
    osi = {"register": "partners"}
    item = Item("question", "q", "select_multiple", list="l", osi=osi)
    (found,) = variables(item, choice("placeholder"))
    assert (found.kind, found.value([["O1", "O2"]])) == ("text", "O1 O2")


def test_what_is_no_number_is_left_out_and_yes_is_one() -> None:
    (number,) = variables(Item("question", "q", "integer"))
    assert [number.value([said]) for said in (3, 2.5, "=1+1", None)] == [3, 2.5, None, None]
    (agreed,) = variables(Item("question", "q", "acknowledge"))
    assert [agreed.value([said]) for said in ("OK", None)] == [1, None]
