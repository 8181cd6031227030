"""A table with people who have no phone: their host writes and votes for them, one by one."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from workshop.joining import count_in
from workshop.models import Channel, Participant, Workshop
from workshop.moving import notice_arrival


class NotAHost(Refusal):
    reason = message("Only the host of a table can add people. Please ask the facilitator.")


def appoint(session: Session, participant: Participant, is_host: bool = True) -> None:
    """Let *participant* host a table, or no longer; the people at it stay."""
    appointing = update(Participant).filter_by(id=participant.id, channel=Channel.OWN)
    session.execute(appointing.values(is_host=is_host))
    notice_arrival(session, participant.workshop.board.id)


def seat_someone(
    session: Session, host: Participant, form_key: str, now: datetime, name: str = ""
) -> Participant:
    """Add a person without a phone to the table of *host*; one form adds one person.

    :raise NotAHost: when the facilitator has not made them one
    :raise FormUsedTwice: when the same form brings another name
    :raise RoomClosed: when the room has been closed
    """
    if not host.is_host:
        raise NotAHost
    values = {"project_id": host.project_id, "workshop_id": host.workshop_id, "joined": now}
    person = insert_once(
        session,
        Participant,
        host_id=host.id,
        form_key=form_key,
        name=name,
        channel=Channel.HOSTED,
        **values,
    )
    if person:
        count_in(session, host.workshop)
        return person
    earlier = select(Participant).filter_by(host_id=host.id, form_key=form_key)
    person = session.scalars(earlier).one()
    if person.name != name:
        raise FormUsedTwice
    return person


def table_of(session: Session, host: Participant) -> Sequence[Participant]:
    """List the people at the table of *host*, in the order in which they sat down."""
    people = select(Participant).filter_by(host_id=host.id).order_by(Participant.id)
    return session.scalars(people).all()


def whose_turn(session: Session, viewer: Participant, turn: int | None) -> Participant | None:
    """Return the person for whom *viewer* acts: themselves, or someone at their table."""
    if turn in (None, viewer.id):
        return viewer
    return session.scalar(select(Participant).filter_by(id=turn, host_id=viewer.id))


def tables(session: Session, workshop: Workshop) -> Mapping[int, int]:
    """Count the people at the table of each host of *workshop*."""
    sizes = select(Participant.host_id, func.count()).group_by(Participant.host_id)
    sizes = sizes.where(
        Participant.workshop_id == workshop.id, Participant.host_id.is_not(None)
    )
    return {host: size for host, size in session.execute(sizes) if host is not None}
