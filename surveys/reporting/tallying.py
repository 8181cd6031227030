"""Counting answers: choices, numbers and dates, as plain values without a database.

Answers come counted, each different one once; numbers are pairs of a number and how many
gave it, in order.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import ceil, floor, inf, log10
from typing import Any

BINS = 8  # about so many in a histogram
Numbers = Sequence[tuple[float, int]]
LADDER = [0.0, 1.0, *(step * 10.0**power for power in range(9) for step in (2, 5, 10))]
SKEWED = 8  # the largest is so many times the third quartile: equal bins would say nothing


@dataclass(frozen=True)
class Bin:
    """Numbers from *low* to below *high*; *last* is the largest of whole numbers in it.

    One that is open at an end has an infinite number there.
    """

    low: float
    high: float
    count: int
    last: float | None


@dataclass(frozen=True)
class Spread:
    """How numbers lie: the middle one, and those a quarter from either end."""

    n: int
    lower: float
    median: float
    upper: float


def counted(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    """Add up how many gave each answer."""
    found: Counter[str] = Counter()
    for answer, people in pairs:
        found[answer] += people
    return found


def chosen(value: object) -> list[str]:
    """Return the names of the choices in an answer, each once."""
    if isinstance(value, list | tuple):
        return list(dict.fromkeys(str(each) for each in value))
    return [] if value in (None, "") else [str(value)]


def count_choices(tally: Mapping[Any, int], names: Sequence[str]) -> list[int]:
    """Count how many answers hold each of *names*."""
    found = counted((name, people) for said, people in tally.items() for name in chosen(said))
    return [found[name] for name in names]


def number_in(value: object) -> float | None:
    """Return the number that an answer is, if it is one."""
    if isinstance(value, bool) or value in (None, ""):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]  # what is no number is caught
    except (TypeError, ValueError):
        return None
    return number if abs(number) < float("inf") else None


def numbers_in(tally: Mapping[Any, int]) -> Numbers:
    """Return the answers that are numbers, in order."""
    found: Counter[float] = Counter()
    for said, people in tally.items():
        if (number := number_in(said)) is not None:
            found[number] += people
    return sorted(found.items())


def people(numbers: Numbers) -> int:
    """Return how many gave a number."""
    return sum(count for _, count in numbers)


def spread(numbers: Numbers) -> Spread | None:
    """Describe *numbers*, which are in order; quartiles as in R and Excel (type 7)."""
    if not numbers:
        return None
    lower, median, upper = _quantiles(numbers, (0.25, 0.5, 0.75))
    return Spread(people(numbers), lower, median, upper)


def histogram(numbers: Numbers) -> list[Bin]:
    """Put *numbers*, which are in order, into bins that people can read."""
    if not numbers:
        return []
    whole = all(number == floor(number) for number, _ in numbers)
    low, high = numbers[0][0], numbers[-1][0]
    if whole and high - low < BINS + 2:
        given = dict(numbers)
        steps = range(int(low), int(high) + 1)
        return [Bin(step, step + 1, given.get(step, 0), step) for step in steps]
    edges = _ladder(low, high) if _is_skewed(numbers) else _equal(low, high, whole)
    places = [0] * (len(edges) + 1)
    for number, count in numbers:
        places[bisect_right(edges, number)] += count
    pairs = enumerate(pairwise(edges), start=1)
    return [
        Bin(low, high, places[at], high - 1 if whole else None) for at, (low, high) in pairs
    ]


def open_bins(numbers: Numbers, at_least: int) -> list[Bin]:
    """Put *numbers*, which are in order, into bins that tell nobody's number.

    Their edges are the same for all questions; those at both ends are open and hold
    *at_least* so many, so that neither the smallest nor the largest number is seen.
    """
    given, upto = [number for number, _ in numbers], [0]
    upto += accumulate(count for _, count in numbers)
    below = {edge: upto[bisect_left(given, edge)] for edge in LADDER}
    inner = [at for at in LADDER if at_least <= below[at] <= upto[-1] - at_least]
    if not inner:
        return []
    counts = [below[inner[0]], *(below[b] - below[a] for a, b in pairwise(inner))]
    counts.append(upto[-1] - below[inner[-1]])
    pairs = pairwise([-inf, *inner, inf])
    return [Bin(low, high, n, None) for (low, high), n in zip(pairs, counts, strict=True)]


def _quantiles(numbers: Numbers, shares: Sequence[float]) -> list[float]:
    upto = [*accumulate(count for _, count in numbers)]
    found = []
    for share in shares:
        place = (upto[-1] - 1) * share
        below, above = (numbers[bisect_right(upto, at(place))][0] for at in (floor, ceil))
        found.append(below + (above - below) * (place - floor(place)))
    return found


def _is_skewed(numbers: Numbers) -> bool:
    (upper,) = _quantiles(numbers, (0.75,))
    return numbers[0][0] >= 0 and upper > 0 and numbers[-1][0] > SKEWED * upper


def _ladder(low: float, high: float) -> list[float]:
    steps = [edge for edge in LADDER if edge <= high]
    steps = [*steps, next((edge for edge in LADDER if edge > high), high + 1)]
    return steps[max(bisect_right(steps, low) - 1, 0) :]


def _equal(low: float, high: float, whole: bool) -> list[float]:
    rough = (high - low) / BINS or abs(high) or 1.0
    power: float = 10.0 ** floor(log10(rough))
    step = next(each * power for each in (1, 2, 5, 10) if each * power >= rough * 0.999)
    step = max(step, 1.0) if whole else step
    start = floor(low / step)
    return [each * step for each in range(start, floor(high / step) + 2)]
