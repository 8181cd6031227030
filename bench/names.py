"""How long finding organisations takes: `python -m bench.names`, or from bin/bench."""

import random
import time
from collections.abc import Callable, Iterator
from functools import partial

from rapidfuzz import fuzz, process

from people.models import Organisation, Sector
from people.names.matching import Register
from people.names.searching import Hit, Index

MANY = 10_000
GOALS = {
    "while somebody types, 10,000 names": (50, "ms"),
    "  the slowest of what is typed": (50, "ms"),
    "  beside a scan with WRatio": (1, "x"),
    "whom a written name means, of 10,000": (250, "ms"),
    "10,000 names read for searching": (5, "s"),
}
ROOTS = [
    "Rad",
    "Holz",
    "Näh",
    "Koch",
    "Lern",
    "Spiel",
    "Garten",
    "Haus",
    "Kiez",
    "Wald",
    "Feld",
    "Stern",
    "Sonnen",
    "Mond",
    "Wasser",
    "Feuer",
    "Licht",
    "Brücken",
    "Weg",
    "Turm",
]
KINDS = [
    "Verein",
    "Werkstatt",
    "Kita",
    "Zentrum",
    "Treff",
    "Initiative",
    "Netzwerk",
    "Stiftung",
]
PLACES = ["Buch", "Karow", "Pankow", "Weißensee", "Rosenthal", "Heinersdorf"]
TYPED = (
    "v", "ver", "verein", "werkst", "sonnenh", "sonenhaus", "holzwg", "kita wald",
    "verein sonnen buch", "vrein holzweg", "wekstatt radhaus", "awo", "جمعية", "верейн",
)  # fmt: skip
ROUNDS = 7


def bench_names() -> Iterator[tuple[str, float]]:
    """Yield what is measured, and its CPU time in the unit of its goal."""
    names, chance = iter(GOALS), random.Random(7)  # noqa: S311 - no secret
    known = [_name(number, chance) for number in range(MANY)]
    entries = [(Hit(n, f"O{n}", name, "society", ""), [name]) for n, name in enumerate(known)]
    read = _seconds(lambda: Index(entries))
    index = Index(entries)
    for typed in TYPED:
        index.find(typed)  # what is made ready once is not measured here
    ours: dict[str, list[float]] = {typed: [] for typed in TYPED}
    scans = []
    for _ in range(ROUNDS):  # one after the other, so that both meet the same moments
        for typed in TYPED:
            ours[typed].append(_seconds(partial(index.find, typed)))
            scan = partial(process.extract, typed, known, scorer=fuzz.WRatio, limit=8)
            scans.append(_seconds(scan))
    each = [_middle(times) for times in ours.values()]
    yield next(names), 1000 * _middle(each)
    yield next(names), 1000 * max(each)
    yield next(names), sum(each) / len(each) / (sum(scans) / len(scans))
    register = Register([_entry(n, name) for n, name in enumerate(known)])
    written = [known[chance.randrange(MANY)].replace("e", "", 1) for _ in range(8)]
    register.candidates(written[0])
    asked = [_seconds(partial(register.candidates, name)) for name in written]
    yield next(names), 1000 * _middle(asked)
    yield next(names), read


def _name(number: int, chance: random.Random) -> str:
    root = chance.choice(ROOTS) + chance.choice(ROOTS).lower()
    return f"{chance.choice(KINDS)} {root}{number} {chance.choice(PLACES)} e.V."


def _entry(number: int, name: str) -> Organisation:
    return Organisation(
        id=number,
        code=f"O{number}",
        name=name,
        short_name="",
        sector=Sector.SOCIETY,
        locality="",
    )


def _middle(times: list[float]) -> float:
    return sorted(times)[len(times) // 2]


def _seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


if __name__ == "__main__":
    for name, figure in bench_names():
        goal, unit = GOALS[name]
        print(f"{name:<45}{figure:9.3f} {unit} (goal {goal})")
