"""Whoever looks often, and subtracts, learns of persons nothing about fewer than five."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise, product
from random import Random
from typing import Any

from surveys.hiding import K
from surveys.models import Subject, Survey
from surveys.reporting.charts import Bars, Clouds, Numbers, Scale
from surveys.reporting.columns import Column, Columns, counted
from surveys.reporting.crossing import cross, fields, may_be_shown, to_tell
from surveys.reporting.results import Reading
from surveys.routes import figuring
from tests.surveys.example import ENTERPRISES
from tests.surveys.reporting.test_crossing import a_field, rows
from tests.surveys.reporting.test_results import column

Sums = Sequence[tuple[frozenset[int], int]]  # of some unknown numbers, what they add up to
Told = Mapping[tuple[str, ...], int]
PERSONS = Survey(subject=Subject.PERSONS)
CUBE = [*product("xy", "uv", "st")]  # what somebody answered to three questions
ONE, TWO, THREE = a_field("a", "x", "y"), a_field("b", "u", "v"), a_field("c", "s", "t")


def told(reading: Reading) -> Told:
    """Return every number that a look at the results, and at all tables, shows."""
    found: dict[tuple[str, ...], int | None] = {}
    for chart in (chart for part in reading.parts() for chart in part.charts):
        if isinstance(chart, Bars):
            found |= {(chart.name, bar.label.text): bar.cell.count for bar in chart.bars}
            found[chart.name, "n"] = chart.n.count
        elif isinstance(chart, Numbers):
            found |= {(chart.name, f"{bin.low} {bin.high}"): c.count for bin, c in chart.bins}
            assert chart.spread is None
        elif isinstance(chart, Scale):
            for at, row in enumerate(chart.rows):
                cells = [*row.cells, *(bar.cell for bar in row.apart), row.n]
                found |= {(chart.name, f"{at} {n}"): c.count for n, c in enumerate(cells)}
        elif isinstance(chart, Clouds):
            found |= {(chart.name, c.language): c.people for c in chart.clouds}
            found |= {(chart.name, w.text): w.people for c in chart.clouds for w in c.words}
    known = fields(reading, {}, {})
    for one, other in combinations(known.values(), 2):
        crossed = to_tell(cross(reading.rows, one, other, whole=True), of_persons=True)
        for at, counts in enumerate(crossed.counts if crossed else ()):
            found |= {(one.name, other.name, f"{at} {n}"): c for n, c in enumerate(counts)}
    return {place: count for place, count in found.items() if count is not None}


def somebody(chance: Random, number: int) -> Column:
    said: dict[str, Any] = {
        "org_type": chance.choices(["provider", "migrant", "research", ""], [6, 5, 1, 1])[0],
        "willing": chance.choice("1245"),
        "b_admin": chance.choice(["0", "3", ""]),
        "offers": chance.sample(["rooms", "language", "jobs"], chance.randint(0, 3)),
        "headcount": chance.choice([0, 1, 3, 7, 7, 12, 40, 900]),
        "idea": " ".join(chance.sample(["Garten", "Kita", "Chor", "Werkstatt"], 2)),
    }
    return column(number, **said)


def looks(chance: Random) -> Iterator[Told]:
    """People answer, correct and delete, and somebody looks after every single thing."""
    there: list[Column] = []
    for number in range(70):
        what = chance.random()
        if there and what < 0.1:
            there.pop(chance.randrange(len(there)))
        elif there and what < 0.2:
            at = chance.randrange(len(there))
            there[at] = replace(there[at], answers=somebody(chance, number).answers)
        else:
            there.append(somebody(chance, number))
        shown = counted(PERSONS, Columns(rows=there), leading=False)
        yield told(Reading(ENTERPRISES, shown, Subject.PERSONS, "en"))


def test_no_look_and_no_difference_of_two_looks_tells_of_fewer_than_five() -> None:
    """Of each answer, and of all others; of charts, tables, and what was frozen earlier."""
    seen = 0
    for seed in range(3):
        all_looks = [*looks(Random(seed))]  # noqa: S311 - chance, not secrecy
        for look in all_looks:
            assert all(count >= K for count in look.values())
            for (name, *_), count in look.items():
                others = look.get((name, "n"), count) - count
                assert others == 0 or abs(others) >= K
        for before, after in pairwise(all_looks):
            for place in before.keys() & after.keys():
                change = abs(after[place] - before[place])
                assert change == 0 or change >= K
                seen += change > 0
        numbers = {count for look in all_looks for count in look.values()}
        differences = {abs(a - b) for a, b in combinations(numbers, 2)}
        assert min(differences) >= K  # of whatever is shown from whatever else
    assert seen > 50


def test_the_smallest_and_the_largest_number_are_not_seen() -> None:
    many = [column(n, headcount=heads) for n, heads in enumerate([0, 3, *[7] * 20, 900, 4000])]
    charts = Reading(ENTERPRISES, many, Subject.PERSONS, "en").parts()
    heads = next(c for part in charts for c in part.charts if c.name == "headcount")
    assert isinstance(heads, Numbers)
    assert heads.bins == ()
    more = [*many, *(column(n, headcount=30) for n in range(9))]
    charts = Reading(ENTERPRISES, more, Subject.PERSONS, "en").parts()
    heads = next(c for part in charts for c in part.charts if c.name == "headcount")
    assert isinstance(heads, Numbers)
    assert [figuring._reach(bin) for bin, _ in heads.bins] == [
        "under 10", "10 to under 20", "20 and more",
    ]  # fmt: skip


def reach(unknown: int, sums: Sums) -> list[tuple[int, int]]:
    """Return between what each unknown number lies, exactly, by trying all there are."""
    found = [*_solutions(unknown, sums, ())]
    return [(min(numbers), max(numbers)) for numbers in zip(*found, strict=True)]


def _solutions(unknown: int, sums: Sums, sofar: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    at = len(sofar)
    if at == unknown:
        yield sofar
        return
    mine = [(cells, total) for cells, total in sums if at in cells]
    left = [(cells, total - sum(sofar[c] for c in cells if c < at)) for cells, total in mine]
    exact = [number for cells, number in left if max(cells) == at]
    most = min(number for _, number in left)
    for number in exact[:1] or range(most + 1):
        if 0 <= number <= most and all(number == other for other in exact):
            yield from _solutions(unknown, sums, (*sofar, number))


def sums_of(counts: Sequence[int], pairs: Sequence[tuple[int, int]]) -> Sums:
    """Return what the tables of some pairs of three questions say of the eight counts."""
    found = []
    for one, other in pairs:
        for a, b in product(*({each[at] for each in CUBE} for at in (one, other))):
            cells = {n for n, each in enumerate(CUBE) if (each[one], each[other]) == (a, b)}
            found.append((frozenset(cells), sum(counts[cell] for cell in cells)))
    return found


def are_shown(counts: Sequence[int]) -> bool:
    """Whether each of the three tables of these people, by itself, may be shown."""
    documents = [
        dict(zip("abc", each, strict=True))
        for each, count in zip(CUBE, counts, strict=True)
        for _ in range(count)
    ]
    tables = [
        cross(rows(*documents), *pair, whole=True)
        for pair in combinations((ONE, TWO, THREE), 2)
    ]
    return all(may_be_shown(table, of_persons=True) for table in tables)


def test_three_tables_together_would_tell_exactly_that_there_is_nobody() -> None:
    """Why there is one lens: the solver finds it, although each field counts five and more."""
    counts = [0, 5, 5, 5, 5, 5, 5, 0]
    assert are_shown(counts)
    found = reach(8, sums_of(counts, [(0, 1), (0, 2), (1, 2)]))
    assert found == [(count, count) for count in counts]


def test_tables_through_one_lens_leave_a_doubt_of_five_about_everything() -> None:
    chance, seen, betrayed = Random(5), 0, 0  # noqa: S311 - chance, not secrecy
    while seen < 25:
        counts = [chance.choice([0, 0, 1, 2, 4, 5, 6, 7]) for _ in CUBE]
        if not are_shown(counts):
            continue
        seen += 1
        for pairs in ([(0, 1), (0, 2)], [(0, 1), (1, 2)], [(0, 2), (1, 2)]):
            through = reach(8, sums_of(counts, pairs))
            assert all(most - least >= K for least, most in through)
        whole = reach(8, sums_of(counts, [(0, 1), (0, 2), (1, 2)]))
        betrayed += any(most - least < K for least, most in whole)
    assert betrayed
