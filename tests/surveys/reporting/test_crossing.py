from collections.abc import Mapping, Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from surveys.counting.columns import Table
from surveys.hiding import K
from surveys.models import Subject
from surveys.reporting.charts import Text
from surveys.reporting.crossing import (
    Crossed,
    Field,
    cross,
    fields,
    lenses,
    may_be_shown,
    narrowed,
)
from surveys.reporting.results import Reading
from surveys.reporting.tallying import chosen
from tests.surveys.counted import a_table
from tests.surveys.example import ENTERPRISES

SECTORS = {1: "economy", 2: "science"}
NAMES = {"economy": Text("Wirtschaft", "de"), "science": Text("Wissenschaft", "de")}


def rows(*documents: Mapping[str, object]) -> Table:
    return a_table(documents, organisations=[n % 2 + 1 for n in range(len(documents))])


def reading(columns: Table, subject: Subject = Subject.ORGANISATIONS) -> Reading:
    return Reading(ENTERPRISES, columns, subject, "de")


def offered(columns: Table, subject: Subject = Subject.ORGANISATIONS) -> dict[str, Field]:
    return fields(reading(columns, subject), lambda: SECTORS, NAMES)


def test_two_questions_are_crossed_among_those_who_answered_both() -> None:
    columns = rows(
        {"org_type": "provider", "willing": "5"}, {"org_type": "provider", "willing": "5"},
        {"org_type": "provider", "willing": "1"}, {"org_type": "research", "willing": "1"},
        {"org_type": "research"}, {},
    )  # fmt: skip
    known = offered(columns)
    found = cross(columns, known["org_type"], known["willing"])
    assert [name for name, _ in found.rows.answers] == ["provider", "research"]
    assert found.counts == ((1, 0, 0, 0, 2), (1, 0, 0, 0, 0))
    assert (found.sums, found.n, found.apart) == ((3, 1), 4, 2)


def test_whoever_gave_several_answers_counts_with_each_and_once_in_all() -> None:
    columns = rows({"org_type": "provider", "offers": ["rooms", "jobs"]})
    known = offered(columns)
    found = cross(columns, known["org_type"], known["offers"])
    assert (found.counts, found.sums, found.n) == (((1, 0, 0, 1),), (1,), 1)


SAID = some.fixed_dictionaries(
    {},
    optional={
        "org_type": some.sampled_from(["provider", "research", "unknown", ""]),
        "offers": some.lists(some.sampled_from(["rooms", "jobs", "advice"]), max_size=3),
    },
)


@settings(max_examples=40)
@given(some.lists(SAID, max_size=30))
def test_a_table_is_as_counted_one_by_one(documents: Sequence[Mapping[str, object]]) -> None:
    columns = rows(*documents)
    known = offered(columns)
    one, other = known["org_type"], known["offers"]
    said = [
        (
            [x for x in chosen(each.get("org_type")) if x in one.names],
            chosen(each.get("offers")),
        )
        for each in documents
    ]
    found = cross(columns, one, other, whole=True)
    assert found.counts == tuple(
        tuple(sum(a in here and b in there for here, there in said) for b in other.names)
        for a in one.names
    )
    assert found.n == sum(bool(here and there) for here, there in said)
    assert found.apart == len(documents) - found.n
    alone = [sum(a in here and not there for here, there in said) for a in one.names]
    there_alone = [sum(b in there and not here for here, there in said) for b in other.names]
    assert list(found.left) == [*alone, *there_alone]


def test_sectors_and_numbers_are_crossed_as_well() -> None:
    columns = rows(*({"headcount": n} for n in (1, 2, 30)))
    known = offered(columns)
    found = cross(columns, known["sector"], known["headcount"])
    assert sum(map(sum, found.counts)) == found.n == 3
    assert found.sums == (2, 1)


def test_a_table_is_narrowed_by_the_answer_to_a_third_question() -> None:
    columns = rows({"org_type": "provider"}, {"org_type": "research"})
    left = narrowed(columns, offered(columns)["org_type"], "research")
    assert left.tally("org_type") == {"research": 1}
    assert len(left) == 1


def test_what_says_who_somebody_is_cannot_be_crossed() -> None:
    known = offered(rows({"headcount": 3}, {"headcount": 40}))
    assert {"sector", "org_type", "offers", "headcount", "willing"} <= known.keys()
    assert not {"org", "org_other", "email", "idea", "strength"} & known.keys()


