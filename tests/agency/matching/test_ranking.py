"""Who rank each other come together so that no two would rather have each other."""

from collections.abc import Iterator, Mapping
from itertools import product
from random import Random

import pytest

from agency.matching.ranking import Place, Ranks, Why, allot

LOTS = ["A", "B", "C", "D", "E"]
Found = dict[str, str]


def test_who_is_refused_for_a_better_one_comes_to_the_next_wish() -> None:
    people = {"A": [["Rad"], ["Nadel"]], "B": [["Rad"]], "C": [["Nadel"]], "D": [["Rad"]]}
    places = {
        "Rad": Place(1, [["B"], ["A"]]),
        "Nadel": Place(1, [["A"], ["C"]]),
    }
    seats = {each.person: each for each in allot(people, places, LOTS)}
    assert (seats["A"].place, seats["A"].why) == ("Nadel", Why.OTHERS_FIRST)
    assert seats["A"].preferred == ["Rad"]
    assert (seats["B"].place, seats["B"].why) == ("Rad", Why.FIRST)
    assert (seats["C"].place, seats["C"].why) == ("", Why.FULL)
    assert (seats["D"].place, seats["D"].why) == ("", Why.NOT_WANTED)


def test_lots_decide_between_those_whom_a_place_likes_alike() -> None:
    people = {"A": [["Rad"]], "B": [["Rad"]]}
    places = {"Rad": Place(1, [["A", "B"]])}
    for lots in (["A", "B"], ["B", "A"]):
        assert {s.person for s in allot(people, places, lots) if s.place} == {lots[0]}


def a_story(seed: int) -> tuple[Ranks, Mapping[str, Place]]:
    chance = Random(seed)  # noqa: S311 - chance

    def ranks(some: list[str]) -> list[list[str]]:
        left, found = chance.sample(some, chance.randint(0, len(some))), []
        while left:
            number = chance.choice([1, 1, 2])
            found.append(left[:number])
            left = left[number:]
        return found

    names = ["Rad", "Nadel", "Küche"]
    people = {person: [[one] for each in ranks(names) for one in each] for person in LOTS}
    return people, {name: Place(chance.randint(1, 2), ranks(LOTS)) for name in names}


def strictly(place: Place) -> list[str]:
    return [p for alike in place.ranks for p in sorted(alike, key=LOTS.index)]


def is_stable(people: Ranks, places: Mapping[str, Place], at: Found) -> bool:
    """Tell whether all keep within room and wishes, and no two would rather have each other."""
    within = {name: [p for p in at if at[p] == name] for name in places}
    if any(len(some) > places[name].quota for name, some in within.items()):
        return False
    wishes = {person: [p for alike in people[person] for p in alike] for person in people}
    if any(
        place and (place not in wishes[person] or person not in strictly(places[place]))
        for person, place in at.items()
    ):
        return False
    for person, mine in wishes.items():
        for place in mine[: mine.index(at[person])] if at[person] else mine:
            order = strictly(places[place])
            if person in order and (
                len(within[place]) < places[place].quota
                or any(order.index(p) > order.index(person) for p in within[place])
            ):
                return False
    return True


def all_ways(places: Mapping[str, Place]) -> Iterator[Found]:
    for way in product(["", *places], repeat=len(LOTS)):
        yield dict(zip(LOTS, way, strict=True))


@pytest.mark.parametrize("seed", range(15))
def test_nobody_can_be_better_off_in_any_stable_way(seed: int) -> None:
    people, places = a_story(seed)
    at = {each.person: each.place for each in allot(people, places, LOTS)}
    assert is_stable(people, places, at)

    def rank(person: str, place: str) -> int:
        return [*(p for each in people[person] for p in each), ""].index(place)

    stable = [way for way in all_ways(places) if is_stable(people, places, way)]
    assert at in stable
    for person in LOTS:
        assert rank(person, at[person]) == min(rank(person, way[person]) for way in stable)
    filled = [sorted(p for p in way if way[p]) for way in stable]
    assert all(some == filled[0] for some in filled)  # who has a place is the same in all
