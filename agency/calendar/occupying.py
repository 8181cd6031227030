"""Letting something take place: no room is taken twice, and who was first is told.

Who writes into a room raises its version first, so all others wait in line for that row;
then what is there already is read, and the dates are written. So it holds on both engines.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from agency.calendar.models import Kind, Occasion, Room, Slot
from agency.calendar.repeating import Span, weekly
from core.clock import ZONE
from core.errors import ChangedMeanwhile, FormUsedTwice, Refusal, message
from core.models import insert_once
from people.models import Project


class RoomTaken(Refusal):
    """Something else takes place in the room; *clashes* are its dates."""

    reason = message("The room is taken already on %(number)s of these dates.")

    def __init__(self, clashes: Sequence[Slot]) -> None:
        super().__init__(number=len(clashes))
        self.clashes = clashes


class NoDate(Refusal):
    reason = message("No date is left: the room is taken on all of them.")


class MoreReserved(Refusal):
    reason = message("More places are reserved already: %(taken)s. Please keep at least these.")


@dataclass(frozen=True)
class Entry:
    """What somebody says of an occasion."""

    kind: Kind
    title: str
    organisation_id: int
    starts: datetime
    minutes: int
    room_id: int | None = None
    elsewhere: str = ""
    seats: int | None = None
    until: date | None = None
    note: str = ""


def add(
    session: Session,
    project: Project,
    entry: Entry,
    by: str,
    now: datetime,
    *,
    form_key: str | None = None,
    spans: Sequence[Span] = (),
    skips: bool = False,
    **more: object,
) -> Occasion:
    """Enter an occasion with its dates, unless this form has.

    Who imports brings the *spans*; who *skips* leaves out dates on which the room is taken.

    :raise RoomTaken: when it is, and nobody said to leave these dates out
    :raise FormUsedTwice: when the same form brings something else
    """
    ours = {"project_id": project.id, "form_key": form_key}
    if form_key and (sent := session.scalar(select(Occasion).filter_by(**ours))):
        if entry_of(sent) != entry:
            raise FormUsedTwice
        return sent
    spans = spans or weekly(entry.starts, entry.minutes, entry.until)
    free = _free(session, entry.room_id, spans, skips=skips)
    made = insert_once(session, Occasion, **ours, **vars(entry), **more, by=by, at=now)
    if made is None:  # the same form at the same moment
        return session.scalars(select(Occasion).filter_by(**ours)).one()
    _write(session, made, free)
    return made


def change(
    session: Session, occasion: Occasion, entry: Entry, version: int, *, skips: bool = False
) -> None:
    """Replace an occasion and its dates; what was cancelled stays so on the same days.

    :raise ChangedMeanwhile: when somebody else has, since *version* was shown
    :raise MoreReserved: when fewer places would be left than are reserved
    :raise RoomTaken: when another occasion is in the room
    """
    rooms = {occasion.room_id, entry.room_id} - {None}
    _wait_for(session, rooms)
    there = slots_of(session, occasion)
    free = _free(
        session, entry.room_id, _dates(occasion, there, entry), skips=skips, without=occasion.id
    )
    off = {day_of(slot.starts) for slot in there if slot.cancelled}
    query = update(Occasion).where(Occasion.id == occasion.id, Occasion.version == version)
    if entry.seats is not None:
        query = query.where(Occasion.taken <= entry.seats)
    query = query.values(**vars(entry), version=Occasion.version + 1).returning(Occasion.id)
    if session.scalar(query.execution_options(synchronize_session=False)) is None:
        session.refresh(occasion)
        if occasion.version == version:
            raise MoreReserved(taken=occasion.taken)
        raise ChangedMeanwhile
    session.execute(delete(Slot).where(Slot.occasion_id == occasion.id))
    session.expire(occasion)
    _write(session, occasion, free, off)


def cancel(session: Session, slot: Slot) -> None:
    """Let one date not take place; its room is free then."""
    slot.cancelled = True
    slot.occasion.changed()


def let_take_place(session: Session, slot: Slot) -> None:
    """Let a cancelled date take place all the same.

    :raise RoomTaken: when something else is in the room by now
    """
    occasion = slot.occasion
    _free(session, occasion.room_id, [span_of(slot)], without=occasion.id)
    slot.cancelled = False
    occasion.changed()


def remove(occasion: Occasion, now: datetime) -> None:
    occasion.deleted = now
    occasion.changed()


def bring_back(session: Session, occasion: Occasion) -> None:
    """Let an occasion be there again.

    :raise RoomTaken: when its room is taken by now
    """
    held = [span_of(each) for each in slots_of(session, occasion) if not each.cancelled]
    _free(session, occasion.room_id, held, without=occasion.id)
    occasion.deleted = None
    occasion.changed()


def clashes(
    session: Session, room_id: int | None, spans: Collection[Span], without: int = 0
) -> list[Slot]:
    """List the dates in a room that meet one of *spans*."""
    if not room_id or not spans:
        return []
    query = select(Slot).join(Slot.occasion).options(joinedload(Slot.occasion))
    query = query.where(Occasion.room_id == room_id, Occasion.id != without)
    query = query.where(Occasion.deleted.is_(None), Slot.cancelled.is_(False))
    query = query.where(Slot.starts < max(each.ends for each in spans))
    query = query.where(Slot.ends > min(each.starts for each in spans)).order_by(Slot.starts)
    there = session.scalars(query)
    return [slot for slot in there if any(span_of(slot).meets(each) for each in spans)]


def slots_of(session: Session, occasion: Occasion) -> Sequence[Slot]:
    """List the dates of an occasion in their order."""
    query = select(Slot).filter_by(occasion_id=occasion.id).order_by(Slot.starts)
    return session.scalars(query).all()


def entry_of(occasion: Occasion) -> Entry:
    """Return what is kept, as it was entered."""
    return Entry(**{name: getattr(occasion, name) for name in Entry.__dataclass_fields__})


def span_of(slot: Slot) -> Span:
    return Span(slot.starts, slot.ends)


def day_of(moment: datetime) -> date:
    """Return the day on which people here are at that moment."""
    return moment.astimezone(ZONE).date()


def without_room(entry: Entry, elsewhere: str) -> Entry:
    """Return the same occasion in no room of ours."""
    return replace(entry, room_id=None, elsewhere=elsewhere)


def _dates(occasion: Occasion, there: Sequence[Slot], entry: Entry) -> Sequence[Span]:
    """Return the dates there are, or others when somebody says others.

    What was brought in comes back in ways that a first and a last day do not tell.
    """
    if there and _when(entry_of(occasion)) == _when(entry):
        return [span_of(each) for each in there]
    return weekly(entry.starts, entry.minutes, entry.until)


def _when(entry: Entry) -> tuple[object, ...]:
    return entry.starts, entry.minutes, entry.until


def _free(
    session: Session,
    room_id: int | None,
    spans: Sequence[Span],
    *,
    skips: bool = False,
    without: int = 0,
) -> Sequence[Span]:
    """Return the dates on which a room is free, after waiting for all who write into it."""
    _wait_for(session, {room_id} - {None})
    taken = clashes(session, room_id, spans, without)
    if not taken:
        return spans
    if not skips:
        raise RoomTaken(taken)
    free = [each for each in spans if not any(each.meets(span_of(slot)) for slot in taken)]
    if not free:
        raise NoDate
    return free


def _wait_for(session: Session, rooms: Iterable[int | None]) -> None:
    for room_id in sorted(filter(None, rooms)):
        raised = update(Room).where(Room.id == room_id).values(version=Room.version + 1)
        session.execute(raised.execution_options(synchronize_session=False))


def _write(
    session: Session, occasion: Occasion, spans: Iterable[Span], off: Collection[date] = ()
) -> None:
    session.add_all(
        Slot(
            project_id=occasion.project_id,
            occasion_id=occasion.id,
            starts=each.starts,
            ends=each.ends,
            cancelled=day_of(each.starts) in off,
        )
        for each in spans
    )
    session.flush()
