from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from workshop.counting import ranked, result, turnout
from workshop.models import Board, Idea, Participant, Phase
from workshop.voting import lay_dots


@pytest.mark.both_engines
def test_the_result_ranks_ideas_by_their_dots(
    session: Session,
    voting: Board,
    bikes: Idea,
    sewing: Idea,
    amal: Participant,
    ben: Participant,
) -> None:
    lay_dots(session, voting, sewing, amal, 2)
    lay_dots(session, voting, sewing, ben, 1)
    lay_dots(session, voting, bikes, ben, 1)
    assert result(session, voting) == []  # nobody sees anything before the count

    voting.phase = Phase.RESULT
    session.commit()
    counted = [(p.rank, p.idea.title, p.dots, p.voters) for p in result(session, voting)]
    assert counted == [(1, "A sewing workshop", 3, 2), (2, "A bike workshop", 1, 1)]


@pytest.mark.both_engines
def test_the_turnout_tells_of_no_idea(
    session: Session, voting: Board, bikes: Idea, amal: Participant, ben: Participant
) -> None:
    lay_dots(session, voting, bikes, amal, 2)
    session.commit()
    found = turnout(session, voting)
    assert (found.people, found.voters, found.placed, found.given) == (2, 1, 2, 6)


@given(st.lists(st.integers(0, 9)))
def test_equal_dots_are_equal_ranks(dots: list[int]) -> None:
    idea = cast(Idea, None)
    places = ranked([(idea, n, 0) for n in sorted(dots, reverse=True)])
    for place in places:
        assert place.rank == 1 + sum(other.dots > place.dots for other in places)
