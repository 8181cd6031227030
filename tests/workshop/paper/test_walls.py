import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.keys import Keyring
from tests.story import NOON, at_once
from workshop.models import Board, Channel, Idea, Method, Phase
from workshop.paper.walls import NotCountable, count_wall, wall_of
from workshop.stepping import step
from workshop.voting.marking import EnoughOnThisIdea, NoDotsLeft
from workshop.voting.models import Ballot, Mark, Round
from workshop.voting.opening import key_of


@pytest.mark.both_engines
def test_a_wall_is_one_ballot_of_several_people(
    session: Session, keys: Keyring, board: Board, round: Round, bikes: Idea, sewing: Idea
) -> None:
    for people, dots in [(4, {key_of(bikes): 8, key_of(sewing): 4}), (3, {key_of(bikes): 5})]:
        count_wall(session, keys, board, round, people, dots)
        session.commit()
        assert wall_of(session, keys, round) == (people, dots)
        assert session.scalar(select(Board.placed)) == sum(dots.values())
    step(session, keys, board, Phase.VOTE, Phase.RESULT, NOON)
    assert round.result
    assert (round.result["people"], round.result["channels"]) == (3, {"counted": 3})


def test_a_wall_holds_no_more_dots_than_its_people(
    session: Session, keys: Keyring, board: Board, round: Round, bikes: Idea, sewing: Idea
) -> None:
    with pytest.raises(NoDotsLeft):
        count_wall(session, keys, board, round, 2, {key_of(bikes): 4, key_of(sewing): 3})
    session.rollback()
    with pytest.raises(EnoughOnThisIdea):
        count_wall(session, keys, board, round, 2, {key_of(bikes): 5})
    session.rollback()
    assert session.scalars(select(Ballot)).all() == []


def test_nobody_at_the_wall_leaves_nothing(
    session: Session, keys: Keyring, board: Board, round: Round, bikes: Idea
) -> None:
    count_wall(session, keys, board, round, 2, {key_of(bikes): 4})
    count_wall(session, keys, board, round, 0, {})
    assert wall_of(session, keys, round) == (0, {})
    assert session.scalar(select(Board.placed)) == 0


def test_what_each_person_chose_is_told_by_no_wall(
    session: Session, keys: Keyring, board: Board, round: Round, bikes: Idea
) -> None:
    round.method = Method.BUDGET
    with pytest.raises(NotCountable):
        count_wall(session, keys, board, round, 2, {key_of(bikes): 2})


@pytest.mark.both_engines
def test_two_who_count_at_once_leave_one_wall(
    session: Session, sessions: sessionmaker[Session], keys: Keyring, board: Board,
    round: Round, bikes: Idea, sewing: Idea,
) -> None:  # fmt: skip
    board_id, round_id, options = board.id, round.id, [key_of(bikes), key_of(sewing)]
    session.commit()

    def counting(which: int) -> None:
        with sessions() as own:
            place = own.get_one(Board, board_id), own.get_one(Round, round_id)
            people = which + 1
            count_wall(own, keys, *place, people, {options[which % 2]: people * 2})
            own.commit()

    for _ in range(20):
        at_once(4, counting)
        session.expire_all()
        ballot, mark = (
            session.scalars(select(Ballot)).one(),
            session.scalars(select(Mark)).one(),
        )
        people = wall_of(session, keys, round)[0]
        assert (ballot.channel, ballot.people) == (Channel.COUNTED, people)
        assert session.scalar(select(Board.placed)) == mark.value == people * 2
        session.commit()
