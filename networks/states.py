"""When a network has changed: what its results depend on, told in a digest."""

from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from networks.gathering import rows_beside
from people.models import Alias, Organisation
from surveys.models import Invitation, Mention, Response, Survey, SurveyVersion


def state_of(session: Session, survey: Survey) -> str:
    """Return a digest of all that the network of *survey* is made of.

    Cheaper than reading the network, and independent of who remembers to count a version.
    """
    project, number = survey.project_id, survey.id
    columns = [c for c in Organisation.__table__.c if c.name not in ("details", "added")]
    ours = Response.id, Response.organisation_id, Response.submitted, Response.saved
    responses = select(*ours, Response.leading, Response.chosen).filter_by(survey_id=number)
    responses = responses.where(Response.submitted.is_not(None))
    asked = select(Invitation.organisation_id).filter_by(survey_id=number)
    versions = select(SurveyVersion.id, SurveyVersion.digest).filter_by(survey_id=number)
    aliases = select(Alias.id, Alias.organisation_id, Alias.name).filter_by(project_id=project)
    mentions = select(Mention.id, Mention.organisation_id, Mention.is_none)
    mentions = mentions.filter_by(survey_id=number)
    roster = select(*columns).where(Organisation.project_id == project)
    parts: list[Any] = [survey.id, survey.version]
    queries: list[Any] = [roster, aliases, responses, asked, versions, mentions]
    ordered = [query.order_by(query.selected_columns[0]) for query in queries]
    for query in (*ordered, *rows_beside(survey)):
        parts.append([tuple(row) for row in session.execute(query)])
    return sha256(repr(parts).encode()).hexdigest()
