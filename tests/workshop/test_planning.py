from datetime import timedelta

import pytest
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from core.keys import Keyring
from tests.story import NOON
from tests.workshop.room import go_to, lay_dots
from workshop.agenda import LONG, SHORT, Item
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.planning import plan
from workshop.stepping import step
from workshop.voting.opening import latest_round


def test_an_evening_begins_where_its_agenda_begins(session: Session, board: Board) -> None:
    for agenda, phase in (LONG, Phase.LOBBY), (SHORT, Phase.COLLECT), (LONG, Phase.LOBBY):
        plan(session, board, agenda)
        session.commit()
        assert (board.phase, board.at) == (phase, 0)


def test_an_agenda_that_begins_with_a_vote_opens_none(session: Session, board: Board) -> None:
    plan(session, board, SHORT[1:])
    session.commit()
    assert board.phase is Phase.COLLECT


def test_another_agenda_moves_nobody_who_is_there(
    session: Session, keys: Keyring, workshop: Workshop, board: Board, bikes: Idea
) -> None:
    workshop.hall = 1
    session.commit()
    plan(session, board, LONG)
    session.commit()
    assert (board.phase, board.at) == (Phase.COLLECT, 1)
    workshop.hall = 0
    go_to(session, keys, board, Phase.DISCUSS)
    plan(session, board, LONG)
    session.commit()
    assert (board.phase, board.at) == (Phase.DISCUSS, 4)


@pytest.mark.both_engines
@pytest.mark.parametrize("agenda", [LONG, SHORT, SHORT[1:]])
def test_an_agenda_saved_while_the_room_moves_on_does_not_move_it_back(
    session: Session, keys: Keyring, voting: Board, agenda: tuple[Item, ...]
) -> None:
    go_to(session, keys, voting, Phase.RESULT)
    set_committed_value(voting, "phase", Phase.VOTE)  # as whoever saves had read it
    plan(session, voting, agenda)
    session.commit()
    session.expire_all()
    assert voting.phase is Phase.RESULT


@pytest.mark.both_engines
def test_a_round_that_was_counted_is_not_counted_again(
    session: Session, keys: Keyring, voting: Board, bikes: Idea, amal: Participant
) -> None:
    lay_dots(session, keys, voting, bikes, amal, 1)
    session.commit()
    go_to(session, keys, voting, Phase.RESULT)
    round = latest_round(session, voting)
    assert round
    before = round.closed, round.result_hash
    for to in (Phase.RESULT, Phase.COLLECT):
        voting.phase, voting.placed = Phase.VOTE, 0
        session.commit()
        step(session, keys, voting, Phase.VOTE, to, NOON + timedelta(hours=1))
        session.commit()
        session.expire_all()
        assert (round.closed, round.result_hash) == before
