from sqlalchemy.orm import Session

from core.keys import Keyring
from tests.workshop.room import go_to
from workshop.agenda import LONG, SHORT
from workshop.models import Board, Idea, Phase, Workshop
from workshop.planning import plan


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
