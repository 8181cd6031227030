"""Mail: it waits in the outbox, sealed, until a job has sent it or somebody has copied it.

The row is the truth and the job only a nudge: what a crash forgot, the next look finds.
"""

import json
import logging
import smtplib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from urllib.parse import quote
from uuid import uuid4

from flask import current_app
from sqlalchemy import ColumnElement, ForeignKey, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import clock, jobs, posting
from core.addresses import usable
from core.db import db
from core.forms import tidy
from core.keys import Keyring
from core.models import Row

ACCOUNT = "account"  # the purpose of mails with which somebody signs in
TRIES = 8
CLAIM = timedelta(minutes=5)  # how long one process may take to hand a mail over
FIRST_WAIT = timedelta(minutes=2)  # then twice as long each time: about four hours in all
KEPT = timedelta(days=30)  # how long a sent mail can still be looked up
log = logging.getLogger(__name__)


class OutboxMail(Row):
    """A mail that waits or was sent; to whom and what it says is sealed."""

    __tablename__ = "outbox_mail"

    project_id: Mapped[int | None] = mapped_column(
        ForeignKey("project.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(unique=True)  # what the seal is bound to
    purpose: Mapped[str] = mapped_column(default="")
    sealed: Mapped[str]  # JSON: to, subject, text
    queued: Mapped[datetime]
    sent: Mapped[datetime | None]
    due: Mapped[datetime | None] = mapped_column(index=True)  # none: it rests
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(default="")  # the kind of the last failure
    dropped: Mapped[datetime | None]  # somebody decided that it shall not leave
    by_hand: Mapped[bool] = mapped_column(default=False)  # somebody has sent it themselves

    @classmethod
    def is_open(cls) -> ColumnElement[bool]:
        """Whether a mail has neither left nor been dropped."""
        return cls.sent.is_(None) & cls.dropped.is_(None)


@dataclass(frozen=True)
class Letter:
    """What a mail says, unsealed."""

    mail: OutboxMail
    to: str
    subject: str
    stored: str  # the text as it lies in the outbox
    reply_to: str = ""

    @cached_property
    def text(self) -> str:
        """The text, with what is only filled in when it leaves."""
        return FILLERS.get(self.mail.purpose, str)(self.stored)

    @property
    def mailto(self) -> str:
        """The address with which a mail program begins this very mail (RFC 6068)."""
        body = quote(self.text.replace("\n", "\r\n"), safe="")
        return f"mailto:{quote(self.to, safe='@')}?subject={quote(self.subject)}&body={body}"

    @property
    def is_secret(self) -> bool:
        """Whether the mail opens the account of somebody, and so is for their eyes only."""
        return self.mail.purpose == ACCOUNT and self.mail.project_id is None


FLEETING: set[str] = set()  # purposes of mails that nobody reads but who gets them


def fleeting(purpose: str) -> str:
    """Let no outbox show mails of that *purpose*, and keep none once it has left."""
    FLEETING.add(purpose)
    return purpose


FILLERS: dict[str, Callable[[str], str]] = {}


def filled_in(purpose: str) -> Callable[[Callable[[str], str]], Callable[[str], str]]:
    """Let a function complete the text of mails of that *purpose* when they leave.

    So a link that must never be stored need not lie in the outbox. Where it returns nothing,
    there is nothing to tell any more, and the mail does not leave.
    """

    def keep(fill: Callable[[str], str]) -> Callable[[str], str]:
        FILLERS[purpose] = fill
        return fill

    return keep


class Fate(StrEnum):
    """What became of a mail."""

    LEFT = "left"
    CALLED_BACK = "called back"  # it had not left after all
    REFUSED = "refused"  # it can never reach its recipient
    DROPPED = "dropped"
    PICKED_UP = "picked up"  # it shall leave after all


Hearer = Callable[[str, Fate, datetime], None]
HEARERS: dict[str, Hearer] = {}


def followed(purpose: str) -> Callable[[Hearer], Hearer]:
    """Let a function hear what becomes of the mails of that *purpose*, and when.

    It gets the text as it lay in the outbox, before anything was filled in. The moment of
    what is taken back is that of what was taken back.
    """

    def keep(hear: Hearer) -> Hearer:
        HEARERS[purpose] = hear
        return hear

    return keep


def tell(letter: Letter, fate: Fate, moment: datetime) -> None:
    """Tell whoever follows mails of this purpose what became of one."""
    if hear := HEARERS.get(letter.mail.purpose):
        hear(letter.stored, fate, moment)


def send(
    to: str,
    subject: str,
    text: str,
    *,
    purpose: str = "",
    project_id: int | None = None,
    reply_to: str = "",
) -> None:
    """Put a mail into the outbox with the transaction under way; a job sends it after.

    Who answers it writes to *reply_to*, or to the address of this site.

    :raise UnusableAddress: when *to* is not exactly one address
    """
    values = {"to": usable(to), "subject": " ".join(tidy(subject).split()), "text": text}
    values |= {"reply_to": usable(reply_to)} if reply_to else {}
    now, name = clock.now(), uuid4().hex
    rests = not current_app.config["SMTP_URL"]
    mail = OutboxMail(
        project_id=project_id,
        name=name,
        purpose=purpose,
        sealed=_keys().seal("mail", json.dumps(values), _place(name)),
        queued=now,
        due=None if rests else now,
    )
    db.session.add(mail)
    if not rests:
        deliver_waiting.later()


def outbox(session: Session, keys: Keyring, project_id: int | None) -> Sequence[Letter]:
    """List the mails of a project, or those of none, the newest first."""
    query = select(OutboxMail).where(OutboxMail.project_id.is_not_distinct_from(project_id))
    query = query.where(OutboxMail.purpose.not_in(FLEETING))
    return [read(keys, mail) for mail in session.scalars(query.order_by(OutboxMail.id.desc()))]


def read(keys: Keyring, mail: OutboxMail) -> Letter:
    """Unseal a mail."""
    values = _unsealed(keys, mail)
    to, subject, text = (values.get(name, "") for name in ("to", "subject", "text"))
    return Letter(mail, to, subject, text, values.get("reply_to", ""))


def forget(
    session: Session,
    keys: Keyring,
    project_id: int,
    purposes: Collection[str],
    is_theirs: Callable[[str], bool],
) -> None:
    """Delete the mails of a project for some *purposes* to somebody, sent or not."""
    mine = select(OutboxMail).where(OutboxMail.project_id == project_id)
    for mail in session.scalars(mine.where(OutboxMail.purpose.in_(purposes))):
        if is_theirs(_unsealed(keys, mail).get("to", "")):
            session.delete(mail)


@jobs.every(minutes=1)
def deliver_waiting() -> None:
    """Send what is due; of all processes only one takes a mail at a time."""
    if not current_app.config["SMTP_URL"]:
        return
    while mail := claim(db.session, clock.now()):
        db.session.commit()
        _deliver(mail)
        db.session.commit()


def claim(session: Session, now: datetime) -> OutboxMail | None:
    """Take the next mail that is due, so that for some minutes nobody else does."""
    is_due = (OutboxMail.due <= now) & OutboxMail.is_open()
    first = select(OutboxMail.id).where(is_due).order_by(OutboxMail.due, OutboxMail.id)
    query = update(OutboxMail).where(is_due, OutboxMail.id == first.limit(1).scalar_subquery())
    taken = query.values(due=now + CLAIM, tries=OutboxMail.tries + 1).returning(OutboxMail)
    return session.scalar(taken)


@jobs.nightly(hour=3)
def forget_sent() -> None:
    """Delete what was sent a month ago, and what nobody may read and could not be sent."""
    before = clock.now() - KEPT
    lost = OutboxMail.purpose.in_(FLEETING) & (OutboxMail.queued < before)
    done = (OutboxMail.sent < before) | (OutboxMail.dropped < before)
    db.session.execute(delete(OutboxMail).where(done | lost))
    db.session.commit()


def _deliver(mail: OutboxMail) -> None:
    letter = read(_keys(), mail)
    if letter.stored and not letter.text:  # nothing to tell any more
        tell(letter, Fate.DROPPED, clock.now())
        db.session.delete(mail)
        return
    try:
        words = letter.subject, letter.text
        posting.post(current_app.config, letter.to, *words, mail.name, letter.reply_to)
    except (OSError, smtplib.SMTPException) as error:
        _note_failure(db.session, letter, error, clock.now())
    else:
        note_sent(db.session, letter, clock.now())
        if mail.purpose in FLEETING:
            db.session.delete(mail)
        log.info("mail sent", extra={"mail": mail.id})


def _note_failure(session: Session, letter: Letter, error: Exception, now: datetime) -> None:
    """Note that a mail has not left, and when to try again, unless somebody acted meanwhile."""
    mail = letter.mail
    # The answer of a server repeats addresses, so only its number is kept.
    trouble = f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()
    is_final = posting.is_final(error)
    rests = is_final or mail.tries >= TRIES
    due = None if rests else now + FIRST_WAIT * 2 ** (mail.tries - 1)
    still = update(OutboxMail).where(OutboxMail.id == mail.id, OutboxMail.is_open())
    noted = still.values(trouble=trouble, due=due).returning(OutboxMail.id)
    if session.scalar(noted) is not None and is_final:
        tell(letter, Fate.REFUSED, now)
    log.warning("mail not sent", extra={"mail": mail.id, "trouble": trouble})


def note_sent(
    session: Session, letter: Letter, now: datetime, *, by_hand: bool = False
) -> bool:
    """Note that a mail has left; false when that is noted already."""
    mail = update(OutboxMail).filter_by(id=letter.mail.id, sent=None)
    values = {"sent": now, "due": None, "trouble": "", "dropped": None, "by_hand": by_hand}
    if session.scalar(mail.values(values).returning(OutboxMail.id)) is None:
        return False
    tell(letter, Fate.LEFT, now)
    return True


def _unsealed(keys: Keyring, mail: OutboxMail) -> dict[str, str]:
    sealed = keys.unseal("mail", mail.sealed, _place(mail.name))
    values: dict[str, str] = json.loads(sealed or "{}")
    return values


def _keys() -> Keyring:
    keys: Keyring = current_app.extensions["keys"]
    return keys


def _place(name: str) -> str:
    return f"outbox_mail.sealed {name}"
