"""Why a need and an offer fit, and what would have to change for more places.

Every sentence of a page about a pair comes from here: what fits, how well, and for each
unmet need what one change at a time would open (a counterfactual explanation; Wachter,
Mittelstadt & Russell 2018).
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum

from agency.matching.allocating import Allocation
from agency.matching.fitting import (
    LEVELS,
    THRESHOLD,
    TIMES,
    Fit,
    Wanted,
    beside,
    besides,
    fit,
    is_near,
)
from agency.matching.leaving import take
from people.places import kilometres


@dataclass(frozen=True)
class Reason:
    """How a need and an offer fit, part by part."""

    category: float
    german: float
    time: bool
    km: float | None  # nothing where a place is not known
    same_place: bool


class Change(StrEnum):
    """What could change so that more are served."""

    GERMAN = "german"  # people learn one step more
    TIME = "time"  # people come at another time of day
    BESIDES = "besides"  # there are places of what they require
    PLACES = "places"  # there are more places of this kind
    NOTHING = "nothing"  # nobody offers this at all


@dataclass(frozen=True)
class Opening:
    """One change, and how many more people of a need could then be served."""

    change: Change
    places: int
    what: str = ""  # the level, the time of day, or the term


def reason(found: Fit, need: int, offer: int) -> Reason:
    """Return why a pair fits as it does."""
    one, other = found.needs[need].locality, found.offers[offer].locality
    return Reason(
        category=float(found.parts["category"][need, offer]),
        german=float(found.parts["german"][need, offer]),
        time=bool(found.parts["time"][need, offer]),
        km=kilometres(one, other),
        same_place=bool(one) and one == other,
    )


def openings(
    found: Fit, allocation: Allocation, need: int, threshold: float = THRESHOLD
) -> list[Opening]:
    """List what would let more of an unmet need be served, the most first.

    Counted are places that are free in this allocation and fit after the one change; never
    more than are unmet.
    """
    unmet = round(allocation.unmet(found.needs)[need])
    refused = {offer for offer in range(len(found.offers)) if not found.holds[need, offer]}
    free = free_places(found.offers, allocation)
    return opened(found.needs[need], unmet, found.offers, free, refused, threshold)


def opened(
    wanted: Wanted,
    unmet: int,
    everywhere: Sequence[Wanted],
    free_everywhere: Sequence[int],
    refused: Set[int] = frozenset(),
    threshold: float = THRESHOLD,
) -> list[Opening]:
    """List the same for one need, of which so many are unmet, by the places that are free."""
    if unmet <= 0:
        return []
    near = [
        number
        for number, each in enumerate(everywhere)
        if is_near(wanted.term, each.term) or each.term in wanted.requires
    ]
    offers, free = [everywhere[n] for n in near], [free_everywhere[n] for n in near]
    fitting = _fitting(wanted, offers, threshold)
    now = [offer for offer in fitting if near[offer] not in refused]
    free_now = sum(free[offer] for offer in now)
    changes: list[Opening] = []
    if free_now and (lacking := _lacking(wanted, offers, free)):
        changes.append(Opening(Change.BESIDES, min(unmet, free_now), lacking))
    for change, what, other in _others(wanted):
        more = [o for o in _fitting(other, offers, threshold) if o not in fitting]
        places = min(unmet, _room(other, more, offers, free))
        if places:
            changes.append(Opening(change, places, what))
    if not changes and all(offer.term != wanted.term for offer in offers) and not now:
        changes.append(Opening(Change.NOTHING, 0, wanted.term))
    elif not changes:
        changes.append(Opening(Change.PLACES, unmet, wanted.term))
    return sorted(changes, key=lambda each: (-each.places, each.change, each.what))


def free_places(offers: Sequence[Wanted], allocation: Allocation) -> list[int]:
    """Return how many places of each offer nobody takes."""
    taken = [0.0] * len(offers)
    for flow in allocation.flows:
        taken[flow.offer] += flow.quantity
    return [max(0, round(each.quantity - n)) for each, n in zip(offers, taken, strict=True)]


def _others(wanted: Wanted) -> list[tuple[Change, str, Wanted]]:
    """Return the same need, with one thing changed each time."""
    found: list[tuple[Change, str, Wanted]] = []
    if wanted.german in LEVELS[:-1]:
        level = LEVELS[LEVELS.index(wanted.german) + 1]
        found.append((Change.GERMAN, level, replace(wanted, german=level)))
    if wanted.times:
        found += [
            (Change.TIME, time, replace(wanted, times=frozenset([time])))
            for time in TIMES
            if time not in wanted.times
        ]
    return found


def _fitting(wanted: Wanted, offers: Sequence[Wanted], threshold: float) -> list[int]:
    return [offer for _need, offer in fit([wanted], offers).pairs(threshold)]


def _room(
    wanted: Wanted, some: Sequence[int], offers: Sequence[Wanted], free: Sequence[int]
) -> int:
    """Return how many find a place at *some* offers, and all that they require."""
    left, total = [*free], 0
    for offer in some:
        ways = besides(wanted, offers[offer], offers)
        places = min([left[offer], *(sum(left[place] for place in way) for way in ways)])
        for way in ([offer], *ways):
            take(left, way, places)
        total += places
    return total


def _lacking(wanted: Wanted, offers: Sequence[Wanted], free: Sequence[int]) -> str:
    """Return the first term that a need requires and that has no free place in time."""
    for term in wanted.requires:
        near = fit([beside(wanted, term)], offers)
        if not any(
            each.term == term and near.holds[0, offer] and free[offer]
            for offer, each in enumerate(offers)
        ):
            return term
    return ""
