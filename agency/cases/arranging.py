"""Appointments: arranged, and afterwards held or cancelled."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agency.cases.history import IsClosed, happened
from agency.cases.models import Appointment, Case, Event
from core.errors import FormUsedTwice
from core.models import insert_once
from people.models import Membership

USUAL = timedelta(hours=1)  # so long an appointment lasts in a calendar


def arrange(
    session: Session,
    case: Case,
    at: datetime,
    place: str,
    by: str,
    now: datetime,
    form_key: str | None = None,
) -> None:
    """Arrange when to meet, unless this form has.

    :raise IsClosed: when nobody works on the case any more
    :raise FormUsedTwice: when the same form brings another appointment
    """
    if case.closed:
        raise IsClosed
    key = {"project_id": case.project_id, "case_id": case.id, "form_key": form_key}
    if insert_once(session, Appointment, at=at, place=place, was=Event.ARRANGED, **key) is None:
        first = session.scalars(select(Appointment).filter_by(**key)).one()
        if (first.at, first.place) != (at, place):
            raise FormUsedTwice
        return
    happened(session, case, Event.ARRANGED, by, now, whom=at.isoformat(), text=place)


def say_what_came(
    session: Session, case: Case, appointment: Appointment, was: Event, by: str, now: datetime
) -> None:
    """Say that an appointment was held, or cancelled; saying so twice is saying it once."""
    query = update(Appointment).where(Appointment.id == appointment.id, Appointment.was != was)
    query = query.values(was=was).execution_options(synchronize_session=False)
    changed = session.scalar(query.returning(Appointment.id))
    session.expire(appointment)
    if changed:
        happened(session, case, was, by, now, whom=appointment.at.isoformat())


def coming_of(
    session: Session, member: Membership, now: datetime
) -> Sequence[tuple[Appointment, Case]]:
    """List the appointments to come in the cases that *member* has."""
    query = select(Appointment, Case).join(Case, Case.id == Appointment.case_id)
    query = query.where(Case.owner_id == member.id, Case.deleted.is_(None))
    query = query.where(Appointment.at > now, Appointment.was != Event.MET)
    return [(at, case) for at, case in session.execute(query.order_by(Appointment.at))]


def appointments_of(session: Session, case: Case) -> Sequence[Appointment]:
    """List the appointments of a case by their time."""
    query = select(Appointment).filter_by(case_id=case.id)
    return session.scalars(query.order_by(Appointment.at, Appointment.id)).all()
