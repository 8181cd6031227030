from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from core.errors import Refusal
from core.keys import Keyring
from tests.story import NOON, at_once
from tests.workshop.room import a_participant, an_idea, dots_by, dots_left, go_to, lay_dots
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.moving import NotNow
from workshop.stepping import step
from workshop.voting.marking import EnoughOnThisIdea, NoDotsLeft, NothingThere
from workshop.voting.models import Ballot, Mark, Round
from workshop.voting.opening import key_of, latest_round

pytestmark = pytest.mark.both_engines
TABS = [2, 3, 5, 8]
ROUNDS = 20


def test_dots_lie_where_they_were_left(
    session: Session, keys: Keyring, voting: Board, bikes: Idea, sewing: Idea, amal: Participant
) -> None:
    lay_dots(session, keys, voting, bikes, amal, 2)
    lay_dots(session, keys, voting, sewing, amal, 1)
    assert dots_by(session, keys, voting, amal) == {key_of(bikes): 2, key_of(sewing): 1}
    assert dots_left(session, keys, voting, amal) == 0


def test_saying_it_twice_is_saying_it_once(
    session: Session, keys: Keyring, voting: Board, bikes: Idea, amal: Participant
) -> None:
    lay_dots(session, keys, voting, bikes, amal, 2)
    lay_dots(session, keys, voting, bikes, amal, 2)
    assert dots_left(session, keys, voting, amal) == 1
    assert session.scalar(select(Board.placed)) == 2


def test_dots_can_be_taken_back(
    session: Session, keys: Keyring, voting: Board, bikes: Idea, amal: Participant
) -> None:
    for dots in (2, 1, 0, 0):
        lay_dots(session, keys, voting, bikes, amal, dots)
    assert dots_left(session, keys, voting, amal) == 3
    assert dots_by(session, keys, voting, amal) == {}
    assert session.scalar(select(Board.placed)) == 0


def test_nobody_places_more_dots_than_they_were_given(
    session: Session, keys: Keyring, voting: Board, bikes: Idea, sewing: Idea, amal: Participant
) -> None:
    lay_dots(session, keys, voting, bikes, amal, 2)
    session.commit()
    with pytest.raises(NoDotsLeft):
        lay_dots(session, keys, voting, sewing, amal, 2)
    session.rollback()
    assert dots_by(session, keys, voting, amal) == {key_of(bikes): 2}


def test_one_idea_takes_only_so_many_dots(
    session: Session, keys: Keyring, voting: Board, bikes: Idea, amal: Participant
) -> None:
    with pytest.raises(EnoughOnThisIdea):
        lay_dots(session, keys, voting, bikes, amal, 3)


@pytest.mark.parametrize("phase", [each for each in Phase if each is not Phase.VOTE])
def test_dots_are_placed_while_people_vote_only(
    session: Session, keys: Keyring, voting: Board, bikes: Idea, amal: Participant, phase: Phase
) -> None:
    voting.phase = phase
    session.commit()
    with pytest.raises(NotNow):
        lay_dots(session, keys, voting, bikes, amal, 1)


def test_a_card_that_came_later_is_not_on_the_ballot(
    session: Session, keys: Keyring, voting: Board, amal: Participant
) -> None:
    late = an_idea(voting, amal, "Late")
    session.add(late)
    session.commit()
    with pytest.raises(NothingThere):
        lay_dots(session, keys, voting, late, amal, 1)


def test_the_database_itself_knows_the_budget(session: Session, voting: Board) -> None:
    round = latest_round(session, voting)
    assert round
    session.add(Ballot(round_id=round.id, receipt="r", given=3, spent=4))
    with pytest.raises(IntegrityError, match="ck_ballot_enough"):
        session.commit()


def test_the_database_itself_knows_the_limit_of_an_idea(
    session: Session, voting: Board
) -> None:
    round = latest_round(session, voting)
    assert round
    session.add(Ballot(round_id=round.id, receipt="r", given=3))
    session.flush()
    session.add(Mark(round_id=round.id, receipt="r", option="i1", value=3, least=0, most=2))
    with pytest.raises(IntegrityError, match="ck_mark_limit"):
        session.commit()


