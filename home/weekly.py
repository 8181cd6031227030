"""The weekly letter: what came in during the last days, for those of the staff who want it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core.models import insert_once
from home.models import WeeklyReader
from people.listings.models import Listing
from people.models import Membership, Organisation, Project, User
from surveys.models import Response, Subject, Survey
from workshop.models import Workshop

WEEK = timedelta(days=7)


def wants(session: Session, project: Project, user: User) -> bool:
    """Tell whether somebody gets the weekly letter of a project."""
    query = select(WeeklyReader.id).filter_by(project_id=project.id, user_id=user.id)
    return session.scalar(query) is not None


def begin(session: Session, project: Project, user: User) -> None:
    """Let somebody get the letter; asking twice changes nothing."""
    insert_once(session, WeeklyReader, project_id=project.id, user_id=user.id)


def end(session: Session, project: Project, user: User) -> None:
    session.execute(delete(WeeklyReader).filter_by(project_id=project.id, user_id=user.id))


def readers(session: Session) -> Sequence[tuple[Membership, Project]]:
    """List who gets which project's letter: with an address, and still in the project."""
    query = (
        select(Membership, Project)
        .join(Project, Project.id == Membership.project_id)
        .join(
            WeeklyReader,
            (WeeklyReader.project_id == Membership.project_id)
            & (WeeklyReader.user_id == Membership.user_id),
        )
        .join(User, User.id == Membership.user_id)
        .where(User.active, User.email != "")
        .order_by(Project.id, Membership.id)
    )
    return [(member, project) for member, project in session.execute(query)]


def arrived(session: Session, project: Project, now: datetime) -> Mapping[str, int]:
    """Count what came in during the last seven days; answers of persons are not counted."""
    since = now - WEEK
    answers = (
        select(func.count(Response.id))
        .join(Survey, Survey.id == Response.survey_id)
        .where(Survey.subject == Subject.ORGANISATIONS, Response.submitted >= since)
        .where(Response.project_id == project.id, Survey.deleted.is_(None))
    )
    others = {
        "organisations": select(func.count(Organisation.id))
        .where(Organisation.added >= since)
        .filter_by(deleted=None),
        "listings": select(func.count(Listing.id))
        .where(Listing.at >= since)
        .filter_by(deleted=None),
        "workshops": select(func.count(Workshop.id)).where(Workshop.created >= since),
    }
    queries = {name: query.filter_by(project_id=project.id) for name, query in others.items()}
    return {
        name: session.scalar(query) or 0
        for name, query in {"answers": answers, **queries}.items()
    }
