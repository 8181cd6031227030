"""Single answers, one by one: for surveys about organisations only."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from people.models import Organisation
from surveys.fieldwork.starting import latest
from surveys.hiding import refuse_persons
from surveys.models import Mention, Response, Survey


def responses(session: Session, survey: Survey) -> Sequence[Response]:
    """List the submitted responses, those of one organisation together.

    :raise AboutPersons: when the survey is about persons
    """
    refuse_persons(survey)
    query = (
        select(Response)
        .outerjoin(Response.organisation)
        .order_by(
            Organisation.id.is_not(None), Organisation.code, Response.submitted, Response.id
        )
    )
    query = query.where(Response.survey_id == survey.id, Response.submitted.is_not(None))
    return session.scalars(query.options(joinedload(Response.organisation))).all()


def names_typed(
    session: Session, survey: Survey, responses: Sequence[Response]
) -> dict[int, str]:
    """Return, by response, the name of its organisation as somebody typed it."""
    new = [item.name for item in latest(session, survey).having("register", "new")]
    return {
        response.id: str(response.answers[name])
        for response in responses
        for name in reversed(new)
        if response.answers.get(name)
    }


def unassigned(session: Session, survey: Survey) -> Sequence[Mention]:
    """List the partners that were named in words and belong to nobody in the register yet."""
    query = select(Mention).where(
        Mention.survey_id == survey.id,
        Mention.organisation_id.is_(None),
        ~Mention.is_none,
        Mention.instance > 0,
    )
    return session.scalars(query.order_by(Mention.name, Mention.id)).all()
