"""Who comes where, and why: no two would rather have each other, whatever people wish."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from agency.rounds.weighing import (
    LEVELS,
    Criterion,
    Hope,
    Missed,
    Offered,
    Profile,
    Weight,
    What,
    Wisher,
    checked,
    comes_at_all,
    criteria_of,
    hopes,
    kept,
    meeting,
    meets,
    ranked,
    reason,
    seats,
    unmet,
)
from tests.agency.rounds.story import B1, SOON, a_profile

RAD, KITCHEN = 1, 2
MUST_B1 = Criterion(What.GERMAN, "b1", Weight.MUST)
FULL_TIME = Criterion(What.HOURS, "30", Weight.SOME)


def test_each_thing_that_counts_is_met_or_not() -> None:
    profile = Profile(frozenset("57"), "a2", 20, SOON)
    for what, met, missing in [
        (What.FIELD, "5", "9"),
        (What.GERMAN, "a2", "b1"),
        (What.HOURS, "20", "21"),
        (What.STARTS, "2026-12-01", "2026-11-30"),
    ]:
        assert meets(profile, Criterion(what, met, Weight.MUCH))
        assert not meets(profile, Criterion(what, missing, Weight.MUCH))


def test_what_counts_is_kept_as_it_was_said() -> None:
    said = [MUST_B1, FULL_TIME]
    assert criteria_of(kept([FULL_TIME, MUST_B1])) == said


@pytest.mark.parametrize(
    "wanted",
    [
        {"age": ["30", "must"]},
        {"german": ["b1", "perhaps"]},
        {"german": ["z9", "must"]},
        {"hours": ["many", "must"]},
        {"starts": ["soon", "must"]},
        {"field": ["0", "must"]},
        {"field": []},
        [1],
    ],
)
def test_nothing_else_can_count_whatever_an_archive_says(wanted: Any) -> None:
    with pytest.raises((ValueError, TypeError, LookupError, AttributeError)):
        checked(wanted)


def test_very_important_goes_before_important_and_must_keeps_out() -> None:
    people = {
        "all": a_profile("b1", hours=30),
        "much": a_profile("b1"),
        "some": a_profile("a1", hours=30),
        "none": a_profile("a1"),
    }
    order = [["all"], ["much"], ["some"], ["none"]]
    assert ranked(people, [B1, FULL_TIME]) == order
    assert ranked(people, [MUST_B1, FULL_TIME]) == order[:2]


def test_where_nothing_counts_the_lot_decides_and_always_alike() -> None:
    people = {number: Wisher(a_profile(), [RAD]) for number in range(6)}
    places = {RAD: Offered(2, [])}
    backwards = dict(reversed(people.items()))
    found = {seed: seats(people, places, seed) for seed in "abcdefgh"}
    assert all(seats(backwards, places, seed) == found[seed] for seed in found)
    inside = {frozenset(n for n, at in each.items() if at) for each in found.values()}
    assert len(inside) > 1 and {len(each) for each in inside} == {2}


def a_market(seed: int) -> tuple[Mapping[int, Wisher], Mapping[int, Offered]]:
    chance = Random(seed)  # noqa: S311 - chance
    numbers = [*range(1, 6)]

    def a_value(what: What) -> str:
        day = SOON + timedelta(days=chance.randint(0, 30))
        values = {What.FIELD: str(chance.randint(1, 3)), What.STARTS: day.isoformat()}
        values |= {What.GERMAN: chance.choice(LEVELS[1:]), What.HOURS: chance.choice("1234")}
        return values[what]

    places = {
        number: Offered(
            chance.randint(1, 3),
            [Criterion(what, a_value(what), chance.choice([*Weight]))
             for what in chance.sample([*What], chance.randint(0, 4))],
        )
        for number in numbers
    }  # fmt: skip
    people = {
        number: Wisher(
            Profile(
                frozenset(chance.sample("123", chance.randint(0, 2))), chance.choice(LEVELS),
                chance.randint(1, 5), SOON + timedelta(days=chance.randint(0, 30)),
            ),
            chance.sample(numbers, chance.randint(1, 5)),
        )
        for number in range(100, 112)
    }  # fmt: skip
    return people, places


def strength(profile: Profile, place: Offered) -> tuple[int, int]:
    lacking = [each.weight for each in unmet(profile, place.criteria)]
    return -lacking.count(Weight.MUCH), -lacking.count(Weight.SOME)


@pytest.mark.parametrize("seed", range(200))
def test_no_person_and_no_place_would_both_rather_have_each_other(seed: int) -> None:
    people, places = a_market(seed)
    at = seats(people, places, "lots")
    for number, each in people.items():
        assert at[number] is None or at[number] in each.wishes
        better = each.wishes[: each.wishes.index(at[number])] if at[number] else each.wishes
        for place in better:
            if not comes_at_all(each.profile, places[place].criteria):
                continue
            inside = [people[n].profile for n in people if at[n] == place]
            assert len(inside) == places[place].seats
            weakest = min(strength(other, places[place]) for other in inside)
            assert strength(each.profile, places[place]) <= weakest
    for place, offered in places.items():
        inside = [people[n].profile for n in people if at[n] == place]
        assert len(inside) <= offered.seats
        assert all(comes_at_all(each, offered.criteria) for each in inside)


@pytest.mark.parametrize("seed", range(30))
def test_what_is_certain_comes_true_and_standing_in_front_is_no_lie(seed: int) -> None:
    people, places = a_market(seed)
    at = seats(people, places, "lots")
    many = dict.fromkeys(places, 5)
    for who in people:
        for hope in hopes(who, at[who], people, places, "lots", many):
            profile, place = people[who].profile, places[hope.place]
            assert hope.criterion in unmet(profile, place.criteria)
            better = people[who].wishes
            assert not at[who] or better.index(hope.place) < better.index(at[who])
            changed = meeting(profile, hope.criterion)
            before = strength(profile, place), comes_at_all(profile, place.criteria)
            assert (strength(changed, place), comes_at_all(changed, place.criteria)) > before
            others = {**people, who: Wisher(changed, better)}
            if hope.is_certain:
                assert seats(others, places, "lots")[who] == hope.place


def test_why_tells_of_wishes_and_of_what_counts_only() -> None:
    places = {
        RAD: Offered(1, [MUST_B1]),
        KITCHEN: Offered(1, [B1, FULL_TIME]),
        3: Offered(1, []),
    }
    mine = Wisher(a_profile("a2", hours=30), [RAD, 4, 3, KITCHEN])
    found = reason(mine, KITCHEN, places)
    assert (found.place, found.wish, found.met, found.counting) == (KITCHEN, 4, 1, 2)
    assert found.missed == [
        Missed(RAD, 1, [MUST_B1]),
        Missed(4, 2, (), is_out=True),
        Missed(3, 3, []),
    ]
    assert reason(mine, None, places).place is None


def test_what_one_change_would_do_is_certain_only_among_five_of_others() -> None:
    people = {n: Wisher(a_profile("a1"), [RAD]) for n in range(6)}
    places = {RAD: Offered(1, [B1])}
    who = next(n for n, at in seats(people, places, "lots").items() if at is None)
    for others, is_certain in ((4, False), (5, True)):
        found = hopes(who, None, people, places, "lots", {RAD: others})
        assert found == [Hope(RAD, 1, B1, is_certain)]


def test_nothing_is_hoped_for_where_something_else_must_be() -> None:
    also = Criterion(What.STARTS, date(2026, 11, 1).isoformat(), Weight.MUST)
    places = {RAD: Offered(1, [MUST_B1, also])}
    people = {1: Wisher(a_profile(), [RAD])}
    assert hopes(1, None, people, places, "lots", {RAD: 9}) == []
