"""What happened in a case: written down once, told in order."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agency.cases.models import Case, CaseEvent, Event
from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once


class IsClosed(Refusal):
    reason = message("This case is closed. Open it again first, or begin another one.")


def happened(
    session: Session,
    case: Case,
    event: Event,
    by: str,
    now: datetime,
    *,
    text: str = "",
    whom: str = "",
    form_key: str | None = None,
) -> bool:
    """Write down what happened, unless this form has; tell whether it is new.

    :raise FormUsedTwice: when the same form said something else before
    """
    place = {"project_id": case.project_id, "case_id": case.id, "form_key": form_key}
    said = {"event": event, "text": text, "whom": whom}
    if insert_once(session, CaseEvent, **place, **said, by=by, at=now) is None:
        earlier = session.scalars(select(CaseEvent).filter_by(**place)).one()
        if (earlier.event, earlier.text) != (event, text):
            raise FormUsedTwice
        return False
    moved = update(Case).filter_by(id=case.id).values(moved=now, version=Case.version + 1)
    session.execute(moved.execution_options(synchronize_session=False))
    session.expire(case, ["moved", "version"])
    return True


def history_of(session: Session, case: Case) -> Sequence[CaseEvent]:
    """List all that happened in a case, the newest first."""
    query = select(CaseEvent).filter_by(case_id=case.id)
    return session.scalars(query.order_by(CaseEvent.at.desc(), CaseEvent.id.desc())).all()


def note(
    session: Session, case: Case, text: str, by: str, now: datetime, form_key: str | None = None
) -> None:
    """Note something; also in a case that is closed."""
    happened(session, case, Event.NOTED, by, now, text=text, form_key=form_key)


def change(session: Session, case: Case, **values: object) -> bool:
    """Change a case that is open; tell whether it was."""
    query = update(Case).where(Case.id == case.id, Case.closed.is_(None)).values(values)
    found = session.scalar(
        query.returning(Case.id).execution_options(synchronize_session=False)
    )
    session.expire(case)
    return found is not None
