"""Two questions crossed: how many of those who said the one said the other.

Of organisations every count is shown, as the table is a census of a list. Of persons a table
stands whole or not at all: only when every field of it counts k people or more. Then no field,
no total and no difference of totals within it counts fewer, and there is nothing to narrow it
by. Counts are rounded, so no two tables differ by a few; and all tables share one question,
see ``lens``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Organisation
from surveys.definition import Choice, Item
from surveys.hiding import PUBLIC, K, told
from surveys.models import Survey
from surveys.questionnaires.scales import steps_of
from surveys.reporting import tallying
from surveys.reporting.charts import Text
from surveys.reporting.results import Reading, outside_repeats, place_of

if TYPE_CHECKING:
    from surveys.counting.columns import Column, Table

MOST = 40  # answers of a field that a table has room for
SECTOR, VERSION = "sector", "@version"  # no question is called so
Versions = Mapping[int, tuple[str, Text]]  # by number of their row: in addresses, on pages
Sectors = Callable[[], Mapping[int, str]]  # of organisations, by their number


@dataclass(frozen=True)
class Field:
    """What rows or columns can stand for: a question, or a fact about who answered."""

    name: str
    title: Text
    answers: tuple[tuple[str, Text], ...]
    given: Callable[[object], list[str]]  # which of them somebody gave who said this
    several: bool = False
    of_organisations: bool = False  # it is told by whom they are of, not by what they said
    fact: str = ""  # the name of its column where that is not of a question

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.answers]

    def column(self, table: "Table") -> "Column":
        name = self.fact or self.name
        return table.organisations if self.of_organisations else table.column(name)


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


def sectors_of(session: Session, survey: Survey) -> dict[int, str]:
    """Return the sectors of all organisations of a project, by their number."""
    query = select(Organisation.id, Organisation.sector)
    found = session.execute(query.where(Organisation.project_id == survey.project_id))
    return {number: str(sector) for number, sector in found}


def fields(
    reading: Reading,
    sectors: Sectors,
    sector_names: Mapping[str, Text],
    versions: Versions = MappingProxyType({}),
) -> dict[str, Field]:
    """Return what can be crossed, by name; of persons only questions with one answer."""
    found = {}
    if not reading.of_persons:
        known = cache(sectors)  # not before somebody asks for it
        found[SECTOR] = by_sector(known, sector_names)
    if len(versions) > 1:
        found[VERSION] = by_version(versions)
    for item in outside_repeats(reading.definition.items):
        field = _of_choices(reading, item) or _of_numbers(reading, item)
        if field and 1 < len(field.answers) <= MOST:
            found[item.name] = field
    return found


def by_sector(sectors: Sectors, names: Mapping[str, Text]) -> Field:
    """Return the field of the sectors with these *names*."""

    def given(owner: Any) -> list[str]:
        sector = sectors().get(owner)
        return [sector] if sector else []

    title = Text("", next(iter(names.values())).language)
    return Field(SECTOR, title, tuple(names.items()), given, of_organisations=True)


def by_version(versions: Versions) -> Field:
    """Return the field of the versions in which a survey was answered."""
    from surveys.counting.columns import VERSION as FACT  # noqa: PLC0415 - heavy

    def given(version: Any) -> list[str]:
        return [versions[version][0]] if version in versions else []

    title = Text("", next(iter(versions.values()))[1].language)
    return Field(VERSION, title, tuple(versions.values()), given, fact=FACT)


def cross(table: "Table", one: Field, other: Field, *, whole: bool = False) -> Crossed:
    """Count how many gave each answer to *one* and each to *other*.

    Rows that nobody gave are left out, unless the table shall be *whole*.
    """
    from surveys.counting import crossing  # noqa: PLC0415 - heavy

    kinds = (
        crossing.Kinds.of(each.column(table), each.given, each.names) for each in (one, other)
    )
    *counts, both, everyone = crossing.cross(*kinds)
    sums = [row[-2] for row in counts]
    left = [row[-1] - row[-2] for row in counts]
    left += [all_ - some for all_, some in zip(everyone[:-2], both[:-2], strict=True)]
    kept = [place for place, number in enumerate(sums) if number or whole]
    return Crossed(
        rows=replace(one, answers=tuple(one.answers[place] for place in kept)),
        columns=other,
        counts=tuple(tuple(counts[place][:-2]) for place in kept),
        sums=tuple(sums[place] for place in kept),
        n=both[-2],
        apart=len(table) - both[-2],
        left=tuple(left),
    )


def may_be_shown(crossed: Crossed, of_persons: bool, k: int = K) -> bool:
    """Whether a table tells of nobody alone, also beside the charts of its two questions."""
    if not of_persons:
        return k < PUBLIC or min(_complements(crossed), default=k) >= k
    cells = [count for row in crossed.counts for count in row]
    beside = [number for number in (crossed.apart, *crossed.left) if number]
    return len(crossed.counts) > 1 and min((*cells, *beside), default=0) >= k


def _complements(crossed: Crossed) -> list[int]:
    """Count who did not give an answer, where everyone could give several."""
    lines = zip(crossed.counts, crossed.sums, strict=True) if crossed.columns.several else ()
    others = [n - count for counts, n in lines for count in counts]
    return others + [crossed.n - n for n in crossed.sums if crossed.rows.several]


def to_tell(crossed: Crossed, of_persons: bool, k: int = K) -> Crossed | None:
    """Return a table as it may be told, if it may; the totals are those of what is told."""
    if not may_be_shown(crossed, of_persons, k):
        return None
    if not of_persons:
        return crossed
    counts = tuple(tuple(map(told, row)) for row in crossed.counts)
    sums = tuple(map(sum, counts))
    return replace(
        crossed, counts=counts, sums=sums, n=sum(sums), apart=told(crossed.apart), left=()
    )


def lenses(table: "Table", known: Mapping[str, Field]) -> list[str]:
    """Name the questions through which some table of persons may be shown."""
    pairs = combinations([each for each in known.values() if _has_many(table, each)], 2)
    found = {
        name
        for one, other in pairs
        if may_be_shown(cross(table, one, other, whole=True), of_persons=True)
        for name in (one.name, other.name)
    }
    return [name for name in known if name in found]


def narrowed(table: "Table", field: Field, answer: str) -> "Table":
    """Return those who gave one answer."""
    return table.saying(field.column(table), lambda said: answer in field.given(said))


def _has_many(table: "Table", field: Field) -> bool:
    """Whether every answer was given by k people: else no table with it may be shown."""
    tally = table.tally(field.fact or field.name)
    counts = tallying.counted(
        (name, n) for said, n in tally.items() for name in field.given(said)
    )
    return min((counts[name] for name in field.names), default=0) >= K


def _of_choices(reading: Reading, item: Item) -> Field | None:
    several = item.type == "select_multiple"
    if item.kind != "question" or item.type not in ("select_one", "select_multiple"):
        return None
    if place_of(item) or (several and reading.of_persons):
        return None
    steps = steps_of(reading.definition, item)
    listed = reading.definition.lists.get(item.list, ())
    choices: Sequence[Choice] = (*steps.ordered, *steps.apart) if steps else listed
    answers = tuple((choice.name, reading.label(choice)) for choice in choices)
    return Field(item.name, reading.text(item.label), answers, tallying.chosen, several)


def _of_numbers(reading: Reading, item: Item) -> Field | None:
    if item.kind != "question" or item.type not in ("integer", "decimal"):
        return None
    if place_of(item) or reading.of_persons:
        return None
    bins = tallying.histogram(tallying.numbers_in(reading.rows.tally(item.name)))
    names = [_reach(each) for each in bins]

    def given(said: object) -> list[str]:
        found, pairs = tallying.number_in(said), zip(names, bins, strict=True)
        if found is None:
            return []
        return [name for name, each in pairs if each.low <= found < each.high]

    answers = tuple((name, Text(name, reading.language)) for name in names)
    return Field(item.name, reading.text(item.label), answers, given)


def _reach(bin: tallying.Bin) -> str:
    if bin.low == bin.last:
        return f"{bin.low:g}"
    return f"{bin.low:g}–{bin.last:g}" if bin.last is not None else f"{bin.low:g}–<{bin.high:g}"
