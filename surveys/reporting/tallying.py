"""Counting answers: choices, numbers and dates, as plain values without a database."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, inf, log10

BINS = 8  # about so many in a histogram
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


def chosen(value: object) -> list[str]:
    """Return the names of the choices in an answer, each once."""
    if isinstance(value, list):
        return list(dict.fromkeys(str(each) for each in value))
    return [] if value in (None, "") else [str(value)]


def count_choices(values: Iterable[object], names: Sequence[str]) -> list[int]:
    """Count how many answers hold each of *names*."""
    counter = Counter(name for value in values for name in chosen(value))
    return [counter[name] for name in names]


def numbers_in(values: Iterable[object]) -> list[float]:
    """Return the answers that are numbers, in order."""
    numbers = (_number(value) for value in values)
    return sorted(number for number in numbers if number is not None)


def spread(numbers: Sequence[float]) -> Spread | None:
    """Describe *numbers*, which are in order; quartiles as in R and Excel (type 7)."""
    if not numbers:
        return None
    lower, median, upper = (_quantile(numbers, share) for share in (0.25, 0.5, 0.75))
    return Spread(len(numbers), lower, median, upper)


def histogram(numbers: Sequence[float]) -> list[Bin]:
    """Put *numbers*, which are in order, into bins that people can read."""
    if not numbers:
        return []
    whole = all(number == floor(number) for number in numbers)
    low, high = numbers[0], numbers[-1]
    if whole and high - low < BINS + 2:
        counter = Counter(numbers)
        steps = range(int(low), int(high) + 1)
        return [Bin(step, step + 1, counter[step], step) for step in steps]
    edges = _ladder(low, high) if _is_skewed(numbers) else _equal(low, high, whole)
    places = Counter(bisect_right(edges, number) for number in numbers)
    pairs = enumerate(pairwise(edges), start=1)
    return [
        Bin(low, high, places[at], high - 1 if whole else None) for at, (low, high) in pairs
    ]


def open_bins(numbers: Sequence[float], at_least: int) -> list[Bin]:
    """Put *numbers*, which are in order, into bins that tell nobody's number.

    Their edges are the same for all questions; those at both ends are open and hold
    *at_least* so many, so that neither the smallest nor the largest number is seen.
    """
    below = {edge: bisect_left(numbers, edge) for edge in LADDER}
    inner = [at for at in LADDER if at_least <= below[at] <= len(numbers) - at_least]
    if not inner:
        return []
    counts = [below[inner[0]], *(below[b] - below[a] for a, b in pairwise(inner))]
    counts.append(len(numbers) - below[inner[-1]])
    pairs = pairwise([-inf, *inner, inf])
    return [Bin(low, high, n, None) for (low, high), n in zip(pairs, counts, strict=True)]


def _number(value: object) -> float | None:
    if isinstance(value, bool) or value in (None, ""):
        return None
    try:
        number = float(value)  # type: ignore[arg-type]  # what is no number is caught
    except (TypeError, ValueError):
        return None
    return number if abs(number) < float("inf") else None


def _quantile(numbers: Sequence[float], share: float) -> float:
    place = (len(numbers) - 1) * share
    below, above = numbers[floor(place)], numbers[ceil(place)]
    return below + (above - below) * (place - floor(place))


def _is_skewed(numbers: Sequence[float]) -> bool:
    upper = _quantile(numbers, 0.75)
    return numbers[0] >= 0 and upper > 0 and numbers[-1] > SKEWED * upper


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
