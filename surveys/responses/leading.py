"""Several people may answer for one organisation: all are kept, one of them leads.

That is the first who hands in, until the facilitator chooses another. Only this file says
who leads.
"""

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from core.errors import Refusal, message
from people.models import Organisation
from surveys.hiding import refuse_persons
from surveys.models import Mention, Response, Survey


class NotSubmitted(Refusal):
    reason = message("Only a submitted answer of an organisation can lead.")


class AssignedAlready(Refusal):
    reason = message("This answer belongs to an organisation already.")


def choose_leading(session: Session, survey: Survey, response: Response) -> None:
    """Let *response* speak for its organisation, and no other.

    :raise AboutPersons: when the survey is about persons
    :raise NotSubmitted: when it is a draft, or of no organisation
    """
    refuse_persons(survey)
    _one_at_a_time(session, survey.id)
    other = aliased(Response)
    mine = select(other.organisation_id).where(
        other.id == response.id, other.submitted.is_not(None)
    )
    ours = update(Response).where(
        Response.survey_id == survey.id, Response.organisation_id == mine.scalar_subquery()
    )
    session.execute(ours.where(Response.leading).values(leading=False, chosen=False))
    chosen = ours.where(Response.id == response.id).values(leading=True, chosen=True)
    if session.scalar(chosen.returning(Response.id)) is None:
        raise NotSubmitted


def assign(
    session: Session, survey: Survey, response: Response, organisation: Organisation
) -> None:
    """Say that *response*, which named none of the register, is from *organisation*.

    It leads if it is the first submitted one. Saying it twice is saying it once.

    :raise AboutPersons: when the survey is about persons
    :raise AssignedAlready: when it belongs to another
    """
    refuse_persons(survey)
    _one_at_a_time(session, survey.id)
    homeless = Response.organisation_id.is_(None)
    theirs = Response.organisation_id == organisation.id
    assigned = session.scalar(
        update(Response)
        .where(Response.id == response.id, homeless | theirs)
        .values(organisation_id=organisation.id)
        .returning(Response.id)
    )
    if assigned is None:
        raise AssignedAlready
    lead_if_first(session, response.id, survey.id, organisation.id)
    session.execute(
        update(Mention)
        .where(Mention.response_id == response.id, Mention.instance == 0)
        .where(Mention.organisation_id.is_(None))
        .values(organisation_id=organisation.id)
    )


def lead_if_first(
    session: Session, response_id: int | str, survey_id: int, organisation_id: int
) -> bool:
    """Let a submitted response lead if no other of its organisation does; tell if it leads."""
    _one_at_a_time(session, survey_id)
    other = aliased(Response)
    others = select(other.id).where(
        other.survey_id == survey_id, other.organisation_id == organisation_id, other.leading
    )
    session.execute(
        update(Response)
        .where(Response.id == response_id, Response.submitted.is_not(None), ~others.exists())
        .values(leading=True)
        .execution_options(synchronize_session=False)
    )
    return bool(session.scalar(select(Response.leading).filter_by(id=response_id)))


def _one_at_a_time(session: Session, survey_id: int) -> None:
    """Write to the survey first, so that others who choose for it wait in line."""
    session.execute(
        update(Survey)
        .where(Survey.id == survey_id)
        .values(version=Survey.version + 1)
        .execution_options(synchronize_session=False)
    )
