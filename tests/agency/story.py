"""Needs and offers for the stories that need some."""

from datetime import date

from sqlalchemy.orm import Session

from agency.funding import importing, recording
from agency.funding import keeping as directory
from agency.funding.checking import Answers
from agency.funding.columns import Words
from people.listings import keeping
from people.listings.models import For, Listing
from people.models import Project, Side
from tests.story import NOON


def a_listing(
    session: Session, project: Project, side: Side, title: str, **more: object
) -> Listing:
    values = {"people": For.PERSONS, "term": "sewing_workshop", "quantity": 8} | more
    entry = keeping.Entry(side=side, title=title, **values)  # type: ignore[arg-type]
    return keeping.add(session, project, entry, "Birte", NOON)


def furnish(session: Session, project: Project) -> None:
    """Let something be needed and something be offered in a project."""
    a_listing(session, project, Side.NEED, f"Nähen in {project.slug}", quantity=12)
    a_listing(session, project, Side.OFFER, f"Nähstube {project.slug}")
    fund = directory.Entry(
        f"Kiezfonds {project.slug}", due="dates", deadlines=(date(2099, 9, 15),)
    )
    directory.add(session, project, fund, "Birte", NOON)
    about = recording.Subject(f"Radhaus {project.slug}")
    recording.keep(session, project, about, Answers(), [], "de", "a check", "Birte", NOON)
    table = [["Name", "Fördergeber"], [f"Stiftung {project.slug}", "Bank"]]
    importing.begin(session, project, table, "liste.csv", Words({}), "a list", NOON)
