import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.workshop.rules.elections import ranked, rankings
from workshop.rules import Ballot, NeedsBallots, NeedsPoints, Option, Profile, tally
from workshop.rules.bradley_terry import strengths
from workshop.rules.duels import duels
from workshop.rules.majority_judgment import majority_value
from workshop.rules.ties import by_lot

DEBIAN_2003 = """41 397:38 42 228:224 43 237:226 45 424:39 21 428:34
23 238:221 25 449:29 31 385:66 35 405:65 15 228:202"""


@pytest.fixture
def debian() -> Profile:
    """1 Zadka, 2 Garbee, 3 Robinson, 4 Michlmayr, 5 none of them: the published pairs."""
    words = DEBIAN_2003.split()
    table = {}
    for pair, votes in zip(words[::2], words[1::2], strict=True):
        one, other = pair[0], pair[1]
        table[one, other], table[other, one] = map(int, votes.split(":"))
    return Profile(tuple(Option(id) for id in "12345"), duels=table)


@pytest.fixture
def tennessee() -> Profile:
    return ranked((42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM"), options="MNCK")


def test_debian_elected_martin_michlmayr(debian: Profile) -> None:
    assert tally("schulze", debian).winners == ("4",)
    assert tally("schulze", debian, 5).winners == ("4", "2", "3", "1", "5")


def test_schulze_ranks_the_example_of_his_paper() -> None:
    votes = ranked(
        (5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"), (2, "CBADE"),
        (7, "DCEBA"), (8, "EBADC"),
    )  # fmt: skip
    assert tally("schulze", votes, 5).winners == tuple("EACBD")


def test_nashville_is_in_the_middle_of_tennessee(tennessee: Profile) -> None:
    borda = tally("borda", tennessee)
    assert borda.scores == {"M": 126, "N": 194, "C": 173, "K": 107}
    assert tally("schulze", tennessee).winners == borda.winners == ("N",)


def test_a_short_ballot_hands_out_as_many_points_as_a_full_one() -> None:
    short = Profile(tuple(Option(id) for id in "abc"), (Ballot.ranking("a"),))
    assert tally("borda", short).scores == {"a": 2, "b": 0.5, "c": 0.5}


@given(rankings())
@settings(max_examples=100, deadline=None)
def test_whoever_beats_everyone_wins_by_schulze(of: Profile) -> None:
    table, size = duels(of), range(len(of.ids))
    for one in size:
        if all(table[one][other] > table[other][one] for other in size if other != one):
            assert tally("schulze", of).sets == ((of.ids[one],),)


@pytest.mark.parametrize("rule", ["borda", "schulze"])
def test_more_votes_for_a_winner_do_no_harm(rule: str) -> None:
    """A ballot that moves the winner to its top leaves the winner a winner."""

    @given(rankings(), some.data())
    @settings(max_examples=100, deadline=None)
    def check(of: Profile, data: some.DataObject) -> None:
        winner = tally(rule, of).winners[0]
        lifted = data.draw(some.sampled_from(range(len(of.ballots))))
        ballots = list(of.ballots)
        old = of.ballots[lifted]
        order = [winner, *(option for (option,) in old.ranks if option != winner)]
        ballots[lifted] = Ballot.ranking(order, old.weight)
        after = tally(rule, Profile(of.options, tuple(ballots)))
        assert (winner,) in after.sets

    check()


@given(rankings(), some.permutations("abcd"))
@settings(max_examples=60, deadline=None)
def test_no_option_is_better_for_its_name(of: Profile, names: list[str]) -> None:
    new = dict(zip("abcd", names, strict=True))
    other = Profile(
        tuple(Option(new[option.id]) for option in of.options),
        tuple(Ballot.ranking([new[each] for (each,) in b.ranks], b.weight) for b in of.ballots),
    )
    for rule in ("borda", "schulze"):
        one = {frozenset(new[each] for each in sets) for sets in tally(rule, of, 2).sets}
        assert one == {frozenset(sets) for sets in tally(rule, other, 2).sets}


def test_odds_are_those_of_bradley_and_terry() -> None:
    """Two options, three wins to one: e^(a-b) = 3."""
    two = Profile((Option("a"), Option("b")), duels={("a", "b"): 3, ("b", "a"): 1})
    found = tally("bradley-terry", two).scores
    assert found["a"] - found["b"] == pytest.approx(1.0986123)
    assert tally("bradley-terry", two).more == {"prior": 0}


def test_strengths_are_where_hunters_steps_end() -> None:
    import numpy as np  # noqa: PLC0415 - here only

    wins = np.random.default_rng(1).integers(0, 9, (12, 12)).astype(float)
    np.fill_diagonal(wins, 0)
    power = np.ones(12)
    for _ in range(2000):
        power = wins.sum(1) / ((wins + wins.T) / (power[:, None] + power)).sum(1)
        power /= power.sum()
    logs = np.log(power)
    assert strengths(wins) == pytest.approx(logs - logs.mean(), abs=1e-9)


def test_who_never_lost_gets_no_endless_strength() -> None:
    never = Profile(
        (Option("a"), Option("b"), Option("c")), duels={("a", "b"): 5, ("b", "c"): 5}
    )
    outcome = tally("bradley-terry", never, 3)
    assert (outcome.winners, outcome.more) == (("a", "b", "c"), {"prior": 0.5})


def test_nine_credits_are_three_votes_and_equal_roots_are_equal() -> None:
    options = tuple(Option(id) for id in "abc")
    ballots = (Ballot({"a": 12}), Ballot({"b": 3, "c": 1}, weight=2), Ballot({"c": -1}))
    outcome = tally("quadratic", Profile(options, ballots))
    assert outcome.ties[0].options == ("a", "b")  # √12 = √3 + √3
    assert outcome.scores["c"] == 1
    nine = tally("quadratic", Profile(options, (Ballot({"a": 9}),)))
    assert nine.scores["a"] == 3


def test_the_best_median_wins_and_then_the_next() -> None:
    options = tuple(Option(id) for id in "ab")
    grades = [(3, 3), (2, 2), (2, 2), (1, 0)]
    ballots = tuple(Ballot({"a": one, "b": other}) for one, other in grades)
    outcome = tally("majority-judgment", Profile(options, ballots))
    assert (outcome.winners, outcome.scores) == (("a",), {"a": 2, "b": 2})


@given(some.lists(some.integers(0, 5), max_size=9))
def test_medians_are_taken_away_one_by_one(grades: list[int]) -> None:
    left, expected = sorted(grades), []
    while left:
        expected.append(left.pop((len(left) - 1) // 2))
    assert majority_value(grades) == tuple(expected)


def test_a_rule_says_what_it_cannot_count(debian: Profile, tennessee: Profile) -> None:
    with pytest.raises(NeedsBallots):
        tally("approval", debian)
    with pytest.raises(NeedsPoints):
        tally("majority-judgment", tennessee)


def test_whoever_knows_the_seed_can_draw_the_lot_again() -> None:
    assert by_lot("abcd", "Buch") == by_lot("dcba", "Buch")
    assert len({tuple(by_lot("abcd", str(seed))) for seed in range(200)}) == 24


def test_a_tie_for_the_last_place_is_told() -> None:
    votes = Profile(tuple(Option(id) for id in "abc"), (Ballot({"a": 2, "b": 1, "c": 1}),))
    outcome = tally("sum", votes, 2, order=["c", "b", "a"])
    assert outcome.winners == ("a", "c")
    assert (outcome.ties[0].options, outcome.ties[0].chosen) == (("c", "b"), ("c",))
    assert {frozenset(each) for each in outcome.sets} == {frozenset("ac"), frozenset("ab")}


def test_the_mean_asks_only_those_who_gave_a_score() -> None:
    options = tuple(Option(id) for id in "abc")
    ballots = (Ballot({"a": 5}), Ballot({"a": 2, "b": 4}))
    outcome = tally("mean", Profile(options, ballots), 3)
    assert outcome.winners == ("b", "a", "c")
    assert outcome.scores == {"a": 3.5, "b": 4, "c": 0}
