"""Why a need and an offer fit, and what would have to change for more places.

Every sentence of a page about a pair comes from here: what fits, how well, and for each
unmet need what one change at a time would open (a counterfactual explanation; Wachter,
Mittelstadt & Russell 2018).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from agency.matching.allocating import Allocation
from agency.matching.fitting import LEVELS, THRESHOLD, TIMES, Fit, Wanted, fit
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
    wanted = found.needs[need]
    unmet = round(allocation.unmet(found.needs)[need])
    if unmet <= 0:
        return []
    free = _free(found, allocation)
    now = _fitting(wanted, found.offers, threshold)
    free_now = sum(free[offer] for offer in now)
    changes: list[Opening] = []
    if lacking := _lacking(found, wanted, free):
        if free_now:
            changes.append(Opening(Change.BESIDES, min(unmet, free_now), lacking))
    elif not now:
        changes.append(Opening(Change.NOTHING, 0, wanted.term))
    for change, what, other in _others(wanted):
        more = [each for each in _fitting(other, found.offers, threshold) if each not in now]
        places = min(unmet, sum(free[offer] for offer in more))
        if places:
            changes.append(Opening(change, places, what))
    if not changes:
        changes.append(Opening(Change.PLACES, unmet, wanted.term))
    return sorted(changes, key=lambda each: (-each.places, each.change, each.what))


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


def _fitting(wanted: Wanted, offers: Sequence[Wanted], threshold: float) -> set[int]:
    return {offer for _need, offer in fit([wanted], offers).pairs(threshold)}


def _free(found: Fit, allocation: Allocation) -> list[int]:
    taken = [0.0] * len(found.offers)
    for flow in allocation.flows:
        taken[flow.offer] += flow.quantity
    return [
        max(0, round(offer.quantity - n)) for offer, n in zip(found.offers, taken, strict=True)
    ]


def _lacking(found: Fit, wanted: Wanted, free: Sequence[int]) -> str:
    """Return the first term that a need requires and that has no free place in time."""
    for term in wanted.requires:
        other = replace(wanted, term=term, german="", requires=())
        near = fit([other], found.offers)
        fitting = [
            offer
            for offer, each in enumerate(found.offers)
            if each.term == term and near.holds[0, offer] and free[offer]
        ]
        if not fitting:
            return term
    return ""
