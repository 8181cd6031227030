"""What is left of needs and offers when some of it is decided already."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from agency.matching.fitting import Fit, Wanted, besides


@dataclass(frozen=True)
class Decided:
    """So many of a need have a place of an offer; 0: the two do not fit."""

    need: Wanted
    offer: Wanted
    quantity: int


@dataclass(frozen=True)
class Left:
    """What is not taken of all needs and offers, and which pairs (row, column) do not fit."""

    needs: Sequence[Wanted]
    offers: Sequence[Wanted]
    refused: Set[tuple[int, int]]


def left(found: Fit, decided: Sequence[Decided]) -> Fit:
    """Take away what is *decided*, and the places of what those people require besides.

    Where one side is gone meanwhile, the other is free again.
    """
    rest = left_of(found.needs, found.offers, decided)
    holds = found.holds.copy()
    for pair in rest.refused:
        holds[pair] = False
    return Fit(rest.needs, rest.offers, found.parts, holds)


def left_of(
    needs: Sequence[Wanted], offers: Sequence[Wanted], decided: Sequence[Decided]
) -> Left:
    """Do the same without comparing all needs with all offers."""
    rows = {need.id: row for row, need in enumerate(needs)}
    columns = {offer.id: column for column, offer in enumerate(offers)}
    people = [need.quantity for need in needs]
    places = [offer.quantity for offer in offers]
    there = [e for e in decided if e.need.id in rows and e.offer.id in columns]
    for each in there:
        take(people, [rows[each.need.id]], each.quantity)
        take(places, [columns[each.offer.id]], each.quantity)
    for each in there:
        for way in besides(each.need, each.offer, offers) if each.quantity else ():
            take(places, way, each.quantity)
    refused = {(rows[e.need.id], columns[e.offer.id]) for e in there if not e.quantity}
    return Left(_with(needs, people), _with(offers, places), refused)


def take(free: list[int], places: Iterable[int], quantity: int) -> None:
    """Take so many of what is free at some *places*, in their order, or all there is."""
    for place in places:
        taken = min(quantity, free[place])
        free[place] -= taken
        quantity -= taken


def _with(some: Sequence[Wanted], quantities: Sequence[int]) -> list[Wanted]:
    return [replace(each, quantity=n) for each, n in zip(some, quantities, strict=True)]
