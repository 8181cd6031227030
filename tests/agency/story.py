"""Needs and offers for the stories that need some."""

from sqlalchemy.orm import Session

from agency.gathering.models import Sifted, Sifting
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
    confirmed, aside = (
        Sifting(project_id=project.id, form_key=key, by="Birte", at=NOON)
        for key in ("confirmed", "set aside")
    )
    aside.sifted = [Sifted(project_id=project.id, key="0.need.rooms", listing_id=None)]
    session.add_all([confirmed, aside])
    session.flush()
