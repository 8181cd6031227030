from werkzeug.datastructures import MultiDict

from surveys.definition import Choice, Definition, Item
from surveys.questionnaires.evaluating import Questionnaire
from surveys.questionnaires.filling import Sheet, View
from surveys.questionnaires.slots import slot
from tests.story import NOON

NAME = Item("question", "name", type="text")
COLOUR = Item(
    "question", "colour", type="select_one", list="c", choice_filter="name != ${name}"
)
SHOWN = Item("note", "shown", label={"en": "Hello ${name}"}, relevant="${name} != ''")
FORM = Questionnaire(
    Definition(
        {"en": "T"}, "t", "en", ("en",), (NAME, COLOUR, SHOWN),
        {"c": tuple(Choice(name, {"en": name}) for name in ("red", "blue", "sea"))},
    )
)  # fmt: skip


def filled(html: str, answers: dict[str, object], **more: object) -> str:
    view = View(FORM.evaluate(answers, now=NOON), "en", {"token": "t"}, **more)  # type: ignore[arg-type]
    return Sheet(html, FORM.cells).fill(view)


def test_answers_stand_where_the_template_left_room() -> None:
    html = f"<{slot('value', 'name')}|{slot('checked', 'colour', 'red')}>"
    assert filled(html, {"name": '"<Ö>', "colour": "red"}) == "<&quot;&lt;Ö&gt;| checked>"
    assert filled(html, {}) == "<|>"


def test_what_is_not_asked_is_not_shown() -> None:
    html = f"a{slot('if', 'shown')}{slot('label', 'shown')}{slot('end')}b"
    assert filled(html, {}) == "ab"
    assert filled(html, {"name": "<b>"}) == "aHello &lt;b&gt;b"


def offered(*names: str, around: str = "") -> str:
    return "".join(
        f"{slot('offered', 'colour', name)}<{name}{slot('checked', 'colour', name)}>{around}"
        f"{slot('end')}"
        for name in names
    )


def test_of_choices_side_by_side_those_offered_are_shown_and_those_taken_marked() -> None:
    html = f"[{offered('red', 'blue', 'sea')}]"
    assert filled(html, {"colour": "blue"}) == "[<red><blue checked><sea>]"
    assert filled(html, {"colour": "blue", "name": "red"}) == "[<blue checked><sea>]"
    assert filled(html, {}, typed=MultiDict({"colour": "sea"})) == "[<red><blue><sea checked>]"


def test_what_else_changes_at_a_choice_changes_too() -> None:
    html = offered("red", around=slot("value", "name")) + offered("sea")
    assert filled(html, {"name": "Jo"}) == "<red>Jo<sea>"
    assert filled(html, {"name": "red", "colour": "sea"}) == "<sea checked>"


def test_what_stands_around_choices_is_there_as_long_as_one_of_them_is() -> None:
    html = f"{slot('offered', 'colour', 'red', 'none')}[{offered('red')}]{slot('end')}"
    assert filled(html, {}) == "[<red>]"
    assert filled(html, {"name": "red"}) == ""
    html = f"{slot('offered', 'colour', 'red', 'sea')}once{slot('end')}"
    assert filled(html, {}) == "once"


def test_what_was_typed_wins_over_what_is_stored() -> None:
    typed = MultiDict({"name": "new"})
    assert filled(slot("value", "name"), {"name": "old"}, typed=typed) == "new"


def test_an_error_stands_at_its_field_only() -> None:
    html = f"{slot('amiss', 'name')}[{slot('message', 'name')}]{slot('end')}"
    assert filled(html, {}) == ""
    assert filled(html, {}, errors={"name": "Missing"}) == "[Missing]"


def test_a_page_can_be_filled_again_and_again() -> None:
    sheet = Sheet(slot("value", "name"), FORM.cells)
    for name in ("a", "b"):
        assert sheet.fill(View(FORM.evaluate({"name": name}, now=NOON), "en", {})) == name


def test_what_is_said_in_another_language_says_so_to_those_who_hear_it() -> None:
    spoken = Item("note", "shown", label={"prs": "سلام ${name}"})
    form = Questionnaire(Definition({"en": "T"}, "t", "en", ("en", "prs"), (NAME, spoken), {}))
    view = View(form.evaluate({"name": "Jo"}, now=NOON), "en", {})
    sheet = Sheet(slot("label", "shown"), form.cells)
    assert sheet.fill(view) == '<span lang="fa-AF" dir="rtl">سلام Jo</span>'
