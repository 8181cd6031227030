"""A filter that is looked at once lets the same choices through as one asked for each."""

import pytest

from surveys.definition import Choice, Definition, Item
from surveys.questionnaires.evaluating import Questionnaire
from tests.story import NOON

CITIES = (
    Choice("b", {"en": "Berlin"}, {"land": "de", "size": "3"}),
    Choice("w", {"en": "Wien"}, {"land": "at", "size": "2"}),
    Choice("k", {"en": "Köln"}, {"land": "de", "size": "1"}),
)


def form(choice_filter: str) -> Questionnaire:
    city = Item("question", "city", "select_multiple", list="c", choice_filter=choice_filter)
    items = (Item("question", "x", "text"), Item("question", "n", "integer"), city)
    return Questionnaire(Definition({"en": "T"}, "t", "en", ("en",), items, {"c": CITIES}))


@pytest.mark.parametrize(
    ("choice_filter", "is_plain"),
    [
        ("land = ${x}", True), ("${x} = land", True), ("name != ${x}", True),
        ("selected(${x}, name)", True), ("selected(${x}, land)", True), ("land = 'de'", True),
        ("size = ${n}", True), ("colour = ${x}", True), ("size > ${n}", False),
        ("land = ${x} or size = 1", False), ("not(selected(${x}, name))", False),
        (". = ${x}", False), ("land = concat(${x}, '')", False),
    ],
)  # fmt: skip
def test_a_plain_filter_lets_through_what_it_does_when_asked_for_each(
    choice_filter: str, is_plain: bool
) -> None:
    quick, slow = form(choice_filter), form(choice_filter)
    assert (quick.cells["city"].sift is not None) == is_plain
    slow.cells["city"].sift = None
    answers: list[dict[str, object]] = [
        {}, {"x": "de"}, {"x": "b"}, {"x": "b k"}, {"n": 2}, {"x": "at", "n": 1},
        {"x": "de", "city": ["w", "k"]}, {"x": "w", "city": ["w", "b", "nowhere"]},
    ]  # fmt: skip
    for each in answers:
        one, other = quick.evaluate(each, now=NOON), slow.evaluate(each, now=NOON)
        assert one.choices("city") == other.choices("city")
        assert one.value("city") == other.value("city")
