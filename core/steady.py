"""Whether the clock can be trusted with what cannot be undone."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from core.jobs import Turn
from core.models import insert_once

CLOCK = "clock of the purge"
JUMP = timedelta(hours=48)


def is_steady(session: Session, now: datetime) -> bool:
    """Tell whether the clock went on as it does since the last time, and note it then.

    After a jump of more than 48 hours, either way, it stays so until a human says otherwise;
    so does a clock that was never looked at, for one night.
    """
    if insert_once(session, Turn, name=CLOCK, until=now):
        return False
    near = Turn.until.between(now - JUMP, now + JUMP)
    query = update(Turn).where(Turn.name == CLOCK, near).values(until=now)
    return session.scalar(query.returning(Turn.name)) is not None


def set_clock(session: Session, now: datetime) -> None:
    """Let a human say that the clock is right."""
    if not insert_once(session, Turn, name=CLOCK, until=now):
        session.execute(update(Turn).where(Turn.name == CLOCK).values(until=now))
