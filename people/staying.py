"""Staying signed in: one row per browser, so that each can be seen and signed out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from people.entering import hash_of
from people.models import StaffSession

IDLE = timedelta(hours=12)  # a lunch or a workshop must not sign anybody out; a night does
LONGEST = timedelta(days=7)  # the week of a sprint, then the laptop asks again
COARSE = timedelta(minutes=10)  # "last seen" is for recognising a device, not for watching

BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")  # some claim to be the later ones
NAMES = {"Edg": "Edge", "OPR": "Opera"}
SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac", "Linux")  # Android claims Linux


def begin_session(
    session: Session, user_id: int, key: str, device: str, now: datetime
) -> StaffSession:
    """Note that *user_id* has signed in on a *device*; its browser holds the *key*."""
    session.execute(delete(StaffSession).where(StaffSession.seen < now - IDLE))
    begun = StaffSession(
        user_id=user_id, key_hash=hash_of(key), begun=now, seen=now, device=device
    )
    session.add(begun)
    return begun


def session_with(session: Session, key: str, now: datetime) -> StaffSession | None:
    """Return the session whose browser holds *key*, unless it was ended or is over."""
    query = select(StaffSession).filter_by(key_hash=hash_of(key))
    return session.scalar(
        query.where(StaffSession.seen > now - IDLE, StaffSession.begun > now - LONGEST)
    )


def note_seen(session: Session, one: StaffSession, now: datetime) -> bool:
    """Note roughly when a session was last used; tell whether there was anything to note."""
    if one.seen > now - COARSE:
        return False
    query = update(StaffSession).where(StaffSession.id == one.id).values(seen=now)
    return session.scalar(query.returning(StaffSession.id)) is not None


def sessions_of(session: Session, user_id: int, now: datetime) -> Sequence[StaffSession]:
    """List where someone is signed in, the latest first."""
    query = select(StaffSession).filter_by(user_id=user_id)
    query = query.where(StaffSession.seen > now - IDLE, StaffSession.begun > now - LONGEST)
    return session.scalars(query.order_by(StaffSession.begun.desc(), StaffSession.id)).all()


def end_session(session: Session, user_id: int, number: int) -> bool:
    """Sign a browser out; tell whether it was one of this person's."""
    query = delete(StaffSession).filter_by(user_id=user_id, id=number)
    return session.scalar(query.returning(StaffSession.id)) is not None


def end_session_with(session: Session, key: str) -> None:
    """Sign out the browser that holds *key*."""
    session.execute(delete(StaffSession).filter_by(key_hash=hash_of(key)))


def end_others(session: Session, user_id: int, key: str) -> None:
    """Sign out every browser of someone but the one that holds *key*."""
    mine = StaffSession.key_hash != hash_of(key)
    session.execute(delete(StaffSession).where(StaffSession.user_id == user_id, mine))


def device_of(agent: str) -> str:
    """Say in a coarse word what a browser calls itself, as in "Firefox, Linux"."""
    found = [
        next((name for name in names if name in agent), "") for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(NAMES.get(name, name) for name in found if name)
