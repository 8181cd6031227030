"""The secret link by which a member's calendar program reads the dates of a project."""

from datetime import datetime
from secrets import token_hex

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from agency.models import CalendarLink
from core.keys import Keyring
from core.models import insert_once
from people.models import Membership, User

KEY = "calendar"
LENGTH = 32  # hexadecimal digits: 128 bits


def link_of(session: Session, member: Membership) -> CalendarLink | None:
    return session.scalar(select(CalendarLink).filter_by(membership_id=member.id))


def renew(
    session: Session, keys: Keyring, member: Membership, language: str, now: datetime
) -> None:
    """Make the link of a member, or another one in its place: the earlier opens no more.

    What is read behind it is said in *language*; another one keeps the one it has.
    """
    nonce = token_hex(16)
    values = {"nonce": nonce, "key_hash": _hash(keys, _key(keys, nonce)), "made": now}
    whose = {"project_id": member.project_id, "membership_id": member.id}
    if insert_once(session, CalendarLink, **whose, **values, language=language) is None:
        session.execute(update(CalendarLink).filter_by(**whose).values(values))


def speak(session: Session, member: Membership, language: str) -> None:
    """Say what is read behind the link of a member in another language."""
    mine = update(CalendarLink).filter_by(membership_id=member.id)
    session.execute(mine.values(language=language))


def end(session: Session, member: Membership) -> None:
    """Let nothing read the dates of a member any more."""
    session.execute(delete(CalendarLink).filter_by(membership_id=member.id))


def key_of(keys: Keyring, link: CalendarLink) -> str:
    """Return what the address of a link ends in."""
    return _key(keys, link.nonce)


def link_with(session: Session, keys: Keyring, key: str) -> CalendarLink | None:
    """Return the link with this key, while its owner is in the project and may sign in."""
    query = select(CalendarLink)
    query = query.join(Membership, CalendarLink.membership_id == Membership.id)
    query = query.join(User, User.id == Membership.user_id)
    query = query.where(CalendarLink.key_hash == _hash(keys, key), User.active)
    return session.scalar(query)


def _key(keys: Keyring, nonce: str) -> str:
    return keys.hash(KEY, nonce)[:LENGTH]


def _hash(keys: Keyring, key: str) -> str:
    return keys.hash(KEY, f"key {key}")
