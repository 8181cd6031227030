"""The shared calendar of the demo: rooms of three organisations, courses with places."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from agency.calendar import occupying, reserving, sharing
from agency.calendar.models import Kind
from agency.calendar.occupying import Entry
from agency.calendar.repeating import moment_of
from people.models import Organisation, Project

NOW = datetime.fromisoformat("2026-11-02T09:00:00+00:00")
FIRST = date(2026, 11, 23)  # a Monday
LAST = date(2027, 2, 28)
ROOMS = {  # whose it is, what it is called, seats, step-free
    "saal": ("O24", "Großer Raum", 40, True),
    "werkstatt": ("O01", "Fahrradwerkstatt", 8, True),
    "kurs": ("O18", "Kursraum 2", 16, False),
}
COURSES: tuple[tuple[str, str, str, int, str, str, bool, int | None, dict[str, int]], ...] = (
    # who, what, room, days after Monday, from, to, weekly, places, reserved by
    ("O18", "Deutschkurs A1", "kurs", 0, "09:00", "12:00", True, 16, {"O17": 5, "O20": 4}),
    ("O18", "Deutschkurs A2", "kurs", 1, "09:00", "12:00", True, 16, {"O17": 9, "O22": 7}),
    ("O01", "Offene Fahrradwerkstatt", "werkstatt", 1, "14:00", "17:00", True, None, {}),
    ("O01", "Reparieren lernen", "werkstatt", 3, "10:00", "13:00", True, 6, {"O20": 2}),
    ("O24", "Sprachcafé", "saal", 2, "16:00", "18:00", True, None, {}),
    ("O07", "Computerkurs in einfacher Sprache", "saal", 3, "17:30", "19:00", True, 12, {}),
    ("O24", "Treffen der sozialen Betriebe", "saal", 18, "15:00", "18:00", False, 40, {}),
)


def load_calendar(
    session: Session, project: Project, entries: Mapping[str, Organisation], by: str
) -> None:
    """Enter rooms and courses, and reserve places for those whom providers send."""
    rooms = {
        key: sharing.add_room(
            session, project, f"demo {key}", name=name, seats=seats, step_free=step_free,
            organisation_id=entries[whose].id, locality=entries[whose].locality,
        )
        for key, (whose, name, seats, step_free) in ROOMS.items()
    }  # fmt: skip
    for who, title, room, days, begins, ends, weekly, seats, reserved in COURSES:
        day = FIRST + timedelta(days)
        starts, stops = (moment_of(day, time.fromisoformat(each)) for each in (begins, ends))
        entry = Entry(
            Kind.COURSE if weekly else Kind.MEETING, title, entries[who].id,
            starts, (stops - starts) // timedelta(minutes=1), rooms[room].id,
            seats=seats, until=LAST if weekly else None,
        )  # fmt: skip
        made = occupying.add(session, project, entry, by, NOW)
        for whom, places in reserved.items():
            reserving.reserve(session, made, entries[whom], places, by, NOW, f"demo {whom}")
        for slot in occupying.slots_of(session, made):
            if weekly and date(2026, 12, 21) <= occupying.day_of(slot.starts) < date(
                2027, 1, 4
            ):
                occupying.cancel(session, slot)  # over Christmas
