import json
import random
from pathlib import Path

import pytest

from tests.workshop.rules.elections import OTHERS
from workshop.exchange.votes import Votes
from workshop.rules import Ballot, Option, Profile
from workshop.rules.consensus import consensus
from workshop.rules.coverage import Coverage, coverage, coverage_by_group
from workshop.rules.groups import adjusted_rand, opinion_groups

TALKS = sorted((OTHERS / "polis_math").glob("*/math-pca2.json"))


def votes_of(folder: Path) -> Votes:
    said = json.loads((folder / "votes.json").read_text())
    said.sort(key=lambda vote: vote["modified"])
    return {(str(v["participant_id"]), str(v["statement_id"])): v["vote"] for v in said}


def camps(people: int, statements: int, noise: float, seed: int = 1) -> Votes:
    """Return two camps of opinion, as clear as the noise lets them be."""
    chance = random.Random(seed)  # noqa: S311 - a seeded example
    sides = [[chance.choice([-1, 1]) for _ in range(statements)] for _ in range(2)]
    return {
        (str(n), str(each)): chance.choice([-1, 0, 1])
        if chance.random() < noise
        else sides[n % 2][each]
        for n in range(people)
        for each in range(statements)
    }


def test_consensus_is_that_of_polis_in_its_order() -> None:
    for path in TALKS:
        check_consensus(path)


def check_consensus(path: Path) -> None:
    math = json.loads(path.read_text())
    shown = votes_of(path.parent).items()
    found = consensus(
        (tid, vote) for (_, tid), vote in shown if int(tid) not in math["mod-out"]
    )
    for side, ours in (("agree", found.agree), ("disagree", found.disagree)):
        theirs = math["consensus"][side]
        assert [int(each.statement) for each in ours] == [each["tid"] for each in theirs]
        assert [each.z for each in ours] == pytest.approx([each["p-test"] for each in theirs])


def test_what_parts_the_room_or_is_passed_over_is_no_consensus() -> None:
    split = [("b", 1)] * 5 + [("b", -1)] * 5
    assert consensus(split).agree == consensus(split).disagree == ()
    passed = [("c", 1)] * 5 + [("c", 0)] * 6
    assert consensus(passed).agree == ()


def test_of_many_the_five_clearest_are_shown_and_equals_by_age() -> None:
    votes = [(str(each), 1) for each in (10, 9, 2, 3, 4, 5, 6) for _ in range(9)]
    assert [each.statement for each in consensus(votes).agree] == ["2", "3", "4", "5", "6"]


def test_clear_camps_are_found_and_stable() -> None:
    found = opinion_groups(camps(40, 20, 0.1))
    assert found.stable
    assert {found.groups[str(n)] for n in range(0, 40, 2)} == {0}
    assert {found.groups[str(n)] for n in range(1, 40, 2)} == {1}


@pytest.mark.parametrize("seed", range(3))
def test_in_mere_noise_no_groups_are_stable(seed: int) -> None:
    assert not opinion_groups(camps(40, 20, 1.0, seed)).stable


def test_a_small_room_is_never_cut_into_stable_groups() -> None:
    assert not opinion_groups(camps(14, 20, 0.0)).stable


def test_the_same_votes_give_the_same_groups() -> None:
    votes = camps(30, 12, 0.5)
    other = dict(sorted(votes.items(), reverse=True))
    assert opinion_groups(votes) == opinion_groups(other)


@pytest.mark.parametrize("votes", [{}, {("a", "1"): 1}, {(str(n), "1"): 1 for n in range(30)}])
def test_next_to_nothing_is_no_group(votes: Votes) -> None:
    assert not opinion_groups(votes).stable


def test_everyone_of_one_mind_is_no_group() -> None:
    assert not opinion_groups({(str(n), str(s)): 1 for n in range(30) for s in range(9)}).stable


def test_groups_of_talks_are_much_like_those_of_polis() -> None:
    for path in TALKS:
        assert alike(path) > 0.8, path


def alike(path: Path) -> float:
    import numpy as np  # noqa: PLC0415 - here only

    math = json.loads(path.read_text())
    votes = {
        key: vote
        for key, vote in votes_of(path.parent).items()
        if int(key[1]) not in math["mod-out"]
    }
    base = dict(zip(math["base-clusters"]["id"], math["base-clusters"]["members"], strict=True))
    theirs = {
        str(person): group["id"]
        for group in math["group-clusters"]
        for each in group["members"]
        for person in base[each]
    }
    ours = opinion_groups(votes).groups
    both = sorted(ours.keys() & theirs.keys())
    one, other = ([of[each] for each in both] for of in (ours, theirs))
    return adjusted_rand(np.array(one), np.array(other))


@pytest.fixture
def room() -> Profile:
    wants = ["a", "a", "ab", "b", "c", ""]
    options = tuple(Option(id) for id in "abc")
    return Profile(options, tuple(Ballot.approving(each) for each in wants))


def test_coverage_counts_those_with_one_of_theirs(room: Profile) -> None:
    assert coverage(room, ["a"]) == Coverage(6, 3)
    assert coverage(room, ["a", "b"]).share == pytest.approx(4 / 6)
    assert coverage(room, []).covered == 0


def test_small_groups_are_hidden_and_cannot_be_told_from_the_rest(room: Profile) -> None:
    groups = ["x", "x", "x", "y", "y", "z"]
    found = coverage_by_group(room, ["a"], groups, fewest=3)
    assert found == {"x": Coverage(3, 3), "y": None, "z": None}
    alone = coverage_by_group(room, ["a"], ["x", "x", "x", "x", "x", "z"], fewest=5)
    assert alone == {"x": None, "z": None}
