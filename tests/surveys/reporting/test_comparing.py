from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from surveys.definition import Choice, Definition, Item
from surveys.hiding import K
from surveys.models import Subject
from surveys.reporting.charts import Text
from surveys.reporting.comparing import Pair, compare, overlap
from surveys.reporting.results import Reading
from tests.surveys.counted import a_table
from tests.surveys.example import ENTERPRISES, LISTS, choice, group, question

Documents = Sequence[Mapping[str, object]]


def reading(
    documents: Documents,
    definition: Definition = ENTERPRISES,
    subject: Subject = Subject.ORGANISATIONS,
    organisations: Sequence[int] = (),
) -> Reading:
    return Reading(definition, a_table(documents, (), organisations), subject, "en")


def asking(*items: Item, **lists: tuple[Choice, ...]) -> Definition:
    return replace(ENTERPRISES, items=(group("g", "", "", *items),), lists={**LISTS, **lists})


def pair(one: Reading, other: Reading, name: str) -> Pair:
    return next(each for each in compare(one, other).pairs if each.name == name)


def lines(found: Pair) -> list[tuple[str, int | None, int | None, float | None]]:
    return [
        (
            each.label.text if isinstance(each.label, Text) else f"{each.label.low:g}",
            each.one.count if each.one else None,
            each.other.count if each.other else None,
            None if each.points is None else round(each.points, 1),
        )
        for each in found.answers
    ]


def test_shares_of_both_stand_side_by_side_with_their_difference_in_points() -> None:
    one = reading([{"org_type": "provider"}] * 3 + [{"org_type": "migrant"}])
    other = reading([{"org_type": "provider"}] * 5 + [{"org_type": "migrant"}] * 5 + [{}])
    found = pair(one, other, "org_type")
    assert found.n == (4, 10)
    assert lines(found) == [
        ("Social provider", 3, 5, -25.0), ("Migrant organisation", 1, 5, 25.0),
    ]  # fmt: skip
    assert [text.text for text in found.unnamed] == ["Social enterprise", "Research"]


def test_answers_match_by_name_and_new_and_dropped_ones_are_said() -> None:
    kinds = (choice("provider", "Träger", "Provider"), choice("coop", "Genossenschaft", "Coop"))
    after = asking(
        question("org_type", "select_one", "Was sind Sie?", "What are you?", list="kind"),
        kind=kinds,
    )
    one = reading([{"org_type": "provider"}, {"org_type": "research"}])
    found = pair(one, reading([{"org_type": "coop"}], after), "org_type")
    assert lines(found) == [
        ("Provider", 1, 0, -50.0), ("Coop", None, 1, None), ("Research", 1, None, None),
    ]  # fmt: skip
    assert found.before == Text("What kind of organisation are you?", "en")


def test_numbers_lie_in_the_bins_of_both() -> None:
    one = reading([{"headcount": 1}, {"headcount": 3}])
    found = pair(one, reading([{"headcount": 3}, {"headcount": 4}]), "headcount")
    assert lines(found) == [
        ("1", 1, 0, -50.0), ("2", 0, 0, 0.0), ("3", 1, 1, 0.0), ("4", 0, 1, 50.0),
    ]  # fmt: skip


def test_what_one_alone_asks_or_in_another_way_is_not_compared() -> None:
    before = asking(
        question("mood", "select_one", "Stimmung", "Mood", list="hinder"),
        question("gone", "integer", "Weg", "Gone"),
    )
    after = asking(
        question("mood", "select_multiple", "Stimmung", "Mood", list="hinder"),
        question("fresh", "integer", "Neu", "New"),
    )
    found = compare(reading([], before), reading([], after))
    assert found.pairs == ()
    texts = [
        [text.text for text in each] for each in (found.dropped, found.added, found.changed)
    ]
    assert texts == [["Gone"], ["New"], ["Mood"]]


def test_who_answered_both_is_counted_once() -> None:
    one, other = reading([{}] * 4, organisations=[1, 1, 2, 0]), reading([{}], organisations=[2])
    found = overlap(one.rows, other.rows)
    assert (found.both, found.first, found.second) == (1, 1, 0)


TWO = asking(
    question("a", "select_one", "A", "A", list="two"),
    two=(choice("x", "x", "x"), choice("y", "y", "y")),
)
SIX = some.lists(some.integers(0, 16), min_size=6, max_size=6)


def of_persons(counts: Sequence[int]) -> Reading:
    documents = chain.from_iterable(
        [{"a": said} if said else {}] * count for said, count in zip("xy ", counts, strict=True)
    )
    cleaned = [{k: v for k, v in each.items() if v != " "} for each in documents]
    return reading(cleaned, TWO, Subject.PERSONS)


@settings(max_examples=40)
@given(SIX)
def test_of_persons_neither_a_field_nor_a_silence_nor_a_difference_is_of_a_few(
    counts: Sequence[int],
) -> None:
    first, second = counts[:3], counts[3:]
    found = compare(of_persons(first), of_persons(second)).pairs[0]
    few = [
        *(each for each in (*first[:2], *second[:2]) if each < K),
        *(each for each in (first[2], second[2]) if 0 < each < K),
        *(d for a, b in zip(first, second, strict=True) if 0 < (d := abs(a - b)) < K),
    ]
    apart = abs(sum(first[:2]) - sum(second[:2]))
    assert bool(found.answers) == (not few and not 0 < apart < K)


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        ([5, 5, 0], [10, 10, 0], True),
        ([5, 5, 0], [10, 6, 0], False),  # one more of y would be seen
        ([5, 5, 0], [10, 4, 0], False),  # a small field
        ([5, 5, 3], [10, 10, 0], False),  # three who said nothing
        ([20, 20, 0], [20, 20, 0], True),
    ],
)
def test_a_question_to_persons_stands_whole_or_not_at_all(
    first: Sequence[int], second: Sequence[int], shown: bool
) -> None:
    found = compare(of_persons(first), of_persons(second)).pairs[0]
    assert bool(found.answers) is shown


def test_of_persons_numbers_are_not_compared() -> None:
    found = compare(
        reading([{"headcount": 3}] * 9, subject=Subject.PERSONS),
        reading([{"headcount": 3}] * 9, subject=Subject.PERSONS),
    )
    assert "headcount" not in [each.name for each in found.pairs]
