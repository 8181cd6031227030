"""The meetings of the demo: one of the task force that was, one of the network that comes."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.meetings import holding, inviting, noting
from agency.meetings.holding import Plan
from agency.meetings.models import Answer, Guest, Kind, Meeting
from core.keys import Keyring
from home.timing import USUAL, WEEKS, set_plan
from people.models import Organisation, Project

BEGINS = date(2026, 9, 7)  # a Monday
NOW = datetime.fromisoformat("2026-11-20T09:00:00+00:00")
TASK_FORCE = Plan(
    Kind.TASK_FORCE,
    "Task-Force im November",
    datetime.fromisoformat("2026-11-05T15:00:00+00:00"),
    90,
    "Bezirksamt, Raum 204",
)
NETWORK = Plan(
    Kind.NETWORK,
    "Treffen der sozialen Betriebe",
    datetime.fromisoformat("2026-12-11T14:00:00+00:00"),
    180,
    "Großer Raum, stufenlos",
    "Wir zeigen, wer in Pankow mit wem arbeitet. Wer sich noch nicht kennt, lernt sich kennen.",
)
POINTS = (
    ("Was hat die Befragung gezeigt?", 20),
    ("Räume gemeinsam nutzen", 40),
    ("Wer stellt Menschen aus Unterkünften ein?", 40),
    ("Verabredungen", 20),
)
RESOLUTIONS = (
    ("Die Wissenschaft wird um einen dritten Sitz gebeten", "Projektteam", date(2026, 12, 15)),
    ("Das Bezirksamt prüft freie Räume in Buch", "Bezirksamt", date(2027, 1, 15)),
)
COME, CANNOT = ("O01", "O03", "O17", "O18", "O24"), ("O16",)


def load_meetings(
    session: Session,
    keys: Keyring,
    project: Project,
    entries: Mapping[str, Organisation],
    by: str,
) -> None:
    """Enter the timetable, and meetings with guests, an agenda and what was decided."""
    set_plan(session, project, BEGINS, WEEKS, USUAL)
    past = holding.plan(session, project, TASK_FORCE, by, "demo task force")
    members = [each for each in entries.values() if each.in_task_force]
    _invite(session, keys, past, members)
    noting.write_minutes(session, past, "Die Befragung läuft gut an.", {}, past.version)
    for number, (text, who, due) in enumerate(RESOLUTIONS):
        noting.decide(session, past, text, who, due, f"demo {number}")
    coming = holding.plan(session, project, NETWORK, by, "demo network")
    for number, (title, minutes) in enumerate(POINTS):
        holding.add_item(session, coming, title, minutes, f"demo {number}")
    _invite(session, keys, coming, list(entries.values()))


def _invite(
    session: Session, keys: Keyring, meeting: Meeting, guests: list[Organisation]
) -> None:
    """Put organisations on the list; some have answered, and those who were there are noted."""
    inviting.invite(session, keys, meeting, guests)
    answers = dict.fromkeys(COME, Answer.YES) | dict.fromkeys(CANNOT, Answer.NO)
    came: dict[int, int | None] = {}
    for guest in session.scalars(select(Guest).filter_by(meeting_id=meeting.id)).all():
        if said := answers.get(guest.organisation.code):
            inviting.answer(session, guest, said, NOW)
        if meeting.kind == Kind.TASK_FORCE:
            came[guest.id] = 0 if guest.organisation.code in CANNOT else 1
    inviting.note_attendance(session, came)
