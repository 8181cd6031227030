from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from core.errors import Refusal
from tests.story import at_once
from tests.workshop.room import a_participant, an_idea
from workshop.models import Board, Dot, Handful, Idea, Participant, Phase, Workshop
from workshop.moving import NotNow, move
from workshop.voting import (
    EnoughOnThisIdea,
    NoDotsLeft,
    NothingThere,
    dots_by,
    dots_left,
    lay_dots,
)

pytestmark = pytest.mark.both_engines
TABS = [2, 3, 5, 8]
ROUNDS = 20


def test_dots_lie_where_they_were_left(
    session: Session, voting: Board, bikes: Idea, sewing: Idea, amal: Participant
) -> None:
    lay_dots(session, voting, bikes, amal, 2)
    lay_dots(session, voting, sewing, amal, 1)
    assert dots_by(session, voting, amal) == {bikes.id: 2, sewing.id: 1}
    assert dots_left(session, voting, amal) == 0


def test_saying_it_twice_is_saying_it_once(
    session: Session, voting: Board, bikes: Idea, amal: Participant
) -> None:
    lay_dots(session, voting, bikes, amal, 2)
    lay_dots(session, voting, bikes, amal, 2)
    assert dots_left(session, voting, amal) == 1
    assert session.scalar(select(Board.placed)) == 2


def test_dots_can_be_taken_back(
    session: Session, voting: Board, bikes: Idea, amal: Participant
) -> None:
    for dots in (2, 1, 0, 0):
        lay_dots(session, voting, bikes, amal, dots)
    assert dots_left(session, voting, amal) == 3
    assert dots_by(session, voting, amal) == {}
    assert session.scalar(select(Board.placed)) == 0


def test_nobody_places_more_dots_than_they_were_given(
    session: Session, voting: Board, bikes: Idea, sewing: Idea, amal: Participant
) -> None:
    lay_dots(session, voting, bikes, amal, 2)
    session.commit()
    with pytest.raises(NoDotsLeft):
        lay_dots(session, voting, sewing, amal, 2)
    session.rollback()
    assert dots_by(session, voting, amal) == {bikes.id: 2}


def test_one_idea_takes_only_so_many_dots(
    session: Session, voting: Board, bikes: Idea, amal: Participant
) -> None:
    with pytest.raises(EnoughOnThisIdea):
        lay_dots(session, voting, bikes, amal, 3)


@pytest.mark.parametrize("phase", [Phase.COLLECT, Phase.RESULT])
def test_dots_are_placed_while_people_vote_only(
    session: Session, voting: Board, bikes: Idea, amal: Participant, phase: Phase
) -> None:
    voting.phase = phase
    session.commit()
    with pytest.raises(NotNow):
        lay_dots(session, voting, bikes, amal, 1)


def test_a_card_that_was_taken_down_takes_no_dots(
    session: Session, voting: Board, bikes: Idea, amal: Participant
) -> None:
    bikes.taken_down = True
    session.commit()
    with pytest.raises(NothingThere):
        lay_dots(session, voting, bikes, amal, 1)


def test_the_database_itself_knows_the_budget(
    session: Session, board: Board, amal: Participant
) -> None:
    session.add(Handful(board_id=board.id, voter_id=amal.id, given=3, placed=4))
    with pytest.raises(IntegrityError, match="ck_handful_enough"):
        session.commit()


def test_the_database_itself_knows_the_limit_of_an_idea(
    session: Session, bikes: Idea, amal: Participant
) -> None:
    session.add(Dot(idea_id=bikes.id, voter_id=amal.id, count=3, most=2))
    with pytest.raises(IntegrityError, match="ck_dot_limit"):
        session.commit()


def test_votes_change_the_turnout_and_nothing_else(
    session: Session, voting: Board, bikes: Idea, amal: Participant
) -> None:
    version, pulse = voting.version, voting.pulse
    lay_dots(session, voting, bikes, amal, 1)
    session.commit()
    assert (voting.version, voting.pulse) == (version, pulse + 1)


