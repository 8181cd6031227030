"""Telling by mail what became of the ideas, to whoever left an address.

An address is kept apart from who took part and how they voted, sealed, until its owner takes
it back or a year is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core import erasing
from core.addresses import usable
from core.erasing import Entry
from core.errors import FormUsedTwice, Refusal, message
from core.keys import Keyring
from core.models import insert_once
from workshop.following.following import Course, courses
from workshop.following.models import Decision, Follower, Telling
from workshop.models import Board, Idea, Workshop

KEY = "followers"
KEPT = timedelta(days=365)


class NothingNew(Refusal):
    reason = message("Nothing was decided or noted since the last mail.")


class NobodyFollows(Refusal):
    reason = message("Nobody has left an address in this workshop.")


@dataclass(frozen=True)
class Recipient:
    """Whom to write to, in which language; the *number* takes the address back."""

    number: str
    address: str
    language: str


def follow(
    session: Session, keys: Keyring, workshop: Workshop, address: str, language: str, day: date
) -> str:
    """Keep an address for news of the ideas, once, and return its number.

    :raise UnusableAddress: when no mail can be sent to it
    """
    written = usable(address)
    number = keys.hash(KEY, f"{workshop.id} {written.casefold()}")
    sealed = keys.seal(KEY, written, _place(number))
    values = {"workshop_id": workshop.id, "language": language, "until": day + KEPT}
    insert_once(session, Follower, id=number, sealed=sealed, **values)
    return number


def is_following(session: Session, workshop: Workshop, number: str) -> bool:
    query = select(Follower.id).filter_by(workshop_id=workshop.id, id=number)
    return session.scalar(query) is not None


def stop(session: Session, data: Path, keys: Keyring, workshop: Workshop, number: str) -> str:
    """Delete an address and return it; there may be none any more."""
    gone = delete(Follower).filter_by(workshop_id=workshop.id, id=number)
    sealed = session.scalar(gone.returning(Follower.sealed))
    if sealed is None:
        return ""
    erasing.note(data, what="follower", key=number)
    return keys.unseal(KEY, sealed, _place(number))


def forget_old(session: Session, data: Path, day: date) -> None:
    """Delete the addresses whose time is over."""
    for number in session.scalars(select(Follower.id).where(Follower.until <= day)).all():
        erasing.note(data, what="follower", key=number)
        session.execute(delete(Follower).filter_by(id=number))


def followers(session: Session, workshop: Workshop) -> int:
    """Count those who want to hear what becomes of the ideas."""
    query = select(func.count()).select_from(Follower).filter_by(workshop_id=workshop.id)
    return session.scalar(query) or 0


def recipients(session: Session, keys: Keyring, workshop: Workshop) -> list[Recipient]:
    """List whom to write to, in no order that tells anything."""
    query = select(Follower).filter_by(workshop_id=workshop.id).order_by(Follower.id)
    return [
        Recipient(each.id, keys.unseal(KEY, each.sealed, _place(each.id)), each.language)
        for each in session.scalars(query)
    ]


def tellings(session: Session, workshop: Workshop) -> Sequence[Telling]:
    """List when everybody was written to, the latest first."""
    query = select(Telling).filter_by(workshop_id=workshop.id)
    return session.scalars(query.order_by(Telling.at.desc(), Telling.id.desc())).all()


def news(session: Session, workshop: Workshop) -> list[Course]:
    """List the ideas on which something was decided or noted since the last mail."""
    told = next((each.at for each in tellings(session, workshop)), None)
    ideas = select(Idea).join(Board, Idea.board_id == Board.id)
    ideas = ideas.where(Board.workshop_id == workshop.id, ~Idea.taken_down)
    ideas = ideas.where(Idea.id.in_(select(Decision.idea_id)))
    found = session.scalars(ideas.order_by(Board.position, Idea.id)).all()
    return [each for each in courses(session, found) if _is_new(each, told)]


def note_telling(
    session: Session, workshop: Workshop, form_key: str, words: str, number: int, by: str,
    now: datetime,
) -> bool:  # fmt: skip
    """Note that *number* people are written to; false when this form has done it already.

    Whoever notes it writes the mails in the same transaction.

    :raise FormUsedTwice: when the form has said something else
    """
    key = {"project_id": workshop.project_id, "form_key": form_key}
    said = {"workshop_id": workshop.id, "words": words}
    if insert_once(session, Telling, **key, **said, recipients=number, by=by, at=now):
        return True
    if session.scalar(select(Telling.id).filter_by(**key, **said)) is None:
        raise FormUsedTwice
    return False


def _is_new(course: Course, told: datetime | None) -> bool:
    if not course.decision:
        return False
    moments = [course.decision.at, *(note.at for note in course.notes)]
    return told is None or max(moments) > told


@erasing.replayed("follower")
def _again(session: Session, entry: Entry) -> None:
    session.execute(delete(Follower).where(Follower.id == entry["key"]))


def _place(number: str) -> str:
    return f"follower.sealed {number}"
