"""Agreeing: to which wording of a consent somebody said yes.

The wordings are those of the project. A new wording asks nobody again: whoever agreed
before agreed to the one that stood there.
"""

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.models import insert_once
from people import consents
from people.models import ConsentText, Project
from surveys.definition import Item
from surveys.models import Agreement, Response, Survey


def wording(session: Session, project_id: int, item: Item, language: str) -> ConsentText | None:
    """Return the wording in force of the consent that *item* asks for."""
    purpose = item.osi.get("consent", "")
    project = session.get_one(Project, project_id)
    return consents.current(session, project, purpose, language.partition("-")[0])


def note_agreements(
    session: Session, project_id: int, response_id: int, shown: Mapping[str, int | None]
) -> None:
    """Note which wording stood beside each question; none when it is not answered."""
    for question, text_id in shown.items():
        known = {"response_id": response_id, "question": question}
        session.execute(delete(Agreement).filter_by(**known))
        ours = select(ConsentText.id).filter_by(project_id=project_id, id=text_id)
        if text_id and session.scalar(ours):
            insert_once(session, Agreement, **known, text_id=text_id)


def agreements(session: Session, survey: Survey) -> dict[int, dict[str, str]]:
    """Return by response and question to which wording somebody agreed, as in "de 2"."""
    query = (
        select(
            Agreement.response_id, Agreement.question, ConsentText.language, ConsentText.number
        )
        .join(ConsentText, ConsentText.id == Agreement.text_id)
        .join(Response, Response.id == Agreement.response_id)
        .where(Response.survey_id == survey.id)
        .order_by(Agreement.id)
    )
    found: dict[int, dict[str, str]] = {}
    for response_id, question, language, number in session.execute(query):
        found.setdefault(response_id, {})[question] = f"{language} {number}"
    return found
