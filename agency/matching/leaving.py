"""What is left of needs and offers when some of it is decided already."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from agency.matching.fitting import Fit, Wanted, besides


@dataclass(frozen=True)
class Decided:
    """So many of a need have a place of an offer; 0: the two do not fit."""

    need: Wanted
    offer: Wanted
    quantity: int


def left(found: Fit, decided: Sequence[Decided]) -> Fit:
    """Take away what is *decided*, and the places of what those people require besides.

    Where one side is gone meanwhile, the other is free again.
    """
    rows = {need.id: row for row, need in enumerate(found.needs)}
    columns = {offer.id: column for column, offer in enumerate(found.offers)}
    needs = [need.quantity for need in found.needs]
    offers = [offer.quantity for offer in found.offers]
    holds = found.holds.copy()
    there = [e for e in decided if e.need.id in rows and e.offer.id in columns]
    for each in there:
        row, column = rows[each.need.id], columns[each.offer.id]
        take(needs, [row], each.quantity)
        take(offers, [column], each.quantity)
        if not each.quantity:
            holds[row, column] = False
    for each in there:
        for places in besides(each.need, each.offer, found.offers):
            take(offers, places, each.quantity)
    return Fit(_with(found.needs, needs), _with(found.offers, offers), found.parts, holds)


def take(free: list[int], places: Iterable[int], quantity: int) -> None:
    """Take so many of what is free at some *places*, in their order, or all there is."""
    for place in places:
        taken = min(quantity, free[place])
        free[place] -= taken
        quantity -= taken


def _with(some: Sequence[Wanted], quantities: Sequence[int]) -> list[Wanted]:
    return [replace(each, quantity=n) for each, n in zip(some, quantities, strict=True)]
