"""Writing to those invited: a first mail, a reminder, and what became of either."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, exists, func, select, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.keys import Keyring
from surveys.fieldwork.inviting import Invited, Step, has_answered
from surveys.models import Invitation, State, Survey
from surveys.responses.anonymity import day_of

PAUSE = timedelta(days=3)  # between two mails, unless somebody insists
AGAIN = timedelta(minutes=10)  # a second click within this time sends nothing
OPEN = {Step.INVITED, Step.OPENED}
LONGEST = 300  # letters that say who would be right


class NotOpen(Refusal):
    reason = message("Nobody can answer now, so no mail goes out: open the survey first.")


class WrittenToSince(Refusal):
    reason = message("Another mail to them waits or has left since, so this one stays here.")


class Occasion(StrEnum):
    """Why something is written; a letter is printed."""

    INVITATION = "invitation"
    REMINDER = "reminder"
    LETTER = "letter"


class Obstacle(StrEnum):
    """Why none goes to somebody who has neither answered nor declined."""

    NO_ADDRESS = "no_address"
    BOUNCED = "bounced"
    MISDIRECTED = "misdirected"
    WAITING = "waiting"  # one lies in the outbox
    RECENT = "recent"  # the last one left too short a while ago


class Note(StrEnum):
    """What the team heard about an invitation on other ways."""

    NOTHING = "nothing"
    BOUNCED = "bounced"
    MISDIRECTED = "misdirected"
    DECLINED = "declined"


@dataclass(frozen=True)
class Audience:
    """Those to whom mail goes, and those left out, with the reason."""

    due: list[Invited]
    left_out: list[tuple[Invited, Obstacle]]


def audience(
    invited: Iterable[Invited],
    reachable: Mapping[int, bool],
    occasion: Occasion,
    before: datetime,
) -> Audience:
    """Say who gets mail; *reachable* tells by organisation whether it has an address.

    A reminder goes to those whose last mail left *before* a moment, a first mail to those
    who never got one, and a letter can go to everyone who is silent.
    """
    due, left_out = [], []
    if occasion is Occasion.LETTER:
        return Audience([each for each in invited if each.step in {*OPEN, Step.BOUNCED}], [])
    for each in invited:
        obstacle = _obstacle(each, reachable.get(each.organisation.id, False))
        if each.step not in {*OPEN, Step.BOUNCED, Step.MISDIRECTED}:
            continue
        if obstacle:
            left_out.append((each, obstacle))
        elif each.invitation.waiting:
            left_out.append((each, Obstacle.WAITING))
        elif (each.invitation.sent is None) == (occasion is Occasion.INVITATION):
            if each.invitation.sent and each.invitation.sent >= before:
                left_out.append((each, Obstacle.RECENT))
            else:
                due.append(each)
    return Audience(due, left_out)


def claim(
    session: Session, survey_id: int, invitation_id: int, before: datetime, now: datetime
) -> Invitation | None:
    """Note that a mail to somebody invited waits from *now* on, and return the invitation.

    None is written when one waits already or left since *before*, or when there is no need
    for it any more.
    """
    query = update(Invitation).where(
        Invitation.id == invitation_id,
        Invitation.survey_id == survey_id,
        Invitation.waiting.is_(None),
        Invitation.sent.is_(None) | (Invitation.sent < before),
        _can_still_answer(),
    )
    if session.scalar(query.values(waiting=now).returning(Invitation.id)) is None:
        return None
    return session.get_one(Invitation, invitation_id, populate_existing=True)


def is_in_vain(session: Session, invitation: Invitation) -> bool:
    """Whether a mail to them waits for which there is no need any more."""
    query = select(Invitation.id).where(
        Invitation.id == invitation.id, Invitation.waiting.is_not(None), ~_can_still_answer()
    )
    return session.scalar(query) is not None


def note(invitation: Invitation, said: Note, now: datetime) -> None:
    """Keep what the team heard; it replaces what was noted before."""
    invitation.declined = _kept(invitation.declined, said is Note.DECLINED, now)
    invitation.bounced = _kept(invitation.bounced, said is Note.BOUNCED, now)
    invitation.misdirected = _kept(invitation.misdirected, said is Note.MISDIRECTED, now)
    if said is not Note.MISDIRECTED:
        invitation.pointer = None


def noted(invitation: Invitation) -> Note:
    """Return what is noted about an invitation."""
    if invitation.declined:
        return Note.DECLINED
    if invitation.misdirected:
        return Note.MISDIRECTED
    return Note.BOUNCED if invitation.bounced else Note.NOTHING


def left(session: Session, invitation_id: int, when: datetime) -> None:
    """Note that the mail has left; from now on they count as written to."""
    values = {
        "sent": when,
        "sent_before": Invitation.sent,
        "written": Invitation.written + 1,
        "waiting": None,
    }
    _follow(session, invitation_id, values)


def called_back(session: Session, invitation_id: int, when: datetime) -> None:
    """Note that what seemed to have left at *when* lies in the outbox still.

    :raise WrittenToSince: when it is not the last mail to them that is known of
    """
    is_last = Invitation.waiting.is_(None) & (Invitation.sent == when)
    is_known = Invitation.sent_before.is_not(None) | (Invitation.written == 1)
    values = {
        "sent": Invitation.sent_before,
        "sent_before": None,
        "written": Invitation.written - 1,
        "waiting": when,
    }
    _follow(session, invitation_id, values, is_last, is_known)


def came_back(session: Session, invitation_id: int, now: datetime) -> None:
    """Note that the server of the recipient refused the mail for good."""
    query = update(Invitation).filter_by(id=invitation_id)
    bounced = func.coalesce(Invitation.bounced, day_of(now))
    session.execute(query.values(bounced=bounced, waiting=None))


def wait(session: Session, invitation_id: int, since: datetime) -> None:
    """Note that a mail to them waits in the outbox again.

    :raise WrittenToSince: when another one waits, or has left meanwhile
    """
    is_last = Invitation.sent.is_(None) | (Invitation.sent < since)
    none_waits = Invitation.waiting.is_(None)
    _follow(session, invitation_id, {"waiting": since}, none_waits, is_last)


def wait_no_more(session: Session, invitation_id: int, _now: datetime) -> None:
    """Note that the mail to them shall not leave."""
    _follow(session, invitation_id, {"waiting": None})


def misdirect(keys: Keyring, invitation: Invitation, pointer: str, now: datetime) -> None:
    """Note that the mail reached the wrong person, and whom they named instead."""
    invitation.misdirected = day_of(now)
    words = pointer.strip()[:LONGEST]
    place = _place(invitation)
    invitation.pointer = keys.seal("contacts", words, place) if words else None


def pointer_of(keys: Keyring, invitation: Invitation) -> str:
    """Return whom the wrong person named as the right one."""
    sealed = invitation.pointer
    return keys.unseal("contacts", sealed, _place(invitation)) if sealed else ""


def direct_again(invitation: Invitation) -> None:
    """Take back that it reached the wrong person."""
    invitation.misdirected = invitation.pointer = None


def _follow(
    session: Session, invitation_id: int, values: Mapping[str, object],
    *conditions: ColumnElement[bool],
) -> None:  # fmt: skip
    query = update(Invitation).where(Invitation.id == invitation_id, *conditions)
    noted = session.scalar(query.values(values).returning(Invitation.id))
    if conditions and noted is None:
        raise WrittenToSince


def _can_still_answer() -> ColumnElement[bool]:
    """Whether the survey is open, and they neither did nor said anything against a mail."""
    return and_(
        Invitation.declined.is_(None),
        Invitation.bounced.is_(None),
        Invitation.misdirected.is_(None),
        exists().where(Survey.id == Invitation.survey_id, Survey.state == State.OPEN),
        ~has_answered(),
    )


def _obstacle(each: Invited, reachable: bool) -> Obstacle | None:
    if each.step is Step.MISDIRECTED:
        return Obstacle.MISDIRECTED
    if each.step is Step.BOUNCED:
        return Obstacle.BOUNCED
    return None if reachable else Obstacle.NO_ADDRESS


def _kept(before: datetime | None, holds: bool, now: datetime) -> datetime | None:
    return (before or day_of(now)) if holds else None


def _place(invitation: Invitation) -> str:
    return f"invitation.pointer:{invitation.id}"
