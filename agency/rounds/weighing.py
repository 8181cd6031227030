"""What counts for an enterprise, how people stand there, and who comes where.

An enterprise ranks by what it asks for, never by people: it says what must be, what is very
important and what is important. So nobody outside her provider reads a line about a person,
and for every one of them it can be said why.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from agency.matching.ranking import Place, allot

FIELDS = tuple("123456789")  # the major groups of ISCO-08, as codes
LEVELS = ("none", "a1", "a2", "b1", "b2", "c1")
FEWEST = 5  # people of other providers of whom something is told


class Weight(StrEnum):
    """How much something counts for an enterprise."""

    MUST = "must"  # without it nobody comes there
    MUCH = "much"
    SOME = "some"


class What(StrEnum):
    """What an enterprise may ask for; there is nothing else."""

    FIELD = "field"
    GERMAN = "german"
    HOURS = "hours"
    STARTS = "starts"


@dataclass(frozen=True)
class Criterion:
    """One thing that counts: a field, a level or so many hours at least, a day at last."""

    what: What
    value: str
    weight: Weight


@dataclass(frozen=True)
class Profile:
    """All that counts of a person."""

    fields: frozenset[str]
    german: str
    hours: int
    starts: date


@dataclass(frozen=True)
class Wisher:
    """A person, and the places she would take, the best first."""

    profile: Profile
    wishes: Sequence[int]


@dataclass(frozen=True)
class Offered:
    """Places of one kind, and what counts there."""

    seats: int
    criteria: Sequence[Criterion]


def criteria_of(wanted: Mapping[str, Any]) -> list[Criterion]:
    """Return what is kept of an enterprise's wishes, what must be first."""
    found = [Criterion(What(what), said[0], Weight(said[1])) for what, said in wanted.items()]
    return sorted(found, key=lambda each: ([*Weight].index(each.weight), each.what))


def checked(wanted: Mapping[str, Any]) -> None:
    """See that what is said to be kept can be read.

    :raise ValueError: when it cannot
    """
    for each in criteria_of(wanted):
        if each.what == What.FIELD and each.value not in FIELDS:
            raise ValueError(each.value)
        meets(Profile(frozenset(), LEVELS[0], 1, date.min), each)


def kept(criteria: Sequence[Criterion]) -> dict[str, Any]:
    """Return criteria as they are kept."""
    return {each.what.value: [each.value, each.weight.value] for each in criteria}


def meets(profile: Profile, criterion: Criterion) -> bool:
    match criterion.what:
        case What.FIELD:
            return criterion.value in profile.fields
        case What.GERMAN:
            return LEVELS.index(profile.german) >= LEVELS.index(criterion.value)
        case What.HOURS:
            return profile.hours >= int(criterion.value)
        case What.STARTS:
            return profile.starts <= date.fromisoformat(criterion.value)


def unmet(profile: Profile, criteria: Sequence[Criterion]) -> list[Criterion]:
    return [each for each in criteria if not meets(profile, each)]


def comes_at_all(profile: Profile, criteria: Sequence[Criterion]) -> bool:
    return all(each.weight != Weight.MUST for each in unmet(profile, criteria))


def meeting(profile: Profile, criterion: Criterion) -> Profile:
    """Return a profile that is the same but for meeting one criterion."""
    match criterion.what:
        case What.FIELD:
            return replace(profile, fields=profile.fields | {criterion.value})
        case What.GERMAN:
            return replace(profile, german=criterion.value)
        case What.HOURS:
            return replace(profile, hours=int(criterion.value))
        case What.STARTS:
            return replace(profile, starts=date.fromisoformat(criterion.value))


