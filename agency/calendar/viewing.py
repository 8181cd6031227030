"""The calendar as it is looked at: a week by rooms, a month by days, and both as a list."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from agency.calendar.models import Occasion, Room, Slot
from agency.calendar.occupying import day_of
from agency.calendar.repeating import moment_of
from people.models import Organisation, Project
from people.naming import fold

WEEK, MONTH = "week", "month"
GRID, LIST = "grid", "list"
DAY = timedelta(days=1)
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 1)


@dataclass(frozen=True)
class View:
    """Which days are looked at, how, and what of them; it stands in the address."""

    day: date
    view: str = WEEK
    show: str = GRID
    q: str = ""
    kind: str = ""
    room: int = 0
    provider: int = 0
    free: bool = False  # only what has places left

    @property
    def first(self) -> date:
        """The first day that is shown, a Monday."""
        day = self.day.replace(day=1) if self.view == MONTH else self.day
        return day - day.weekday() * DAY

    @property
    def last(self) -> date:
        if self.view == WEEK:
            return self.first + 6 * DAY
        end = next_month(self.day) - DAY
        return end + (6 - end.weekday()) * DAY

    @property
    def days(self) -> list[date]:
        return [
            self.first + number * DAY for number in range((self.last - self.first).days + 1)
        ]

    def moved(self, forward: bool) -> "View":
        """Return the week or month before, or after."""
        if self.view == WEEK:
            day = self.day + (7 if forward else -7) * DAY
        else:
            begun = self.day.replace(day=1)
            day = next_month(begun) if forward else (begun - DAY).replace(day=1)
        return replace(self, day=min(max(day, EARLIEST), LATEST))

    def asked(self) -> dict[str, str]:
        """Return all that is chosen, as an address says it."""
        words = {"view": self.view, "show": self.show, "q": self.q, "kind": self.kind}
        numbers = {"room": self.room, "provider": self.provider, "free": int(self.free)}
        chosen = words | {name: str(number) for name, number in numbers.items() if number}
        return {"day": self.day.isoformat()} | {k: v for k, v in chosen.items() if v}


def next_month(day: date) -> date:
    return (day.replace(day=28) + 4 * DAY).replace(day=1)


def slots_in(
    session: Session, project: Project, view: View, called: Callable[[Organisation], str]
) -> list[Slot]:
    """List the dates that a view shows, in their order, the cancelled ones too.

    Whose they are is found only as the reader sees it: *called*.
    """
    begins, ends = moment_of(view.first, time()), moment_of(view.last + DAY, time())
    query = select(Slot).join(Slot.occasion).options(joinedload(Slot.occasion))
    query = query.where(Slot.project_id == project.id, Occasion.deleted.is_(None))
    query = query.where(Slot.starts < ends, Slot.ends > begins)
    if view.kind:
        query = query.where(Occasion.kind == view.kind)
    if view.room:
        query = query.where(Occasion.room_id == view.room)
    if view.provider:
        query = query.where(Occasion.organisation_id == view.provider)
    if view.free:
        query = query.where(or_(Occasion.seats.is_(None), Occasion.taken < Occasion.seats))
    words = fold(view.q).split()
    found = session.scalars(query.order_by(Slot.starts, Slot.id))
    return [slot for slot in found if all(word in _text(slot, called) for word in words)]


def by_day(slots: Sequence[Slot], days: Sequence[date]) -> Mapping[date, list[Slot]]:
    """Return the dates of each day; what lasts longer stands on all of its days."""
    found: dict[date, list[Slot]] = {day: [] for day in days}
    for slot in slots:
        day, end = day_of(slot.starts), day_of(slot.ends - timedelta(seconds=1))
        while day <= end:
            if day in found:
                found[day].append(slot)
            day += DAY
    return found


def by_room(
    slots: Sequence[Slot], rooms: Sequence[Room], days: Sequence[date]
) -> list[tuple[Room | None, Mapping[date, list[Slot]]]]:
    """Return a row per room that is looked at, and one for all other places."""
    apart: dict[int | None, list[Slot]] = defaultdict(list)
    known = {room.id for room in rooms}
    for slot in slots:
        place = slot.occasion.room_id
        apart[place if place in known else None].append(slot)
    lines: list[tuple[Room | None, Mapping[date, list[Slot]]]] = [
        (room, by_day(apart[room.id], days)) for room in rooms
    ]
    return [*lines, (None, by_day(apart[None], days))] if apart[None] else lines


def rooms_of(session: Session, project: Project) -> Sequence[Room]:
    """List the rooms of a project by name."""
    query = select(Room).filter_by(project_id=project.id, deleted=None)
    return session.scalars(query.order_by(Room.name, Room.id)).unique().all()


def has_any(session: Session, project: Project) -> bool:
    """Tell whether anything was ever entered into the calendar."""
    rooms = select(Room.id).filter_by(project_id=project.id, deleted=None)
    occasions = select(Occasion.id).filter_by(project_id=project.id, deleted=None)
    return bool(session.scalar(select(rooms.exists() | occasions.exists())))


def coming(session: Session, project_id: int, now: datetime) -> Sequence[Slot]:
    """List all that is still to come, with what is cancelled."""
    query = select(Slot).join(Slot.occasion).options(joinedload(Slot.occasion))
    query = query.where(Slot.project_id == project_id, Occasion.deleted.is_(None))
    return session.scalars(query.where(Slot.ends > now).order_by(Slot.starts)).all()


def _text(slot: Slot, called: Callable[[Organisation], str]) -> str:
    it = slot.occasion
    room = it.room.name if it.room else it.elsewhere
    return fold(f"{it.title} {it.note} {room} {called(it.organisation)}")
