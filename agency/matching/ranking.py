"""Places and people who rank each other, such as internships: who comes where.

Whoever is free asks the best place that has not refused them; a place keeps the best who have
asked, as many as it has room for, and refuses the others (deferred acceptance: Gale & Shapley
1962; with quotas as for hospitals and residents: Roth 1984). So no two would both rather have
each other, and everyone has the best place that they can have in any such allocation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

Ranks = Mapping[str, Sequence[Sequence[str]]]  # the best first; those alike stand together


@dataclass(frozen=True)
class Place:
    """A place of so many seats, and whom it would take, the best first."""

    quota: int
    ranks: Sequence[Sequence[str]]


class Why(StrEnum):
    """Why somebody has the place that they have, or none."""

    FIRST = "first"  # their first wish
    OTHERS_FIRST = "others first"  # places they like better have taken others
    NOT_WANTED = "not wanted"  # no place that they like would take them
    FULL = "full"  # every such place has taken others


@dataclass(frozen=True)
class Seat:
    """Where somebody comes, and why; no place where there is none for them."""

    person: str
    place: str
    why: Why
    preferred: Sequence[str] = ()  # places they like better, and that took others


def allot(people: Ranks, places: Mapping[str, Place], lots: Sequence[str]) -> list[Seat]:
    """Return where everyone comes; among people whom a place likes alike, *lots* decide.

    Whoever ranks two places alike asks the first of them first. Only who both rank each other
    come together.
    """
    order = {person: number for number, person in enumerate(lots)}
    liked = {
        place: {
            person: (rank, order[person])
            for rank, alike in enumerate(each.ranks)
            for person in alike
        }
        for place, each in places.items()
    }
    wishes = {
        person: [place for alike in ranks for place in alike if person in liked.get(place, {})]
        for person, ranks in people.items()
    }
    kept: dict[str, list[str]] = {place: [] for place in places}
    asked = dict.fromkeys(people, 0)
    free = list(people)
    while free:
        person = free.pop()
        if asked[person] == len(wishes[person]):
            continue
        place = wishes[person][asked[person]]
        asked[person] += 1
        kept[place] = sorted([*kept[place], person], key=liked[place].__getitem__)
        free += kept[place][places[place].quota :]
        del kept[place][places[place].quota :]
    at = {person: place for place, some in kept.items() for person in some}
    return [_seat(person, at.get(person, ""), wishes[person]) for person in people]


def _seat(person: str, place: str, wishes: Sequence[str]) -> Seat:
    """Tell why: the places that *person* likes better have taken others instead."""
    if not wishes:
        return Seat(person, "", Why.NOT_WANTED)
    if not place:
        return Seat(person, "", Why.FULL, wishes)
    better = wishes[: wishes.index(place)]
    return Seat(person, place, Why.OTHERS_FIRST if better else Why.FIRST, better)
