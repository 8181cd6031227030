"""Who gets what: the best allocation of places to needs, as an integer programme.

Each place serves one person. Whoever cannot do without something else, such as childcare,
takes a place there as well, at a time of day when they come, or is not served. Maximised is
the sum of the scores of all served, or first the smallest share of a need that is served, and
then that sum (max-min fairness). ``programme`` solves it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, inf
from time import monotonic

from agency.matching.fitting import (
    THRESHOLD,
    Fit,
    Wanted,
    beside,
    besides,
    bits,
    fit,
    own_times,
)
from agency.matching.programme import OutOfTime, Programme, Row, Solution
from agency.matching.sifting import NEARLY

SECONDS = 60.0  # how long the search may take; what is best until then is returned


@dataclass(frozen=True)
class Flow:
    """So many of a need (row) are served by an offer (column)."""

    need: int
    offer: int
    quantity: float
    also: str = ""  # the term that it is needed for besides; empty: for itself
    score: float = 0.0


@dataclass(frozen=True)
class Allocation:
    """Who gets what, and how good that is."""

    flows: Sequence[Flow]
    objective: float  # the sum of the scores of all served
    served: Sequence[float]  # people, of each need
    share: float | None = None  # the smallest share served, where fairness was asked for
    gap: float = 0.0  # how far at most the best one is above this, as a share

    def unmet(self, needs: Sequence[Wanted]) -> list[float]:
        """Return how many of each need nobody serves."""
        return [need.quantity - done for need, done in zip(needs, self.served, strict=True)]


def allocate(
    found: Fit,
    *,
    bundled: bool = True,
    fair: bool = False,
    whole: bool = True,
    threshold: float = THRESHOLD,
    seconds: float = SECONDS,
) -> Allocation:
    """Return the best allocation; where *whole* is false, people may be divided.

    With *bundled*, whoever requires something is served only together with it.
    """
    problem = _Problem(found, bundled, threshold)
    if not fair:
        return problem.plain(whole=whole, seconds=seconds)
    share = problem.fairest_share()
    if not whole:
        return problem.allocation(problem.best(problem.least(share), whole, seconds), share)
    return problem.fairest(share, seconds)


@dataclass(frozen=True)
class _Column:
    need: int
    offer: int
    also: str = ""


class _Problem:
    """The columns and rows of the programme: a column for each pair, a row for each limit."""

    def __init__(self, found: Fit, bundled: bool, threshold: float) -> None:
        self.needs, self.offers = found.needs, found.offers
        pairs = found.pairs(threshold)
        if bundled:
            pairs = _finding_all(found, pairs)
        self.needed = _co_needs(found) if bundled else {}
        self.columns = [_Column(need, offer) for need, offer in pairs]
        for (need, term), offers in self.needed.items():
            self.columns += [_Column(need, offer, term) for offer in offers]
        scores = [float(found.scores[pair]) for pair in pairs]
        self.scores = scores + [0.0] * (len(self.columns) - len(scores))
        self._own: dict[int, list[int]] = {}  # columns that serve a need itself, if any do
        self._besides: dict[tuple[int, str], list[int]] = {}
        self._taken: dict[int, list[int]] = {}  # columns that take places of an offer
        for number, each in enumerate(self.columns):
            self._taken.setdefault(each.offer, []).append(number)
            if each.also:
                self._besides.setdefault((each.need, each.also), []).append(number)
            else:
                self._own.setdefault(each.need, []).append(number)

    def best(self, least: Mapping[int, float], whole: bool, seconds: float) -> Solution | None:
        """Maximise the sum of the scores; of each need at *least* so many are served."""
        return Programme(self.scores, self._rows(least)).solve(whole, seconds)

    def fairest_share(self) -> float:
        """Return the largest share that all needs can be served that can be, if divided."""
        share = len(self.columns)
        rows = [*self._rows({}), Row([share], [1.0], 0.0, 1.0)]
        for need, own in self._own.items():
            weights = [1.0] * len(own) + [-float(self.needs[need].quantity)]
            rows.append(Row([*own, share], weights, 0.0))
        found = Programme([0.0] * share + [1.0], rows).relaxed()
        return found.values[share] if found else 0.0

    def fairest(self, divided: float, seconds: float) -> Allocation:
        """Return the best allocation of whole people with the largest smallest share.

        No share is above *divided*, that of divided people. Among those that whole people
        can have, the largest is sought for which dividing people does not fail already.
        """
        until = monotonic() + seconds
        sizes = {self.needs[need].quantity for need in self._own} - {0}
        parts = {n / size for size in sizes for n in range(size + 1)}
        shares = sorted(share for share in parts if share <= divided + NEARLY)
        low, high = 0, len(shares) - 1
        while low < high:
            middle = (low + high + 1) // 2
            rows = self._rows(self.least(shares[middle], whole=True))
            possible = Programme(self.scores, rows).is_possible()
            low, high = (middle, high) if possible else (low, middle - 1)
        for share in reversed(shares[: low + 1]):
            try:
                found = self.best(self.least(share, whole=True), True, until - monotonic())
            except OutOfTime:
                break
            if found:
                return self.allocation(found, share)
            if monotonic() > until:
                break
        plain = self.plain(whole=True, seconds=0.0)
        wanted = {need: self.needs[need].quantity for need in self._own}
        served = [plain.served[need] / n for need, n in wanted.items() if n]
        return replace(plain, share=min(served, default=0.0))

    def plain(self, *, whole: bool, seconds: float) -> Allocation:
        """Return the best allocation known in time, be it that nobody is served."""
        try:
            return self.allocation(self.best({}, whole, seconds))
        except OutOfTime:
            return replace(self.allocation(None), gap=1.0)

    def least(self, share: float, *, whole: bool = False) -> dict[int, float]:
        """Return how many of each need are served if that is at least *share* of them."""
        found = {need: share * self.needs[need].quantity - NEARLY for need in self._own}
        return {need: float(ceil(n)) for need, n in found.items()} if whole else found

    def allocation(self, found: Solution | None, share: float | None = None) -> Allocation:
        served = [0.0] * len(self.needs)
        if not found:
            return Allocation([], 0.0, served, share)
        flows = [
            Flow(column.need, column.offer, value, column.also, score)
            for column, value, score in zip(
                self.columns, found.values, self.scores, strict=True
            )
            if value > NEARLY
        ]
        for flow in flows:
            if not flow.also:
                served[flow.need] += flow.quantity
        return Allocation(flows, found.objective, served, share, found.gap)

    def _rows(self, least: Mapping[int, float]) -> list[Row]:
        rows = [
            Row(own, [1.0] * len(own), least.get(need, 0.0), self.needs[need].quantity)
            for need, own in self._own.items()
        ]
        rows += [
            Row(taken, [1.0] * len(taken), 0.0, self.offers[offer].quantity)
            for offer, taken in self._taken.items()
        ]
        for need, term in self.needed:
            rows += self._together(need, term)
        return rows

    def _together(self, need: int, term: str) -> list[Row]:
        """Return what lets as many of a need have a place of *term* as come, and at that time.

        People who come within some times of day find it only then. That is enough for
        everyone to find a place (Hall 1935) when it holds for every choice of times. Where the
        need names times for *term* itself, any place then does.
        """
        besides = self._besides.get((need, term), [])
        without = [i for i in self._own.get(need, ()) if term not in self._brought(i)]
        come = bits(self.needs[need].times)
        there = {i: come & bits(self._offer(i).times) for i in (*besides, *without)}
        rows = [_as_many(besides, without, 0.0)] if there else []
        if own_times(self.needs[need], term):
            return rows
        for times in _unions({there[i] for i in without}):
            then = [i for i in besides if there[i] & times]
            within = [i for i in without if not there[i] & ~times]
            if len(then) + len(within) < len(there):
                rows.append(_as_many(then, within, inf))
        return rows

    def _brought(self, column: int) -> tuple[str, ...]:
        return self._offer(column).requires

    def _offer(self, column: int) -> Wanted:
        return self.offers[self.columns[column].offer]


def _as_many(some: Sequence[int], others: Sequence[int], high: float) -> Row:
    """Return the limit that *some* are as many as the *others*, or more by at most *high*."""
    return Row([*some, *others], [1.0] * len(some) + [-1.0] * len(others), 0.0, high)


def _unions(some: Collection[int]) -> set[int]:
    """Return all that a choice of *some* sets of times makes together."""
    found: set[int] = set()
    for each in some:
        found |= {each, *(each | other for other in found)}
    return found


def _finding_all(found: Fit, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs with places, also of all that the need requires at that time."""
    known: dict[object, bool] = {}
    kept = []
    for number, column in pairs:
        need, offer = found.needs[number], found.offers[column]
        alike = number, offer.times, offer.requires
        if alike not in known:
            ways = besides(need, offer, found.offers)
            known[alike] = all(any(found.offers[at].quantity for at in way) for way in ways)
        if offer.quantity and known[alike]:
            kept.append((number, column))
    return kept


def _co_needs(found: Fit) -> dict[tuple[int, str], list[int]]:
    """For each need and term it requires, list the offers of that term that fit in time."""
    wanted = [
        (number, beside(need, term))
        for number, need in enumerate(found.needs)
        for term in need.requires
    ]
    besides = fit([each for _number, each in wanted], found.offers)
    return {
        (number, each.term): [
            offer
            for offer, other in enumerate(found.offers)
            if other.term == each.term and besides.holds[row, offer]
        ]
        for row, (number, each) in enumerate(wanted)
    }
