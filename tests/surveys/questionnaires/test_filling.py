from werkzeug.datastructures import MultiDict

from core.packing import Still
from surveys.definition import Choice, Definition, Item
from surveys.questionnaires.evaluating import Questionnaire
from surveys.questionnaires.filling import Sheet, View, weave
from surveys.questionnaires.slots import slot
from tests.story import NOON

NAME = Item("question", "name", type="text")
COLOUR = Item(
    "question", "colour", type="select_one", list="c", choice_filter="name != ${name}"
)
SHOWN = Item("note", "shown", label={"en": "Hello ${name}"}, relevant="${name} != ''")
HUE, TONE = (Item("question", each, type="select_one", list="c") for each in ("hue", "tone"))
FORM = Questionnaire(
    Definition(
        {"en": "T"}, "t", "en", ("en",), (NAME, COLOUR, SHOWN, HUE, TONE),
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


def woven(sheet: Sheet, **answers: object) -> list[bytes]:
    return sheet.weave(View(FORM.evaluate(answers, now=NOON), "en", {}))


def test_what_comes_out_alike_for_two_is_the_same_piece() -> None:
    choices = "".join(f"<{slot('checked', 'hue', name)}>" for name in ("red", "sea"))
    sheet = Sheet(f"Hue: {choices} of {slot('value', 'name')}", FORM.cells)
    first, second = woven(sheet, hue="sea", name="Jo"), woven(sheet, hue="sea", name="Mo")
    assert b"".join(first) == b"Hue: <>< checked> of Jo"
    assert b"".join(second) == b"Hue: <>< checked> of Mo"
    assert first[0] is second[0]
    assert b"".join(woven(sheet, hue="red", name="Jo")) == b"Hue: < checked><> of Jo"


def test_nothing_that_somebody_wrote_is_kept() -> None:
    choices = f"<{slot('checked', 'hue', 'red')}>"
    sheet = Sheet(f"{slot('value', 'name')}{choices}{slot('label', 'shown')}", FORM.cells)
    pieces = woven(sheet, name="Jo", hue="red")
    kept = [piece for piece in pieces if isinstance(piece, Still)]
    assert kept == [b"< checked>"]


def test_the_choices_of_two_questions_are_kept_apart() -> None:
    html = "".join(f"<{slot('checked', name, 'red')}>" for name in ("hue", "tone"))
    sheet = Sheet(html, FORM.cells)
    for hue in ("red", "sea"):
        for tone in ("red", "sea"):
            text = b"".join(woven(sheet, hue=hue, tone=tone)).decode()
            marks = [" checked" if each == "red" else "" for each in (hue, tone)]
            assert text == "<{}><{}>".format(*marks)


def test_of_a_list_in_parts_each_part_follows_what_is_offered_of_it() -> None:
    html = f"{offered('red')}|{offered('blue', 'sea')}"
    sheet = Sheet(html, FORM.cells)
    for name, text in (
        ("red", "|<blue><sea>"),
        ("sea", "<red>|<blue>"),
        ("", "<red>|<blue><sea>"),
    ):
        assert b"".join(woven(sheet, name=name)).decode() == text


def test_what_stands_around_a_page_is_put_in_once() -> None:
    html = f"<{slot('inset', 'title')}|{slot('value', 'name')}|{slot('inset', 'pager')}>"
    ready = Sheet(html, FORM.cells).within({"title": "Buch", "pager": "Go on"})
    view = View(FORM.evaluate({"name": "Jo"}, now=NOON), "en", {})
    assert weave(ready, view) == [b"<Buch|", b"Jo", b"|Go on>"]


def test_what_is_asked_under_one_condition_side_by_side_is_there_or_not() -> None:
    each = f"{slot('if', 'shown')}<{slot('checked', 'hue', 'red')}>{slot('end')}"
    assert filled(each * 2 + "!", {}) == "!"
    assert filled(each * 2 + "!", {"name": "Jo", "hue": "red"}) == "< checked>< checked>!"


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
