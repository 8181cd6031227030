"""The advice cases of the demo: one in progress, one on its way to a provider, one closed."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.cases import arranging, beginning, closing, handing_over, history
from agency.cases.beginning import Need
from agency.cases.handing_over import Receiver
from agency.cases.models import Event, Outcome
from people.listings.models import Listing
from people.models import Membership, Organisation, Project

BEGUN = datetime.fromisoformat("2026-10-19T09:00:00+00:00")
DAY = timedelta(days=1)


def load_cases(
    session: Session, project: Project, entries: Mapping[str, Organisation], by: str
) -> None:
    """Advise three organisations; other needs wait for somebody to begin."""
    member = session.scalars(select(Membership).filter_by(project_id=project.id)).first()
    listings = {
        each.source_key: each
        for each in session.scalars(select(Listing).filter_by(project_id=project.id))
    }
    funding = beginning.need_of(session, project, listings["N12"])
    case = beginning.begin(session, project, funding, by, BEGUN, owner=member)
    history.note(
        session, case, "Die größte Zuwendung endet im Juni. Der Antrag für die Zeit danach"
        " braucht ein Konzept und 10 % Eigenmittel.", by, BEGUN + DAY,
    )  # fmt: skip
    first = BEGUN + 10 * DAY
    arranging.arrange(session, case, first, "Bucher Bogen", by, BEGUN + DAY)
    held = arranging.appointments_of(session, case)[0]
    arranging.say_what_came(session, case, held, Event.MET, by, first + timedelta(hours=2))
    history.note(
        session, case, "Zwei Programme passen. Es fehlt noch ein Finanzplan.", by, first + DAY
    )

    rooms = beginning.need_of(session, project, listings["N11"])
    case = beginning.begin(session, project, rooms, by, BEGUN + 3 * DAY, owner=member)
    history.note(
        session,
        case,
        "Gesucht: 60 m² mit Rampe, Strom für zwei Werkbänke.",
        by,
        BEGUN + 4 * DAY,
    )
    handing_over.offer(
        session, case, Receiver(provider=entries["O13"]), "Eine Besichtigung noch im November.",
        by, BEGUN + 12 * DAY, next="Termin mit Radhaus Buch vereinbaren.",
    )  # fmt: skip

    sales = Need(entries["O02"], "sales_channels", "Kundschaft für Änderungen und Taschen")
    case = beginning.begin(session, project, sales, by, BEGUN - 20 * DAY, owner=member)
    closing.close(
        session, case, Outcome.SOLVED, "Jeden zweiten Samstag ein Stand auf dem Markt.",
        by, BEGUN - 2 * DAY,
    )  # fmt: skip
