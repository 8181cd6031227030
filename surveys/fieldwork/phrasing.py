"""The words of invitations, reminders and letters, where a team has put its own."""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.models import insert_once
from surveys.fieldwork.models import Phrasing
from surveys.fieldwork.writing import Occasion
from surveys.models import Survey

Words = tuple[str, str]  # subject and text


def own_words(
    session: Session, survey: Survey, occasion: Occasion, language: str
) -> Words | None:
    """Return the words that a team has chosen for an occasion; none for the standard ones."""
    query = select(Phrasing).filter_by(**_place(survey, occasion, language))
    found = session.scalar(query)
    return (found.subject, found.text) if found else None


def choose(
    session: Session, survey: Survey, occasion: Occasion, language: str, words: Words
) -> None:
    """Let these be the words for an occasion from now on."""
    place = _place(survey, occasion, language)
    values = {"subject": words[0], "text": words[1]}
    owned = {"project_id": survey.project_id}
    if insert_once(session, Phrasing, **place, **owned, **values) is None:
        session.execute(update(Phrasing).filter_by(**place).values(values))


def go_back(session: Session, survey: Survey, occasion: Occasion, language: str) -> None:
    """Let the standard words stand again for an occasion."""
    session.execute(delete(Phrasing).filter_by(**_place(survey, occasion, language)))


def _place(survey: Survey, occasion: Occasion, language: str) -> dict[str, object]:
    return {"survey_id": survey.id, "occasion": occasion, "language": language}
