"""An organisation that is advised, shares its room, and brings its calendar in."""

from datetime import timedelta

from sqlalchemy.orm import Session

from agency.calendar import importing, occupying, reserving, sharing
from agency.calendar.models import Kind
from agency.calendar.occupying import Entry
from agency.calendar.reading import Found
from agency.calendar.repeating import Span
from agency.cases import arranging, beginning, handing_over
from agency.cases.beginning import Need
from agency.cases.handing_over import Receiver
from people.models import Organisation, Project
from tests.story import NOON, an_organisation


def keep_busy(session: Session, project: Project) -> None:
    """Let the agency's desk have something of everything."""
    whose = an_organisation(project, "Z9", f"Beratene {project.slug}")
    session.add(whose)
    session.flush()
    _advise(session, project, whose)
    _share(session, project, whose)


def _advise(session: Session, project: Project, whose: Organisation) -> None:
    """Let an organisation be advised, and its case be on the way to another."""
    need = Need(whose, "staff", f"Personal in {project.slug}")
    case = beginning.begin(session, project, need, "Birte", NOON)
    arranging.arrange(session, case, NOON, "Im Büro", "Birte", NOON)
    handing_over.offer(session, case, Receiver(provider=whose), "Ein Rückruf", "Birte", NOON)


def _share(session: Session, project: Project, whose: Organisation) -> None:
    """Let an organisation share a room, give a course there, and bring in its calendar."""
    room = sharing.add_room(
        session, project, "room", name=f"Saal {project.slug}", seats=9, organisation_id=whose.id
    )
    entry = Entry(Kind.COURSE, f"Kurs {project.slug}", whose.id, NOON, 60, room.id, seats=5)
    course = occupying.add(session, project, entry, "Birte", NOON)
    reserving.reserve(session, course, whose, 2, "Birte", NOON, "places")
    span = Span(NOON + timedelta(days=1), NOON + timedelta(days=1, hours=1))
    found = [Found("1", f"Chor {project.slug}", spans=(span,))]
    importing.begin(
        session, project, found, "chor.ics", whose, room.id, "Birte", NOON, "calendar"
    )
