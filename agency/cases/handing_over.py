"""Who has a case: taking it, and handing it over so that nobody has to tell it again.

The new owner sees all notes from the moment of the offer, and says yes before the case
changes hands. Until then the one who has it stays responsible.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agency.cases.history import IsClosed, change, happened
from agency.cases.models import Case, Event, Handover
from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from people.models import Membership, Organisation


class TakenAlready(Refusal):
    reason = message("Somebody else has taken this case in the meantime.")


class UnderWay(Refusal):
    reason = message("A hand-over of this case waits for an answer already.")


class Answered(Refusal):
    reason = message("This hand-over is answered or taken back already.")


@dataclass(frozen=True)
class Receiver:
    """To whom a case goes: somebody of the staff, or a provider and its counsellors."""

    member: Membership | None = None
    provider: Organisation | None = None

    @property
    def called(self) -> str:
        if self.member:
            return self.member.user.called
        return self.provider.name if self.provider else ""

    @property
    def columns(self) -> dict[str, int | None]:
        member, provider = self.member, self.provider
        return {
            "to_id": member.id if member else None,
            "to_provider_id": provider.id if provider else None,
        }


def take(session: Session, case: Case, owner: Membership, by: str, now: datetime) -> None:
    """Take a case that nobody has; taking it twice is taking it once.

    :raise TakenAlready: when somebody else was faster, or it is closed
    """
    free = update(Case).where(Case.id == case.id, Case.closed.is_(None))
    free = free.where(Case.owner_id.is_(None), Case.provider_id.is_(None))
    free = free.values(owner_id=owner.id).execution_options(synchronize_session=False)
    taken = session.scalar(free.returning(Case.id))
    session.expire(case)
    if taken:
        happened(session, case, Event.TAKEN, by, now, whom=owner.user.called)
    elif case.owner_id != owner.id:
        raise TakenAlready


def offer(
    session: Session,
    case: Case,
    to: Receiver,
    promised: str,
    by: str,
    now: datetime,
    *,
    next: str = "",
    form_key: str | None = None,
) -> Handover:
    """Offer a case to somebody, with what was promised; at most one offer waits.

    :raise UnderWay: when another one does
    :raise FormUsedTwice: when the same form brings something else
    """
    if case.closed:
        raise IsClosed
    said = {**to.columns, "promised": promised, "next": next}
    key = {"case_id": case.id, "form_key": form_key}
    sent = session.scalar(select(Handover).filter_by(**key)) if form_key else None
    if sent:
        if any(getattr(sent, name) != value for name, value in said.items()):
            raise FormUsedTwice
        return sent
    made = insert_once(
        session, Handover, project_id=case.project_id, waits=True, by=by, at=now, **key, **said
    )
    if made is None:
        raise UnderWay
    happened(session, case, Event.OFFERED, by, now, whom=to.called, text=promised)
    session.refresh(case)
    if case.closed:  # by somebody who was faster
        raise IsClosed
    return made


def answer(
    session: Session, case: Case, handover: Handover, by: str, now: datetime,
    *, is_yes: bool, text: str = "",
) -> None:  # fmt: skip
    """Say yes or no to a case; after a yes it changes hands, with all that is noted in it.

    :raise Answered: when somebody was faster, or the offer was taken back
    """
    whom = receiver_of(session, handover)
    _settle(session, handover)
    if not is_yes:
        happened(session, case, Event.DECLINED, by, now, whom=whom.called, text=text)
    elif change(session, case, owner_id=handover.to_id, provider_id=handover.to_provider_id):
        happened(session, case, Event.ACCEPTED, by, now, whom=whom.called, text=text)
    else:
        raise IsClosed


def take_back(session: Session, case: Case, handover: Handover, by: str, now: datetime) -> None:
    """Keep a case that was offered.

    :raise Answered: when the offer is answered already
    """
    whom = receiver_of(session, handover)
    _settle(session, handover)
    happened(session, case, Event.KEPT, by, now, whom=whom.called)


def receiver_of(session: Session, handover: Handover) -> Receiver:
    """Return to whom a case was offered."""
    member, provider = handover.to_id, handover.to_provider_id
    return Receiver(
        session.get(Membership, member) if member else None,
        session.get(Organisation, provider) if provider else None,
    )


def waiting_for(session: Session, case: Case) -> Handover | None:
    """Return the hand-over of a case that nobody has answered yet."""
    return session.scalar(select(Handover).filter_by(case_id=case.id, waits=True))


def last_promise(session: Session, case: Case) -> Handover | None:
    """Return the latest hand-over: what was promised stands in it, whoever has the case."""
    query = select(Handover).filter_by(case_id=case.id).order_by(Handover.id.desc())
    return session.scalar(query.limit(1))


def _settle(session: Session, handover: Handover) -> None:
    waiting = update(Handover).where(Handover.id == handover.id, Handover.waits.is_(True))
    waiting = waiting.values(waits=None).returning(Handover.id)
    if session.scalar(waiting.execution_options(synchronize_session=False)) is None:
        raise Answered