def ranked(
    profiles: Mapping[str, Profile], criteria: Sequence[Criterion]
) -> list[Sequence[str]]:
    """Rank people: who meets more of what is very important, then of what is important."""
    groups: dict[tuple[int, int], list[str]] = {}
    for person, profile in profiles.items():
        if comes_at_all(profile, criteria):
            lacking = [each.weight for each in unmet(profile, criteria)]
            stands = lacking.count(Weight.MUCH), lacking.count(Weight.SOME)
            groups.setdefault(stands, []).append(person)
    return [groups[stands] for stands in sorted(groups)]


def seats(
    people: Mapping[int, Wisher], places: Mapping[int, Offered], seed: str
) -> dict[int, int | None]:
    """Return where everyone comes; the same for the same people, in whatever order.

    No person and place would both rather have each other (``agency.matching.ranking``).
    """
    profiles = {str(number): each.profile for number, each in people.items()}
    wishes = {str(number): [[str(n)] for n in each.wishes] for number, each in people.items()}
    found = allot(
        wishes,
        {str(n): Place(each.seats, ranked(profiles, each.criteria))
         for n, each in places.items()},
        sorted(profiles, key=lambda each: sha256(f"{seed}:{each}".encode()).digest()),
    )  # fmt: skip
    return {int(each.person): int(each.place) if each.place else None for each in found}


@dataclass(frozen=True)
class Missed:
    """A place that a person likes better than hers: what it asks for, or others have it."""

    place: int
    wish: int  # its number among her wishes
    musts: Sequence[Criterion]  # that she does not meet; none: others go first there
    is_out: bool = False  # nobody is looked for there any more


@dataclass(frozen=True)
class Reason:
    """Why somebody comes where she comes: from her own wishes and what counts there."""

    place: int | None
    wish: int  # its number among her wishes; 0: no place
    met: int  # so many of all that counts there
    counting: int
    missed: Sequence[Missed]


def reason(wisher: Wisher, place: int | None, places: Mapping[int, Offered]) -> Reason:
    """Tell why, by nothing that is known of anybody else."""
    wishes = [*wisher.wishes]
    at = wishes.index(place) if place in wishes else len(wishes)
    missed = [
        _missed(wisher.profile, each, number, places)
        for number, each in enumerate(wishes[:at], 1)
    ]
    if place is None or at == len(wishes):
        return Reason(None, 0, 0, 0, missed)
    criteria = places[place].criteria
    met = len(criteria) - len(unmet(wisher.profile, criteria))
    return Reason(place, at + 1, met, len(criteria), missed)


def _missed(profile: Profile, place: int, wish: int, places: Mapping[int, Offered]) -> Missed:
    if place not in places:
        return Missed(place, wish, (), is_out=True)
    lacking = unmet(profile, places[place].criteria)
    return Missed(place, wish, [each for each in lacking if each.weight == Weight.MUST])


@dataclass(frozen=True)
class Hope:
    """One change, and what it does at a place that somebody likes better."""

    place: int
    wish: int
    criterion: Criterion
    is_certain: bool  # she would come there; otherwise she stands further in front


def hopes(
    who: int,
    place: int | None,
    people: Mapping[int, Wisher],
    places: Mapping[int, Offered],
    seed: str,
    others: Mapping[int, int],
) -> list[Hope]:
    """List what one change would do at better places; a counterfactual for each.

    *others* are the people of other providers by place: what they would have to give way
    for is told only where they are at least five.
    """
    mine, found = people[who], []
    is_same = seats(people, places, seed)[who] == place  # nobody was erased meanwhile
    better = [each for each in reason(mine, place, places).missed if not each.is_out]
    for each in better:
        for criterion in unmet(mine.profile, places[each.place].criteria):
            other = replace(mine, profile=meeting(mine.profile, criterion))
            if not comes_at_all(other.profile, places[each.place].criteria):
                continue
            may_tell = is_same and others.get(each.place, 0) >= FEWEST
            comes = may_tell and (
                seats({**people, who: other}, places, seed)[who] == each.place
            )
            found.append(Hope(each.place, each.wish, criterion, comes))
    return found
