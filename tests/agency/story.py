"""Needs and offers for the stories that need some."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency import vacancies
from people.listings import keeping
from people.listings.models import For, Listing
from people.models import Organisation, Project, Side
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
    more = {"people": For.ORGANISATIONS, "term": "staff"}
    vacancy = a_listing(session, project, Side.NEED, f"Personal in {project.slug}", **more)
    query = select(Organisation).filter_by(project_id=project.id).order_by(Organisation.id)
    provider = session.scalars(query).first()
    if provider:
        agreed = 2, NOON.date(), "Dara", NOON, "release"
        vacancies.release(session, vacancy, provider, *agreed)
