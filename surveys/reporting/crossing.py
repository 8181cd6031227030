"""Two questions crossed: how many of those who said the one said the other.

Of organisations every count is shown, as the table is a census of a list. Of persons a table
stands whole or not at all: only when every field of it counts k people or more. Then no field,
no total and no difference of totals within it counts fewer, and there is nothing to narrow it
by. Counts are rounded, so no two tables differ by a few; and all tables share one question,
see ``lens``.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from surveys.definition import Choice, Item
from surveys.hiding import K, told
from surveys.questionnaires.scales import steps_of
from surveys.reporting import tallying
from surveys.reporting.charts import Text
from surveys.reporting.columns import Column
from surveys.reporting.results import Reading, place_of

MOST = 40  # answers of a field that a table has room for
Sectors = Mapping[int, str]  # of organisations, by their number


@dataclass(frozen=True)
class Field:
    """What rows or columns can stand for: a question, or a fact about who answered."""

    name: str
    title: Text
    answers: tuple[tuple[str, Text], ...]
    given: Callable[[Column], list[str]]
    several: bool = False


@dataclass(frozen=True)
class Crossed:
    """A table of counts; ``n`` answered both, ``apart`` only one or none of them."""

    rows: Field
    columns: Field
    counts: tuple[tuple[int, ...], ...]
    sums: tuple[int, ...]  # of those who answered both: by row
    n: int
    apart: int
    left: tuple[int, ...]  # who gave an answer of one field and none of the other, by answer


def fields(
    reading: Reading, sectors: Sectors, sector_names: Mapping[str, Text]
) -> dict[str, Field]:
    """Return what can be crossed, by name; of persons only questions with one answer."""
    found = {}
    if not reading.of_persons:
        answers = tuple(sector_names.items())
        given = lambda row: [s] if (s := sectors.get(row.organisation_id or 0)) else []  # noqa: E731
        found["sector"] = Field("sector", Text("", reading.language), answers, given)
    for item in reading.definition.walk():
        field = _of_choices(reading, item) or _of_numbers(reading, item)
        if field and 1 < len(field.answers) <= MOST:
            found[item.name] = field
    return found


def cross(rows: Sequence[Column], one: Field, other: Field, *, whole: bool = False) -> Crossed:
    """Count how many gave each answer to *one* and each to *other*.

    Rows that nobody gave are left out, unless the table shall be *whole*.
    """
    places = {name: place for place, (name, _) in enumerate(one.answers)}
    across = {name: place for place, (name, _) in enumerate(other.answers)}
    counts = [[0] * len(across) for _ in places]
    sums, n = [0] * len(places), 0
    left_here, left_there = [0] * len(places), [0] * len(across)
    for row in rows:
        here = [places[name] for name in one.given(row) if name in places]
        there = [across[name] for name in other.given(row) if name in across]
        if not here or not there:
            for place in here:
                left_here[place] += 1
            for column in there:
                left_there[column] += 1
            continue
        n += 1
        for place in here:
            sums[place] += 1
            for column in there:
                counts[place][column] += 1
    kept = [place for place, number in enumerate(sums) if number or whole]
    answers = tuple(one.answers[place] for place in kept)
    shown = Field(one.name, one.title, answers, one.given, one.several)
    table = tuple(tuple(counts[place]) for place in kept)
    totals = tuple(sums[at] for at in kept)
    left = (*left_here, *left_there)
    return Crossed(shown, other, table, totals, n, len(rows) - n, left)


def may_be_shown(crossed: Crossed, of_persons: bool) -> bool:
    """Whether a table tells of nobody alone, also beside the charts of its two questions."""
    if not of_persons:
        return True
    cells = [count for row in crossed.counts for count in row]
    beside = [number for number in (crossed.apart, *crossed.left) if number]
    return len(crossed.counts) > 1 and min((*cells, *beside), default=0) >= K


def to_tell(crossed: Crossed, of_persons: bool) -> Crossed | None:
    """Return a table as it may be told, if it may; the totals are those of what is told."""
    if not may_be_shown(crossed, of_persons):
        return None
    if not of_persons:
        return crossed
    counts = tuple(tuple(map(told, row)) for row in crossed.counts)
    sums = tuple(map(sum, counts))
    return replace(
        crossed, counts=counts, sums=sums, n=sum(sums), apart=told(crossed.apart), left=()
    )


def lenses(rows: Sequence[Column], known: Mapping[str, Field]) -> list[str]:
    """Name the questions through which some table of persons may be shown."""
    pairs = combinations([each for each in known.values() if _has_many(rows, each)], 2)
    found = {
        name
        for one, other in pairs
        if may_be_shown(cross(rows, one, other, whole=True), of_persons=True)
        for name in (one.name, other.name)
    }
    return [name for name in known if name in found]


def narrowed(rows: Sequence[Column], field: Field, answer: str) -> list[Column]:
    """Return those who gave one answer."""
    return [row for row in rows if answer in field.given(row)]


def _has_many(rows: Sequence[Column], field: Field) -> bool:
    """Whether every answer was given by k people: else no table with it may be shown."""
    counts = Counter(answer for row in rows for answer in field.given(row))
    return all(counts[name] >= K for name, _ in field.answers)


def _of_choices(reading: Reading, item: Item) -> Field | None:
    several = item.type == "select_multiple"
    if item.kind != "question" or item.type not in ("select_one", "select_multiple"):
        return None
    if place_of(item) or _is_repeated(reading, item) or (several and reading.of_persons):
        return None
    steps = steps_of(reading.definition, item)
    listed = reading.definition.lists.get(item.list, ())
    choices: Sequence[Choice] = (*steps.ordered, *steps.apart) if steps else listed
    answers = tuple((choice.name, reading.label(choice)) for choice in choices)
    given = lambda row: tallying.chosen(row.answers.get(item.name))  # noqa: E731
    return Field(item.name, reading.text(item.label), answers, given, several)


def _of_numbers(reading: Reading, item: Item) -> Field | None:
    if item.kind != "question" or item.type not in ("integer", "decimal"):
        return None
    if place_of(item) or _is_repeated(reading, item) or reading.of_persons:
        return None
    numbers = tallying.numbers_in(row.answers.get(item.name) for row in reading.rows)
    bins = tallying.histogram(numbers)
    names = [_reach(each) for each in bins]

    def given(row: Column) -> list[str]:
        found = tallying.numbers_in([row.answers.get(item.name)])
        pairs = zip(names, bins, strict=True)
        return [name for name, each in pairs for x in found if each.low <= x < each.high]

    answers = tuple((name, Text(name, reading.language)) for name in names)
    return Field(item.name, reading.text(item.label), answers, given)


def _reach(bin: tallying.Bin) -> str:
    if bin.low == bin.last:
        return f"{bin.low:g}"
    return f"{bin.low:g}–{bin.last:g}" if bin.last is not None else f"{bin.low:g}–<{bin.high:g}"


def _is_repeated(reading: Reading, item: Item) -> bool:
    repeats = (each for each in reading.definition.walk() if each.kind == "repeat")
    return any(item in _below(each) for each in repeats)


def _below(item: Item) -> list[Item]:
    return [below for each in item.items for below in (each, *_below(each))]
