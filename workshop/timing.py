"""The clock of a board: it is the server's, so that all screens show the same."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from workshop.models import Board
from workshop.moving import show

GRACE = timedelta(seconds=5)  # for what is on its way when the clock rings
MORE = timedelta(minutes=2)


class TimeIsUp(Refusal):
    reason = message(
        "The time is up. What you have typed stays here; the facilitator can add minutes."
    )


def check(session: Session, board: Board, now: datetime) -> None:
    """Let pass what comes in time; a stopped clock and none at all never ring.

    :raise TimeIsUp: when the clock of *board* rang more than a few seconds ago
    """
    rings = session.scalar(select(Board.rings).filter_by(id=board.id))
    if rings and now > rings + GRACE:
        raise TimeIsUp


def start(session: Session, board: Board, minutes: int, now: datetime) -> None:
    """Set the clock of *board* to so many minutes, or take it down with 0."""
    rings = now + timedelta(minutes=minutes) if minutes else None
    show(session, board, rings=rings, left=None)


def add_minutes(session: Session, board: Board, now: datetime) -> None:
    """Add two minutes to what is left, from now on when nothing is."""
    if board.left is not None:
        show(session, board, left=board.left + int(MORE.total_seconds()))
    elif board.rings:
        show(session, board, rings=max(board.rings, now) + MORE)


def stop(session: Session, board: Board, now: datetime) -> None:
    """Stop the clock of *board*; what is left stays."""
    if board.rings:
        left = max(0, round((board.rings - now).total_seconds()))
        show(session, board, rings=None, left=left)


def go_on(session: Session, board: Board, now: datetime) -> None:
    """Let a stopped clock go on."""
    if board.left is not None:
        show(session, board, rings=now + timedelta(seconds=board.left), left=None)
