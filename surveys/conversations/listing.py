"""The conversations of one provider, and nobody else's."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, joinedload

from people.models import Project
from surveys.conversations.models import Conversation
from surveys.models import Subject, Survey


def by_month(
    session: Session, project_id: int, provider_id: int
) -> Mapping[date, list[Conversation]]:
    """Return the conversations of a provider by month, the newest first."""
    query = select(Conversation).options(joinedload(Conversation.survey))
    query = query.filter_by(project_id=project_id, provider_id=provider_id)
    found: dict[date, list[Conversation]] = {}
    for each in session.scalars(query.order_by(Conversation.month.desc(), Conversation.code)):
        found.setdefault(each.month, []).append(each)
    return found


def are_meant(session: Session, project: Project) -> bool:
    """Tell whether a project talks to persons at all."""
    mine = Survey.project_id == project.id, Survey.subject == Subject.PERSONS
    return bool(session.scalar(select(exists().where(*mine))))
