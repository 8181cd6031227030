"""Pages: nothing on a page changes by an answer on the same page."""

from typing import Any

from surveys.definition import Choice, Definition, Item
from surveys.questionnaires.evaluating import questionnaire
from surveys.questionnaires.paging import FULL, Page


def text(name: str, **more: Any) -> Item:
    return Item("question", name, "text", **more)


def pages(*items: Item, **lists: tuple[Choice, ...]) -> list[Page]:
    return questionnaire(Definition({}, "", "de", ("de",), items, lists)).pages


def keys(*items: Item, **lists: tuple[Choice, ...]) -> list[list[str]]:
    return [[item.name for item in page.questions] for page in pages(*items, **lists)]


def group(name: str, *items: Item, **more: Any) -> Item:
    return Item("group", name, items=items, **more)


def test_a_part_is_a_group_at_the_top() -> None:
    parts = pages(text("a"), group("g", text("b"), group("h", text("c"))), text("d"))
    assert [(page.key, page.part and page.part.name) for page in parts] == [
        ("a", None),
        ("b", "g"),
        ("d", None),
    ]
    assert [item.name for item in parts[1].items] == ["b", "h"]


def test_a_page_ends_before_what_depends_on_it() -> None:
    assert keys(text("a"), text("b"), text("c", relevant="${a} = '1'"), text("d")) == [
        ["a", "b"],
        ["c", "d"],
    ]


def test_also_when_it_depends_through_calculations() -> None:
    sums = Item("calculate", "s", calculation="${a} + 1")
    twice = Item("calculate", "t", calculation="${s} * 2")
    note = Item("note", "n", label={"de": "Das sind ${t}."})
    assert keys(text("a"), sums, twice, note) == [["a"], ["n"]]


def test_also_when_choices_their_words_or_a_default_depend_on_it() -> None:
    one = Item("question", "b", "select_one", list="l", choice_filter="name != ${a}")
    assert keys(text("a"), one, l=(Choice("x"),)) == [["a"], ["b"]]
    two = Item("question", "b", "select_one", list="l")
    assert keys(text("a"), two, l=(Choice("x", {"de": "${a}"}),)) == [["a"], ["b"]]
    assert keys(text("a"), text("b", default="${a}")) == [["a"], ["b"]]


def test_also_when_what_it_depends_on_is_asked_only_sometimes() -> None:
    assert keys(
        text("a"), text("b", relevant="${a} = '1'"), text("c", relevant="${b} = '1'")
    ) == [
        ["a"],
        ["b"],
        ["c"],
    ]


def test_a_group_is_broken_only_where_it_must_be() -> None:
    shown = pages(
        group("g", text("a"), group("h", text("b"), text("c", relevant="${b} = '1'")))
    )
    assert [[item.name for item in page.items] for page in shown] == [["a", "h"], ["h"]]
    assert [[each.name for each in page.items[-1].items] for page in shown] == [["b"], ["c"]]


def test_a_repeat_is_a_page_of_its_own() -> None:
    turn = Item("repeat", "r", items=(text("b"), text("c")))
    assert keys(group("g", text("a"), turn, text("d"))) == [["a"], ["b", "c"], ["d"]]


def test_a_repeat_is_broken_where_its_own_answers_decide() -> None:
    turn = Item("repeat", "r", items=(text("b"), text("c", relevant="${b} = '1'")))
    assert keys(turn) == [["b"], ["c"]]


def test_what_counts_turns_comes_after_them() -> None:
    turn = Item("repeat", "r", items=(text("b"),))
    again = Item("repeat", "s", count="count(${r})", items=(text("c"),))
    assert keys(turn, again, Item("note", "n", label={"de": "${r}"})) == [["b"], ["c"], ["n"]]


def test_a_long_run_of_questions_is_broken_but_no_field_list() -> None:
    many = [text(f"q{number}") for number in range(FULL + 5)]
    assert [len(page) for page in keys(group("g", *many))] == [FULL, 5]
    assert [len(page) for page in keys(group("g", *many, appearance="field-list"))] == [
        FULL + 5
    ]


def test_calculations_stand_on_no_page() -> None:
    assert keys(Item("calculate", "s", calculation="1"), text("a")) == [["a"]]
