"""Speaking for an organisation: whose answers lead, and who may see its name.

Several people may answer for one organisation: all are kept, the first one leads until the
facilitator chooses another.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session, aliased

from people.models import Naming, Organisation
from surveys.evaluating import Questionnaire
from surveys.models import Response, Survey

WIDTHS = [Naming.TEAM, Naming.NETWORK, Naming.PUBLIC]  # each wider than the one before


class Place(Protocol):
    """A response, as much of it as is needed here."""

    @property
    def id(self) -> int: ...
    @property
    def survey_id(self) -> int: ...
    @property
    def project_id(self) -> int: ...
    @property
    def organisation_id(self) -> int | None: ...
    @property
    def invitation_id(self) -> int | None: ...


def name_as(session: Session, organisation_id: int, naming: Naming, *, leads: bool) -> None:
    """Note who may see the name of an organisation.

    Whoever speaks for it decides; anyone else who answered for it can only narrow it.
    """
    organisation = session.get_one(Organisation, organisation_id)
    if leads or WIDTHS.index(naming) < WIDTHS.index(organisation.naming):
        organisation.naming = naming
        organisation.changed()
        session.flush()


def organisation_of(
    session: Session,
    response: Place,
    questionnaire: Questionnaire,
    document: Mapping[str, Any],
) -> int | None:
    """Return the organisation that the answers are for; an invitation says it already."""
    if response.invitation_id is not None:
        return response.organisation_id
    codes = [
        document.get(item.name) for item in questionnaire.definition.having("register", "self")
    ]
    code = next((each for each in codes if each and each != "other"), None)
    if code is None:
        return response.organisation_id if "other" in codes else None
    query = select(Organisation.id).filter_by(project_id=response.project_id, code=code)
    return session.scalar(query)


def speak_for(session: Session, response: Place, organisation_id: int | None) -> bool:
    """Bind the response to its organisation; tell whether it is the leading one."""
    if organisation_id != response.organisation_id:
        query = update(Response).where(Response.id == response.id)
        moved = query.values(organisation_id=organisation_id, leading=False)
        session.execute(moved.execution_options(synchronize_session=False))
    if organisation_id is None:
        return False
    return lead_if_first(session, response.id, response.survey_id, organisation_id)


def lead_if_first(
    session: Session, response_id: int, survey_id: int, organisation_id: int
) -> bool:
    """Let a response speak for its organisation if no other does; tell whether it leads.

    The row of the survey must be locked, as two could be first on PostgreSQL.
    """
    session.execute(_count_up(survey_id))
    other = aliased(Response)
    others = select(other.id).where(
        other.survey_id == survey_id, other.organisation_id == organisation_id, other.leading
    )
    session.execute(
        update(Response)
        .where(Response.id == response_id, ~others.exists())
        .values(leading=True)
        .execution_options(synchronize_session=False)
    )
    return bool(session.scalar(select(Response.leading).filter_by(id=response_id)))


def _count_up(survey_id: int) -> Any:
    return (
        update(Survey)
        .where(Survey.id == survey_id)
        .values(version=Survey.version + 1)
        .execution_options(synchronize_session=False)
    )
