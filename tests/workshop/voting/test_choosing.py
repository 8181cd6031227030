"""A wall tells how much lies on each option: it counts so many times, and for no one person."""

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
