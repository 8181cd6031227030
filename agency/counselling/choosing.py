"""Choosing offers for one person: the best five, why each fits, and what would open more.

It is the fitting of the plan, over the places that are still free there; a proposal, never a
decision. Nothing of it is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from agency.gathering.stating import statements
from agency.planning import Plan
from people.listings.models import Listing
from people.models import Organisation, Side
from surveys.definition import Definition

if TYPE_CHECKING:
    from agency.matching.explaining import Opening, Reason
    from agency.matching.fitting import Fit, Wanted

BEST = 5
ANYONE = 1_000  # so many at once: then every place that one change would open is counted


@dataclass(frozen=True)
class Chance:
    """An offer that fits what somebody needs, and why."""

    offer: Listing
    owner: Organisation | None
    term: str  # what she needs
    wanted: "Wanted"
    reason: "Reason"


@dataclass(frozen=True)
class Hope:
    """One thing that somebody needs: how many offers fit, and what would open more places."""

    term: str
    fitting: int
    openings: "Sequence[Opening]"


@dataclass(frozen=True)
class Advice:
    """The best offers for one person, and what would help with each thing she needs."""

    chances: Sequence[Chance]
    hopes: Sequence[Hope]


def wanted_by(
    definition: Definition, answers: Mapping[str, Any], locality: str
) -> "list[Wanted]":
    """Return what somebody needs, the most urgent first; *locality* is her provider's."""
    from agency.matching.fitting import Wanted  # noqa: PLC0415 - heavy

    said = [each for each in statements(definition, answers) if each.side == Side.NEED]
    return [
        Wanted(
            each.term, each.term, 1, each.locality or locality, each.german,
            frozenset(each.times), each.requires, None,
            tuple((term, own.times, own.locality) for term, own in each.besides.items()),
        )
        for each in sorted(said, key=lambda each: not each.first)
    ]  # fmt: skip


def advise(plan: Plan, wanted: "Sequence[Wanted]") -> Advice:
    """Choose the best offers of *plan* for what one person needs."""
    from agency.matching.explaining import reason  # noqa: PLC0415 - heavy
    from agency.matching.fitting import fit  # noqa: PLC0415 - heavy

    found = fit(wanted, plan.open.offers)
    fitting = [0] * len(wanted)
    best: dict[int, tuple[float, int]] = {}  # by offer: the score, and for which need
    roomy: dict[object, bool] = {}  # what offers alike find beside them is looked up once
    for need, offer in found.pairs():
        at = found.offers[offer]
        alike = need, at.times, at.requires
        if alike not in roomy:
            roomy[alike] = _has_room(found, need, offer)
        if at.quantity and roomy[alike]:
            fitting[need] += 1
            score = float(found.scores[need, offer])
            if offer not in best or score > best[offer][0]:
                best[offer] = score, need
    ranked = sorted(best, key=lambda offer: (-best[offer][0], best[offer][1], offer))
    chances = [
        _chance(plan, found, best[offer][1], offer, reason(found, best[offer][1], offer))
        for offer in ranked[:BEST]
    ]
    hopes = [Hope(each.term, fitting[n], _openings(found, n)) for n, each in enumerate(wanted)]
    return Advice(chances, hopes)


def _chance(plan: Plan, found: "Fit", need: int, offer: int, why: "Reason") -> Chance:
    listing, wanted = plan.offers[offer], found.needs[need]
    return Chance(listing, plan.owner(listing), wanted.term, wanted, why)


def _has_room(found: "Fit", need: int, offer: int) -> bool:
    """Tell whether a place is free of all that she cannot do without."""
    from agency.matching.fitting import besides  # noqa: PLC0415 - heavy

    ways = besides(found.needs[need], found.offers[offer], found.offers)
    return all(any(found.offers[place].quantity for place in way) for way in ways)


def _openings(found: "Fit", need: int) -> "list[Opening]":
    """List what one change would open: counterfactuals, the most places first."""
    from agency.matching.allocating import Allocation  # noqa: PLC0415 - heavy
    from agency.matching.explaining import Change, openings  # noqa: PLC0415 - heavy

    many = [*found.needs]
    many[need] = replace(many[need], quantity=ANYONE)
    nobody = Allocation((), 0.0, [0.0] * len(many))
    free = _with_needs(found, many)
    return [each for each in openings(free, nobody, need) if each.change != Change.PLACES]


def _with_needs(found: "Fit", needs: "Sequence[Wanted]") -> "Fit":
    """Return the same pairs for needs that differ in how many they are."""
    from agency.matching.fitting import Fit  # noqa: PLC0415 - heavy

    return Fit(needs, found.offers, found.parts, found.holds)
