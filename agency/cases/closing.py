"""Closing a case with an outcome, opening it again, and deleting one begun by mistake."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from agency.cases.handing_over import UnderWay, waiting_for
from agency.cases.history import IsClosed, change, happened
from agency.cases.models import Case, Event, Outcome
from people.listings import keeping


def close(
    session: Session, case: Case, outcome: Outcome, text: str, by: str, now: datetime,
    *, is_met: bool = False,
) -> None:  # fmt: skip
    """Close a case; what it began with is met, if somebody says so.

    :raise UnderWay: while a hand-over waits for an answer
    :raise IsClosed: when somebody was faster
    """
    if not change(session, case, outcome=outcome, closed=now):
        raise IsClosed
    if waiting_for(session, case):  # asked last, when nobody else can offer it any more
        raise UnderWay
    happened(session, case, Event.CLOSED, by, now, text=text, whom=outcome)
    if is_met and case.listing:
        keeping.meet(case.listing, now)


def reopen(session: Session, case: Case, text: str, by: str, now: datetime) -> None:
    """Open a case again for who had it; its need is needed again. Twice is once."""
    query = update(Case).where(Case.id == case.id, Case.closed.is_not(None))
    query = query.values(outcome=None, closed=None).execution_options(synchronize_session=False)
    reopened = session.scalar(query.returning(Case.id))
    session.expire(case)
    if reopened:
        happened(session, case, Event.REOPENED, by, now, text=text)
        if case.listing:
            keeping.need_again(case.listing)


def remove(case: Case, now: datetime) -> None:
    case.deleted = now
    case.changed()


def bring_back(case: Case) -> None:
    case.deleted = None
    case.changed()
