"""Reserving places: the database counts, so never more are given than there are."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agency.calendar.models import Occasion, Reservation
from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from people.models import Organisation


class NotEnoughPlaces(Refusal):
    reason = message("Only %(left)s places are free. Please reserve fewer.")


def reserve(
    session: Session,
    occasion: Occasion,
    organisation: Organisation,
    places: int,
    by: str,
    now: datetime,
    form_key: str,
) -> Reservation:
    """Keep so many places for an organisation, unless this form has.

    :raise NotEnoughPlaces: when fewer are free
    :raise FormUsedTwice: when the same form asks for something else
    """
    key = {"occasion_id": occasion.id, "form_key": form_key}
    said = {"organisation_id": organisation.id, "places": places}
    ours = {"project_id": occasion.project_id, "by": by, "at": now}
    made = insert_once(session, Reservation, **key, **said, **ours)
    if made is None:
        sent = session.scalars(select(Reservation).filter_by(**key)).one()
        if (sent.organisation_id, sent.places) != (organisation.id, places):
            raise FormUsedTwice
        return sent
    _count(session, occasion, places)
    return made


def give_back(
    session: Session, occasion: Occasion, reservation: Reservation, now: datetime
) -> None:
    """Let the places be free again; doing so twice does it once."""
    if _mark(session, reservation, now):
        _count(session, occasion, -reservation.places)


def keep_after_all(session: Session, occasion: Occasion, reservation: Reservation) -> None:
    """Keep places that were given back.

    :raise NotEnoughPlaces: when others have them by now
    """
    if _mark(session, reservation, None):
        _count(session, occasion, reservation.places)


def reservations_of(
    session: Session, occasion: Occasion, provider_id: int | None = None
) -> Sequence[Reservation]:
    """List who keeps places: all, or only those of one provider."""
    query = select(Reservation).filter_by(occasion_id=occasion.id, ended=None)
    if provider_id is not None:
        query = query.filter_by(organisation_id=provider_id)
    return session.scalars(query.order_by(Reservation.at, Reservation.id)).all()


def _mark(session: Session, reservation: Reservation, ended: datetime | None) -> bool:
    was = Reservation.ended.is_(None) if ended else Reservation.ended.is_not(None)
    query = update(Reservation).where(Reservation.id == reservation.id, was)
    query = query.values(ended=ended).execution_options(synchronize_session=False)
    marked = session.scalar(query.returning(Reservation.id))
    session.expire(reservation)
    return marked is not None


def _count(session: Session, occasion: Occasion, places: int) -> None:
    query = update(Occasion).where(Occasion.id == occasion.id, Occasion.seats.is_not(None))
    query = query.where(Occasion.deleted.is_(None), Occasion.taken + places <= Occasion.seats)
    values = {"taken": Occasion.taken + places, "version": Occasion.version + 1}
    query = query.values(values).execution_options(synchronize_session=False)
    counted = session.scalar(query.returning(Occasion.id))
    session.expire(occasion)
    if counted is None:
        raise NotEnoughPlaces(left=occasion.left or 0)
