from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.workshop.rules.elections import OTHERS, budgets, profile
from workshop.exchange.reading import read
from workshop.rules import Ballot, Option, Profile, tally
from workshop.rules.equal_shares import COMPLETIONS, by_equal_shares
from workshop.rules.purses import Purses
from workshop.rules.shopping import Shopping, wishes
from workshop.rules.stepping import walk


def prices(of: Profile) -> Mapping[str, Fraction]:
    return {option: Fraction(cost) for option, cost in of.costs.items()}


@pytest.fixture
def town() -> Profile:
    """Six want two dear things; four want what the six do not."""
    options = (
        Option("bridge", 50),
        Option("road", 50),
        Option("garden", 30),
        Option("club", 10),
    )
    six = [Ballot.approving(["bridge", "road"])] * 6
    return Profile(options, (*six, *[Ballot.approving(["garden", "club"])] * 4), 100)


def test_greedy_gives_everything_to_the_larger_group(town: Profile) -> None:
    assert tally("greedy", town).winners == ("bridge", "road")


def test_equal_shares_gives_everyone_their_part(town: Profile) -> None:
    assert set(tally("equal-shares", town).winners) == {"bridge", "garden", "club"}


def test_assen_decided_so_in_2024() -> None:
    path = OTHERS / "pabulib" / "Netherlands_Assen_2024.pb"
    if path.exists():
        found = tally("equal-shares", read(path)).winners
        assert set(found) == {"3", "9", "2", "11", "13", "14", "5", "6", "12"}
        assert len(tally("greedy", read(path)).winners) == 7


@pytest.mark.parametrize("graded", [False, True])
def test_no_rule_with_prices_spends_more_than_there_is(graded: bool) -> None:
    @given(budgets(graded))
    @settings(max_examples=150, deadline=None)
    def check(of: Profile) -> None:
        outcomes = [tally("equal-shares", of, completion=each) for each in COMPLETIONS]
        outcomes += [tally("greedy", of), tally("seq-phragmen", of)]
        for outcome in outcomes:
            for winners in (outcome.winners, *outcome.sets):
                assert sum(of.costs[option] for option in winners) <= (of.budget or 0)
                assert len(set(winners)) == len(winners)

    check()


@pytest.mark.parametrize("graded", [False, True])
def test_quick_shopping_is_the_exact_one(graded: bool) -> None:
    """Purses in fractions, step by step, say the same: winners, ties, and what is left."""

    @given(budgets(graded))
    @settings(max_examples=300, deadline=None)
    def check(of: Profile) -> None:
        ballots = of.collapsed
        points = {
            option: {
                n: int(b.points[option]) for n, b in enumerate(ballots) if option in b.points
            }
            for option in of.ids
        }
        worth = dict.fromkeys(of.ids, 1) if graded else of.costs
        wished = wishes(points, [ballot.weight for ballot in ballots], of.costs, worth)
        purse = Fraction(of.budget or 0) / of.voters
        quick = Shopping(len(ballots), purse, of.ids)
        quick.buy_all(wished)
        step = Purses({wish.id: wish for wish in wished}, (purse,) * len(ballots))
        exact = walk(step, of.ids, 10)
        assert tuple(quick.bought) == exact.winners
        for option in exact.winners:
            step = step.take(option)  # type: ignore[assignment]
        assert tuple(quick.purses()) == step.left

    check()


def test_a_third_is_a_third() -> None:
    """Three purses of 10/3 pay 10 exactly; in floating point they would not."""
    options = tuple(Option(id, 10) for id in "abc")
    thirds = tuple(Ballot.approving("abc") for _ in range(3))
    assert tally("equal-shares", Profile(options, thirds, 10), completion="none").winners == (
        "a",
    )
    third = Fraction(10, 3)
    dear = Profile((Option("a", third),), (Ballot.approving("a"),) * 3, third)
    assert tally("equal-shares", dear, completion="none").winners == ("a",)


