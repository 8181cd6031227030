"""What people do with the mails in the outbox: send them by hand, drop them, try them again.

Every act is one statement that only the first of two people brings about.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.keys import Keyring
from core.mail import CLAIM, FLEETING, Fate, Letter, OutboxMail, note_sent, outbox, read, tell

Projects = Collection[int | None]  # whose mails somebody may see; none: those of the site


class LeftAlready(Refusal):
    reason = message("This mail has left already.")


class Shelf(StrEnum):
    """Where a mail lies."""

    OPEN = "open"
    SENT = "sent"
    DROPPED = "dropped"


def shelf_of(letter: Letter) -> Shelf:
    """Return where a mail lies."""
    if letter.mail.sent:
        return Shelf.SENT
    return Shelf.DROPPED if letter.mail.dropped else Shelf.OPEN


def sorted_out(
    session: Session, keys: Keyring, projects: Projects, words: str = ""
) -> dict[Shelf, list[Letter]]:
    """List the mails on each shelf to or about *words*, the newest first."""
    shelves: dict[Shelf, list[Letter]] = {shelf: [] for shelf in Shelf}
    wanted = words.casefold()
    for letter in (each for one in projects for each in outbox(session, keys, one)):
        if wanted in f"{letter.subject} {letter.to}".casefold():
            shelves[shelf_of(letter)].append(letter)
    return shelves


def letter(session: Session, keys: Keyring, projects: Projects, number: int) -> Letter | None:
    """Return one mail, if it is there for whoever asks."""
    mail = session.scalar(select(OutboxMail).where(_theirs(projects, number)))
    return read(keys, mail) if mail else None


def next_open(session: Session, projects: Projects, number: int) -> int | None:
    """Return the number of the open mail that comes after one in the list, or the first."""
    query = select(OutboxMail.id).where(_theirs(projects), OutboxMail.is_open())
    query = query.order_by((OutboxMail.id > number), OutboxMail.id.desc())
    return session.scalar(query.where(OutboxMail.id != number).limit(1))


def mark_sent(session: Session, letter: Letter, now: datetime) -> None:
    """Note that somebody has sent a mail by hand; it counts from now on."""
    note_sent(session, letter, now, by_hand=True)


def call_back(session: Session, letter: Letter) -> None:
    """Note that a mail has not been sent by hand after all.

    :raise LeftAlready: when nobody has noted that by hand
    """
    sent = letter.mail.sent
    is_noted = OutboxMail.by_hand & (OutboxMail.sent == sent)
    if sent and _changed(session, letter, is_noted, sent=None, by_hand=False):
        tell(letter, Fate.CALLED_BACK, sent)
    elif sent:
        raise LeftAlready


def drop(session: Session, letter: Letter, now: datetime) -> None:
    """Decide that an open mail shall not leave.

    :raise LeftAlready: when it has
    """
    if _changed(session, letter, OutboxMail.is_open(), dropped=now, due=None):
        tell(letter, Fate.DROPPED, now)
    elif session.scalar(select(OutboxMail.sent).where(OutboxMail.id == letter.mail.id)):
        raise LeftAlready


def pick_up(session: Session, letter: Letter) -> None:
    """Let a mail lie open again that should not have left."""
    dropped = letter.mail.dropped
    if dropped and _changed(session, letter, OutboxMail.dropped == dropped, dropped=None):
        tell(letter, Fate.PICKED_UP, letter.mail.queued)


def rests(letter: Letter, now: datetime) -> bool:
    """Whether a mail is open and no process has it in hand."""
    mail = letter.mail
    return shelf_of(letter) is Shelf.OPEN and (mail.due is None or mail.due > now + CLAIM)


def try_again(session: Session, letter: Letter, now: datetime) -> bool:
    """Let an open mail that rests be sent by the server."""
    in_nobodys_hand = OutboxMail.due.is_(None) | (OutboxMail.due > now + CLAIM)
    return _changed(session, letter, OutboxMail.is_open() & in_nobodys_hand, due=now, tries=0)


def _theirs(projects: Projects, number: int | None = None) -> ColumnElement[bool]:
    own = OutboxMail.project_id.in_([each for each in projects if each is not None])
    whose = own | OutboxMail.project_id.is_(None) if None in projects else own
    seen = whose & OutboxMail.purpose.not_in(FLEETING)
    return seen if number is None else seen & (OutboxMail.id == number)


def _changed(
    session: Session, letter: Letter, condition: ColumnElement[bool], **values: object
) -> bool:
    query = update(OutboxMail).where(OutboxMail.id == letter.mail.id, condition)
    return session.scalar(query.values(values).returning(OutboxMail.id)) is not None
