"""Agreeing: to which wording of a consent somebody said yes.

The wordings are those of the project. A new wording asks nobody again: whoever agreed
before agreed to the one that stood there.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Engine, bindparam, case, delete, select
from sqlalchemy.orm import Session

from core.languages import FALLBACK, spoken_for
from core.models import insert_once
from core.quick import Question
from people.models import ConsentText
from surveys.definition import Item
from surveys.models import Agreement, Response, Survey


class Wording(NamedTuple):
    """A consent text as it stands beside its question."""

    id: int
    language: str
    text: str


_wordings = Question(
    select(ConsentText.id, ConsentText.language, ConsentText.text)
    .where(
        ConsentText.project_id == bindparam("project_id"),
        ConsentText.purpose == bindparam("purpose"),
        ConsentText.language.in_([bindparam("language"), bindparam("fallback")]),
    )
    .order_by(
        case((ConsentText.language == bindparam("language"), bindparam("first")),
             else_=bindparam("last")),
        ConsentText.number.desc(),
    )
)  # fmt: skip


def wording(
    place: Engine | Session, project_id: int, item: Item, language: str
) -> Wording | None:
    """Return the wording in force of the consent that *item* asks for, or the German one."""
    found = _wordings.ask(
        place, project_id=project_id, purpose=item.osi.get("consent", ""),
        language=spoken_for(language), fallback=FALLBACK, first=0, last=1,
    )  # fmt: skip
    return Wording(*found) if found else None


def is_wording(
    session: Session, project_id: int, item: Item, language: str, number: int
) -> bool:
    """Whether a wording, also one of old, asks for this consent in this language."""
    query = select(ConsentText.id).filter_by(
        project_id=project_id, purpose=item.osi.get("consent", ""), id=number
    )
    spoken = ConsentText.language.in_([spoken_for(language), FALLBACK])
    return session.scalar(query.where(spoken)) is not None


def has_changed(session: Session, project_id: int, item: Item, language: str) -> bool:
    """Whether a consent had other wordings before that a sheet in this language may show."""
    query = select(ConsentText.id).filter_by(
        project_id=project_id, purpose=item.osi.get("consent", "")
    )
    spoken = ConsentText.language.in_([spoken_for(language), FALLBACK])
    return session.scalar(query.where(spoken, ConsentText.number > 1).limit(1)) is not None


_noted = Question(
    select(Agreement.question, Agreement.text_id).where(
        Agreement.response_id == bindparam("response_id")
    )
)


def noted(place: Engine | Session, response_id: int) -> dict[str, int]:
    """Return the wording noted for each question."""
    return dict(_noted.ask_all(place, response_id=response_id))


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
