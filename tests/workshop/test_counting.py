import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from core.keys import Keyring
from tests.workshop.room import go_to, lay_dots
from workshop.counting import result, turnout
from workshop.models import Board, Idea, Method, Participant, Phase
from workshop.voting.models import Round
from workshop.voting.results import places


@pytest.mark.both_engines
def test_the_result_ranks_ideas_by_their_dots(
    session: Session,
    keys: Keyring,
    voting: Board,
    bikes: Idea,
    sewing: Idea,
    amal: Participant,
    ben: Participant,
) -> None:
    lay_dots(session, keys, voting, sewing, amal, 2)
    lay_dots(session, keys, voting, sewing, ben, 1)
    lay_dots(session, keys, voting, bikes, ben, 1)
    assert result(session, voting) == []  # nobody sees anything before the count

    go_to(session, keys, voting, Phase.RESULT)
    counted = [(p.rank, p.option.title, p.points, p.voters) for p in result(session, voting)]
    assert counted == [(1, "A sewing workshop", 3, 2), (2, "A bike workshop", 1, 1)]


@pytest.mark.both_engines
def test_the_turnout_tells_of_no_idea(
    session: Session,
    keys: Keyring,
    voting: Board,
    bikes: Idea,
    amal: Participant,
    ben: Participant,
) -> None:
    lay_dots(session, keys, voting, bikes, amal, 2)
    session.commit()
    found = turnout(session, voting)
    assert (found.people, found.voters, found.placed, found.given) == (2, 1, 2, 6)


def test_what_was_merged_into_something_not_voted_on_stands_for_itself() -> None:
    round = a_round(3)
    papers = [{"receipt": "r", "people": 1, "marks": {"i0": 1, "i1": 2}}]
    into = {"i1": "i9", "i2": "i0"}
    found = {
        place.option.key: (place.points, place.wins)
        for place in places(round, papers, ["i1"], into)
    }
    assert found == {"i1": (2, True), "i0": (1, False)}


@given(st.lists(st.integers(0, 9), min_size=1))
def test_equal_dots_are_equal_ranks(dots: list[int]) -> None:
    round = a_round(len(dots))
    marks = {f"i{n}": count for n, count in enumerate(dots) if count}
    ranked = places(round, [{"receipt": "r", "people": 1, "marks": marks}])
    assert len(ranked) == len(dots)
    for place in ranked:
        assert place.rank == 1 + sum(other.points > place.points for other in ranked)


def a_round(number: int) -> Round:
    options = [
        {"key": f"i{n}", "title": "", "text": "", "challenge": 0, "author": "", "cost": None}
        for n in range(number)
    ]
    return Round(method=Method.DOTS, most=9, options=options)