def test_equals_go_to_the_cheaper_then_to_the_more_wanted_then_by_order() -> None:
    def winner(one: int, other: int) -> tuple[str, ...]:
        options = (Option("a", one), Option("b", other))
        ballots = (Ballot.approving("a"), Ballot.approving("b"))
        return by_equal_shares(Profile(options, ballots), 1, "ba", 10, "none").winners

    assert winner(5, 4) == ("b", "a")
    assert winner(4, 5) == ("a", "b")
    assert winner(5, 5) == ("b", "a")


def test_a_tie_that_nobody_loses_is_none() -> None:
    options = (Option("a", 5), Option("b", 5))
    outcome = tally("equal-shares", Profile(options, (Ballot.approving("ab"),), 10))
    assert (set(outcome.winners), outcome.ties) == ({"a", "b"}, ())


def test_a_tie_is_told_with_all_that_it_allows() -> None:
    options = (Option("a", 10), Option("b", 10))
    ballots = (Ballot.approving("ab"),) * 2
    outcome = tally("equal-shares", Profile(options, ballots, 10), order="ba")
    assert outcome.winners == ("b",)
    assert [tie.options for tie in outcome.ties] == [("b", "a")]
    assert {frozenset(each) for each in outcome.sets} == {frozenset("a"), frozenset("b")}


@pytest.mark.parametrize("rule", ["equal-shares", "seq-phragmen", "seq-pav", "greedy"])
def test_without_votes_nothing_falls_over(rule: str) -> None:
    nobody = Profile((Option("a", 3), Option("b", 4)), (), 5)
    assert set(tally(rule, nobody).winners) <= {"a", "b"}
    empty = Profile((Option("a", 3), Option("b", 4)), (Ballot(), Ballot()), 5)
    assert set(tally(rule, empty).winners) <= {"a", "b"}


@given(budgets())
@settings(max_examples=60, deadline=None)
def test_what_a_group_agrees_on_and_can_pay_is_not_all_refused(of: Profile) -> None:
    """Justified representation: of those who could pay for one thing, one has something."""
    winners = set(tally("equal-shares", of, completion="none").winners)
    for option in of.options:
        them = [b for b in of.ballots if option.id in b.points]
        size = sum(ballot.weight for ballot in them)
        if size and option.cost * of.voters <= size * (of.budget or 0):
            assert any(winners & set(ballot.approved) for ballot in them)


def test_equal_shares_gives_a_seat_to_each_part_of_the_room() -> None:
    """Extended justified representation, counted out on every group of a small room."""
    room = profile("ab", "ab", "ab", "ab", "cd", "cd", "c", "d", seats=4)
    winners = set(tally("equal-shares", room, completion="phragmen").winners)
    for size in (1, 2):
        for group in combinations(room.ballots, size * 2):
            common = set.intersection(*(set(ballot.approved) for ballot in group))
            if len(common) >= size:
                assert any(len(winners & set(ballot.approved)) >= size for ballot in group)


def test_steps_left_out_would_have_changed_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    @given(budgets(), some.integers(1, 40))
    @settings(max_examples=250, deadline=None)
    def check(of: Profile, dear: int) -> None:
        of = Profile(
            tuple(Option(each.id, each.cost * dear) for each in of.options),
            of.ballots,
            (of.budget or 0) * dear,
        )
        quick = tally("equal-shares", of)
        with monkeypatch.context() as every_step:
            every_step.setattr("workshop.rules.equal_shares.SURELY", 0)
            assert tally("equal-shares", of) == quick

    check()


def test_a_small_room_with_much_money_is_counted_at_once() -> None:
    """One of twenty wants what costs a quarter of ten million: a million steps of 1."""
    options = (Option("one", 2_500_000), Option("all", 1_000_000))
    ballots = (Ballot.approving(["one", "all"]), *[Ballot.approving(["all"])] * 19)
    assert tally("equal-shares", Profile(options, ballots, 10_000_000)).winners == (
        "all",
        "one",
    )
