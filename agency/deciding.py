"""Deciding that a need and an offer come together, or do not fit."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from agency.models import Match
from agency.planning import plans_of
from core.clock import ZONE
from core.errors import Refusal, message
from core.models import insert_once
from people.listings.models import Listing
from people.models import Project


class NotEnough(Refusal):
    """More was to come together than one side has left."""

    reason = message("Only %(left)s are left on one side. Please choose a smaller number.")


def decide(
    session: Session, need: Listing, offer: Listing, quantity: int, by: str, now: datetime
) -> None:
    """Let so many come together in all, or none because it does not fit; the last word counts.

    :raise CannotBe: when the two do not fit each other any more
    :raise NotEnough: when less is left on one side
    """
    for id in sorted((need.id, offer.id)):  # who decides on the same waits in line
        raised = update(Listing).where(Listing.id == id).values(version=Listing.version + 1)
        session.execute(raised)
    session.refresh(need)
    session.refresh(offer)
    project = session.get_one(Project, need.project_id)
    plan = plans_of(session, project, now.astimezone(ZONE).date())[need.people]
    left = plan.left(need, offer)
    if quantity > plan.decided(need, offer) + left:
        raise NotEnough(left=left)
    key = {"need_id": need.id, "offer_id": offer.id}
    said = {"quantity": quantity, "by": by, "at": now}
    if not insert_once(session, Match, project_id=need.project_id, **key, **said):
        session.execute(update(Match).filter_by(**key).values(said))


def is_decided(session: Session, listing: Listing) -> bool:
    """Tell whether anything is decided of a need or an offer."""
    query = select(Match.id).where(
        (Match.need_id == listing.id) | (Match.offer_id == listing.id)
    )
    return session.scalar(query.limit(1)) is not None


def take_back(session: Session, need: Listing, offer: Listing) -> None:
    """Forget what was decided of a pair."""
    session.execute(delete(Match).filter_by(need_id=need.id, offer_id=offer.id))