def test_of_persons_only_questions_with_one_answer_are_crossed() -> None:
    known = offered(rows({"headcount": 3}, {"headcount": 40}), Subject.PERSONS)
    assert {"org_type", "willing"} <= known.keys()
    assert not {"sector", "offers", "headcount"} & known.keys()


VERSIONS = {7: ("1", Text("Fassung 1", "de")), 9: ("2", Text("Fassung 2", "de"))}


def test_versions_are_crossed_and_narrow_a_table_as_any_field() -> None:
    documents = [{"org_type": "provider"}, {"org_type": "provider"}, {"org_type": "research"}]
    columns = a_table(documents, versions=[7, 9, 9])
    known = fields(reading(columns), lambda: SECTORS, NAMES, VERSIONS)
    found = cross(columns, known["org_type"], known["@version"])
    assert (found.counts, found.n) == (((1, 1), (0, 1)), 3)
    assert narrowed(columns, known["@version"], "2").tally("org_type") == {
        "provider": 1, "research": 1,
    }  # fmt: skip


def test_one_version_alone_is_no_field() -> None:
    assert "@version" not in fields(reading(rows({})), dict, NAMES, {7: VERSIONS[7]})


@pytest.mark.parametrize(("later", "offered"), [(20, True), (19, False)])
def test_of_persons_versions_are_a_lens_when_each_field_has_five(
    later: int, offered: bool
) -> None:
    said = [{"org_type": name} for name in ("provider", "migrant", "enterprise", "research")]
    columns = a_table((said * 10)[: 20 + later], versions=[7] * 20 + [9] * later)
    known = fields(reading(columns, Subject.PERSONS), dict, {}, VERSIONS)
    assert ("@version" in lenses(columns, known)) is offered


def a_field(question: str, *answers: str) -> Field:
    texts = tuple((answer, Text(answer, "de")) for answer in answers)
    return Field(question, Text("", "de"), texts, chosen)


TWO, OTHER = a_field("a", "x", "y"), a_field("b", "u", "v")
COUNTS = some.lists(some.integers(0, 14), min_size=9, max_size=9)


def crossed_of(counts: Sequence[int]) -> tuple[Crossed, dict[tuple[str, str], int]]:
    """A table of persons with these counts; "" is for no answer."""
    kinds = [(a, b) for a in ("x", "y", "") for b in ("u", "v", "")]
    pairs = dict(zip(kinds, counts, strict=True))
    documents = [
        {name: given for name, given in (("a", a), ("b", b)) if given}
        for (a, b), count in pairs.items()
        for _ in range(count)
    ]
    return cross(rows(*documents), TWO, OTHER, whole=True), pairs


@settings(max_examples=150)
@given(COUNTS)
def test_no_table_of_persons_tells_of_fewer_than_five(counts: Sequence[int]) -> None:
    """Nor does a difference between it and the charts of its two questions."""
    crossed, pairs = crossed_of(counts)
    if not may_be_shown(crossed, of_persons=True):
        return
    told = [pairs[a, b] for a in "xy" for b in "uv"]
    assert min(told) >= K
    beside = [pairs[a, ""] for a in "xy"] + [pairs["", b] for b in "uv"]
    assert all(number == 0 or number >= K for number in beside)
    sums = [sum(each) for size in (2, 3) for each in combinations(told, size)]
    assert min(sums) >= K


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([5, 5, 0, 5, 5, 0, 0, 0, 0], True),
        ([5, 5, 0, 5, 4, 0, 0, 0, 0], False),  # a small field
        ([5, 5, 0, 5, 0, 0, 0, 0, 0], False),  # nobody, which tells of all others
        ([5, 5, 1, 5, 5, 0, 0, 0, 0], False),  # one who gave half an answer
        ([5, 5, 6, 5, 5, 0, 0, 5, 0], True),
    ],
)
def test_a_table_of_persons_stands_whole_or_not_at_all(
    counts: Sequence[int], shown: bool
) -> None:
    assert may_be_shown(crossed_of(counts)[0], of_persons=True) is shown
    assert may_be_shown(crossed_of(counts)[0], of_persons=False)
