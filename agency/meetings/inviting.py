"""Who is invited to a meeting, what they answer by link, and who came."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from agency.meetings.models import Answer, Guest, Meeting
from core.keys import Keyring
from core.links import hash_of, key_from, new_link
from core.models import insert_once
from people.models import Organisation
from people.naming import fold

KEY = "meeting"


def invite(
    session: Session, keys: Keyring, meeting: Meeting, organisations: Iterable[Organisation]
) -> int:
    """Put organisations on the list of guests; return how many were not on it."""
    added = 0
    for each in organisations:
        fresh = insert_once(
            session, Guest, project_id=meeting.project_id, meeting_id=meeting.id,
            organisation_id=each.id, **new_link(keys, KEY),
        )  # fmt: skip
        added += fresh is not None
    return added


def key_of(keys: Keyring, guest: Guest) -> str:
    """Return the key that stands in the address with which a guest answers."""
    return key_from(keys, KEY, guest.nonce)


def guest_with(session: Session, key: str) -> Guest | None:
    """Return the guest whose link has this key, while the meeting is there."""
    query = select(Guest).join(Meeting, Meeting.id == Guest.meeting_id)
    query = query.where(Guest.key_hash == hash_of(key), Meeting.deleted.is_(None))
    return session.scalar(query)


def found(meeting: Meeting, words: str = "", answer: str = "") -> list[Guest]:
    """List the guests in whose name all *words* stand: who comes first, who cannot last."""
    sought = fold(words).split()
    order = [Answer.YES, Answer.NONE, Answer.NO]
    wanted = [each for each in order if answer in ("", each)]
    return sorted(
        (
            each
            for each in meeting.guests
            if each.answer in wanted
            and all(word in fold(each.organisation.name) for word in sought)
        ),
        key=lambda each: (order.index(each.answer), each.organisation.name.casefold()),
    )


def uninvite(session: Session, guest: Guest) -> None:
    """Take somebody off the list; the link leads nowhere then."""
    session.execute(delete(Guest).filter_by(id=guest.id))


def answer(session: Session, guest: Guest, said: Answer, now: datetime) -> None:
    """Note what a guest answers; the last word counts."""
    noted = update(Guest).filter_by(id=guest.id)
    session.execute(noted.values(answer=said, answered=now))


def claim(session: Session, guest: Guest, now: datetime) -> bool:
    """Note that a guest is written to; false when that was done before."""
    mine = update(Guest).filter_by(id=guest.id, written=None).values(written=now)
    return session.scalar(mine.returning(Guest.id)) is not None


def note_attendance(session: Session, came: Mapping[int, int | None]) -> None:
    """Note how many of each guest came, by the numbers of the guests."""
    for guest_id, number in came.items():
        session.execute(update(Guest).filter_by(id=guest_id).values(came=number))
