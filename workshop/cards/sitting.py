"""Sitting down at one of the tables of a room, to write there apart from the others."""

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from workshop.models import Board, Participant
from workshop.moving import notice_arrival


class NoSuchTable(Refusal):
    reason = message("There is no such table. Please choose one of those that are there.")


def sit(session: Session, board: Board, person: Participant, table: int | None) -> None:
    """Let *person*, and whoever they host, sit at a table, or at none.

    :raise NoSuchTable: when *board* has fewer tables
    """
    if table is not None and not 1 <= table <= board.tables:
        raise NoSuchTable
    seats = update(Participant).where(
        or_(Participant.id == person.id, Participant.host_id == person.id)
    )
    session.execute(seats.values(table=table))
    notice_arrival(session, board.id)
