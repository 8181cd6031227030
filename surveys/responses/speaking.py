"""Speaking for an organisation: which one it is, and who may see its name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from people.models import Naming, Organisation, Project
from people.naming import decide_naming, find_same
from surveys.models import Response
from surveys.questionnaires.evaluating import Questionnaire
from surveys.responses.leading import lead_if_first

WIDTHS = [Naming.TEAM, Naming.NETWORK, Naming.PUBLIC]  # each wider than the one before


class Place(Protocol):
    """A response, as much of it as is needed here."""

    @property
    def id(self) -> int | str: ...
    @property
    def survey_id(self) -> int: ...
    @property
    def project_id(self) -> int: ...
    @property
    def organisation_id(self) -> int | None: ...
    @property
    def invitation_id(self) -> int | None: ...


def name_as(
    session: Session, organisation_id: int, naming: Naming, now: datetime, *, leads: bool
) -> None:
    """Note who may see the name of an organisation.

    Whoever speaks for it decides; anyone else who answered for it can only narrow it.
    """
    organisation = session.get_one(Organisation, organisation_id)
    if leads or WIDTHS.index(naming) < WIDTHS.index(organisation.naming):
        decide_naming(session, organisation, naming, "", now)
        session.flush()


def organisation_of(
    session: Session,
    response: Place,
    questionnaire: Questionnaire,
    document: Mapping[str, Any],
) -> int | None:
    """Return the organisation that the answers are for; an invitation says it already.

    A name that was written counts where it is clearly one of the register.
    """
    if response.invitation_id is not None:
        return response.organisation_id
    codes = [
        document.get(item.name) for item in questionnaire.definition.having("register", "self")
    ]
    code = next((each for each in codes if each and each != "other"), None)
    if code is None:
        return response.organisation_id or _written(session, response, questionnaire, document)
    query = select(Organisation.id).filter_by(project_id=response.project_id, code=code)
    return session.scalar(query)


def speak_for(session: Session, response: Place, organisation_id: int | None) -> bool:
    """Bind the response to its organisation; tell whether it is the leading one."""
    if organisation_id != response.organisation_id:
        query = update(Response).where(Response.id == response.id)
        moved = query.values(organisation_id=organisation_id, leading=False, chosen=False)
        session.execute(moved.execution_options(synchronize_session=False))
    if organisation_id is None:
        return False
    return lead_if_first(session, response.id, response.survey_id, organisation_id)


def _written(
    session: Session,
    response: Place,
    questionnaire: Questionnaire,
    document: Mapping[str, Any],
) -> int | None:
    """Return the organisation whose name was written in place of choosing it."""
    names = [
        document[item.name]
        for item in questionnaire.definition.having("register", "new")
        if document.get(item.name)
    ]
    if not names:
        return None
    found = find_same(session, session.get_one(Project, response.project_id), names[0])
    return found.id if found else None
