"""A wall tells how much lies on each option: it counts so many times, and for no one person."""

import random
from typing import Any

import pytest

from workshop.models import Method
from workshop.rules.coverage import coverage
from workshop.voting.choosing import choose, profile_of
from workshop.voting.comparing import SUMS, compare
from workshop.voting.models import Round
from workshop.voting.opening import hash_of
from workshop.voting.results import places

WALL = {"receipt": "wall", "people": 3, "marks": {"i1": 4, "i2": 1}}
SINGLE = [{"receipt": f"p{n}", "people": 1, "marks": {"i2": 1}} for n in range(4)]


@pytest.fixture
def round() -> Round:
    papers: list[dict[str, Any]] = [*SINGLE, WALL]
    options = [
        {"key": f"i{n}", "title": "", "text": "", "challenge": 0, "author": "", "cost": None}
        for n in (1, 2, 3)
    ]
    facts = {"seats": 1, "most": 2, "options": options, "papers": papers}
    return Round(method=Method.DOTS, result={"papers_hash": hash_of(papers)}, **facts)


@pytest.mark.parametrize("method", [Method.DOTS, Method.APPROVAL])
def test_a_wall_of_several_people_counts_as_that_many_ballots_of_one_option(
    round: Round, method: Method
) -> None:
    round.method = method
    papers = round.papers or []
    profile = profile_of(round, papers)
    assert profile.support == {"i1": 4, "i2": 5, "i3": 0}
    assert choose(round, papers, hash_of(papers)).winners == ["i2"]
    points = {place.option.key: place.points for place in places(round, papers)}
    assert points == profile.support


def test_nobody_at_a_wall_is_said_to_have_two_of_theirs(round: Round) -> None:
    profile = profile_of(round, [WALL])
    assert [sum(ballot.points.values()) for ballot in profile.ballots] == [1, 1]
    assert coverage(profile, ["i1"]).covered == 4


def test_with_a_wall_only_sums_are_compared(round: Round) -> None:
    assert {column.rule for column in compare(round, {})} <= SUMS
    round.papers = SINGLE
    assert "seq-pav" in {column.rule for column in compare(round, {})}


Prices = dict[str, int]


def a_budget(money: int, prices: Prices, yes: list[list[str]]) -> Round:
    """A vote about *money*; each person says yes to some ideas."""
    options = [
        {"key": key, "title": "", "text": "", "challenge": 0, "author": "", "cost": cost}
        for key, cost in prices.items()
    ]
    papers = [
        {"receipt": f"p{n}", "people": 1, "marks": dict.fromkeys(each, 1)}
        for n, each in enumerate(yes)
    ]
    return Round(method=Method.BUDGET, seats=1, money=money, options=options, papers=papers)


@pytest.mark.parametrize(
    ("money", "prices", "yes", "lots"),
    [
        (100, {"A": 60, "B": 40}, [["A", "B"]] * 4, []),  # all fits
        (80, {"A": 60, "B": 40}, [["A", "B"]] * 4, []),  # the price decides
        (80, {"A": 50, "B": 50}, [["A", "B"]] * 4, [["A", "B"]]),
        (100, {"A": 50, "B": 50}, [["A", "B"]] * 4, []),
        (80, {"A": 40, "B": 40, "C": 40}, [["A", "B", "C"]] * 4, [["A", "B", "C"], ["B", "C"]]),
        (80, {"A": 60, "B": 60, "C": 20}, [["A", "B", "C"]] * 4, [["A", "B"]]),
    ],
)
def test_a_lot_decided_only_where_an_equal_lost(
    money: int, prices: Prices, yes: list[list[str]], lots: list[list[str]]
) -> None:
    round = a_budget(money, prices, yes)
    choice = choose(round, round.papers or [], "seed")
    assert [len(group) for group in choice.lots] == [len(group) for group in lots]
    assert all({*found} <= {*lots[0]} for found in choice.lots)


def test_where_lots_change_who_wins_they_are_told() -> None:
    chance = random.Random(3)  # noqa: S311 - no secret
    told = 0
    for _ in range(100):
        prices = {key: chance.choice([20, 30, 40]) for key in "ABCDE"}
        yes = [[key for key in "ABCDE" if chance.random() < 0.5] for _ in range(4)]
        round = a_budget(chance.choice([60, 90, 120]), prices, yes)
        found = [choose(round, round.papers or [], f"seed {n}") for n in range(8)]
        if len({frozenset(each.winners) for each in found}) > 1:
            assert all(each.lots for each in found if each.ties)
            told += 1
    assert told > 5