@pytest.mark.parametrize("tabs", TABS)
def test_tabs_cannot_spend_the_same_dot_twice(
    session: Session,
    sessions: sessionmaker[Session],
    workshop: Workshop,
    voting: Board,
    tabs: int,
) -> None:
    people = [a_participant(workshop, f"Voter {number}") for number in range(ROUNDS)]
    session.add_all(people)
    session.flush()
    ideas = [an_idea(voting, people[0], f"Idea {number}") for number in range(tabs)]
    session.add_all(ideas)
    session.flush()
    wishes = [(idea.id, 1) for idea in ideas]
    session.commit()

    for person in people:
        at_once(tabs, laying(sessions, person.id, wishes))
    assert_the_books_are_right(session, {person.id: min(tabs, 3) for person in people})


@pytest.mark.parametrize("tabs", TABS)
def test_tabs_cannot_exceed_the_limit_of_an_idea(
    session: Session, sessions: sessionmaker[Session], workshop: Workshop, voting: Board,
    bikes: Idea, sewing: Idea, tabs: int,
) -> None:  # fmt: skip
    people = [a_participant(workshop, f"Voter {number}") for number in range(ROUNDS)]
    session.add_all(people)
    session.commit()

    wishes = [(bikes.id, 1), (bikes.id, 2), (bikes.id, 3), (bikes.id, 0), (sewing.id, 2)]
    for person in people:
        at_once(tabs, laying(sessions, person.id, [wishes[n % 5] for n in range(tabs)]))
    assert_the_books_are_right(session)
    assert session.scalar(select(func.max(Dot.count))) == 2


@pytest.mark.parametrize("voters", TABS)
def test_closed_is_closed(
    session: Session, sessions: sessionmaker[Session], workshop: Workshop, voting: Board,
    bikes: Idea, voters: int,
) -> None:  # fmt: skip
    """What lies when the facilitator has closed lies for ever, whoever was on the way."""
    people = [a_participant(workshop, f"Voter {number}") for number in range(voters)]
    session.add_all(people)
    session.commit()
    ids, board_id, wishes = [each.id for each in people], voting.id, [(bikes.id, 1)] * voters
    counted: list[int] = []

    def act(which: int) -> None:
        if which < voters:
            laying(sessions, ids[which], wishes)(which)
            return
        with sessions() as session:
            move(session, session.get_one(Board, board_id), Phase.VOTE, Phase.RESULT)
            session.commit()
            counted.append(session.scalar(select(func.sum(Dot.count))) or 0)

    for _ in range(ROUNDS):
        at_once(voters + 1, act)
        assert counted.pop() == (session.scalar(select(func.sum(Dot.count))) or 0)
        assert_the_books_are_right(session)
        session.execute(delete(Dot))
        session.execute(delete(Handful))
        session.execute(update(Board).values(phase=Phase.VOTE, placed=0))
        session.commit()


def laying(
    sessions: sessionmaker[Session], voter_id: int, wishes: list[tuple[int, int]]
) -> Callable[[int], None]:
    def lay(tab: int) -> None:
        idea_id, dots = wishes[tab]
        with sessions() as session, suppress(Refusal):
            idea, voter = session.get_one(Idea, idea_id), session.get_one(Participant, voter_id)
            lay_dots(session, idea.board, idea, voter, dots)
            session.commit()

    return lay


def assert_the_books_are_right(session: Session, wanted: dict[int, int] | None = None) -> None:
    """Rows, handfuls and the board tell of the same dots."""
    session.expire_all()
    lying = select(Dot.voter_id, func.sum(Dot.count)).group_by(Dot.voter_id)
    counted = {voter: dots for voter, dots in session.execute(lying) if dots}
    held = select(Handful.voter_id, Handful.placed).where(Handful.placed > 0)
    assert dict(session.execute(held).all()) == counted
    assert session.scalar(select(Board.placed)) == sum(counted.values())
    assert wanted is None or counted == wanted