def test_votes_change_the_turnout_and_nothing_else(
    session: Session, keys: Keyring, voting: Board, bikes: Idea, amal: Participant
) -> None:
    version, pulse = voting.version, voting.pulse
    lay_dots(session, keys, voting, bikes, amal, 1)
    session.commit()
    assert (voting.version, voting.pulse) == (version, pulse + 1)


@pytest.mark.parametrize("tabs", TABS)
def test_tabs_cannot_spend_the_same_dot_twice(
    session: Session,
    keys: Keyring,
    sessions: sessionmaker[Session],
    workshop: Workshop,
    board: Board,
    tabs: int,
) -> None:
    people = [a_participant(workshop, f"Voter {number}") for number in range(ROUNDS)]
    session.add_all(people)
    session.flush()
    ideas = [an_idea(board, people[0], f"Idea {number}") for number in range(tabs)]
    session.add_all(ideas)
    session.flush()
    wishes = [(idea.id, 1) for idea in ideas]
    go_to(session, keys, board, Phase.VOTE)

    for person in people:
        at_once(tabs, laying(sessions, keys, person.id, wishes))
    assert_the_books_are_right(session, [min(tabs, 3) for _ in people])


@pytest.mark.parametrize("tabs", TABS)
def test_tabs_cannot_exceed_the_limit_of_an_idea(
    session: Session, keys: Keyring, sessions: sessionmaker[Session], workshop: Workshop,
    voting: Board,
    bikes: Idea, sewing: Idea, tabs: int,
) -> None:  # fmt: skip
    people = [a_participant(workshop, f"Voter {number}") for number in range(ROUNDS)]
    session.add_all(people)
    session.commit()

    wishes = [(bikes.id, 1), (bikes.id, 2), (bikes.id, 3), (bikes.id, 0), (sewing.id, 2)]
    for person in people:
        at_once(tabs, laying(sessions, keys, person.id, [wishes[n % 5] for n in range(tabs)]))
    assert_the_books_are_right(session)
    assert session.scalar(select(func.max(Mark.value))) == 2


@pytest.mark.parametrize("voters", TABS)
def test_closed_is_closed(
    session: Session, keys: Keyring, sessions: sessionmaker[Session], workshop: Workshop,
    voting: Board,
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
            laying(sessions, keys, ids[which], wishes)(which)
            return
        with sessions() as session:
            board = session.get_one(Board, board_id)
            step(session, keys, board, Phase.VOTE, Phase.RESULT, NOON)
            session.commit()
            round = latest_round(session, board)
            assert round and round.papers is not None
            counted.append(sum(sum(p["marks"].values()) for p in round.papers))

    for _ in range(ROUNDS):
        at_once(voters + 1, act)
        assert counted.pop() == (session.scalar(select(func.sum(Mark.value))) or 0)
        assert_the_books_are_right(session)
        session.execute(delete(Round))
        session.commit()
        session.expire_all()
        board = session.get_one(Board, board_id)
        go_to(session, keys, board, Phase.VOTE)


def laying(
    sessions: sessionmaker[Session], keys: Keyring, voter_id: int,
    wishes: list[tuple[int, int]],
) -> Callable[[int], None]:  # fmt: skip
    def lay(tab: int) -> None:
        idea_id, dots = wishes[tab]
        with sessions() as session, suppress(Refusal):
            idea, voter = session.get_one(Idea, idea_id), session.get_one(Participant, voter_id)
            lay_dots(session, keys, idea.board, idea, voter, dots)
            session.commit()

    return lay


def assert_the_books_are_right(session: Session, wanted: list[int] | None = None) -> None:
    """Marks, ballots and the board tell of the same dots."""
    session.expire_all()
    lying = select(Mark.receipt, func.sum(Mark.value)).group_by(Mark.receipt)
    counted = {receipt: dots for receipt, dots in session.execute(lying) if dots}
    held = select(Ballot.receipt, Ballot.spent).where(Ballot.spent > 0)
    assert dict(session.execute(held).all()) == counted
    assert session.scalar(select(Board.placed)) == sum(counted.values())
    assert wanted is None or sorted(counted.values()) == sorted(wanted)
