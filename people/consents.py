"""The wordings of consents: every new wording is a new version, and all are kept."""

import json
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import ChangedMeanwhile, message
from core.languages import SPOKEN
from core.models import insert_once
from people.models import ConsentText, Project

PURPOSES = {
    "survey": message("Answering a survey"),
    "conversation": message("Taking part in a conversation"),
    "naming": message("Naming the organisation"),
    "callback": message("Getting in touch"),
    "approach": message("Being approached by the advice centre"),
    "quote": message("Quoting answers"),
}
LANGUAGES = (*SPOKEN,)
FIRST: dict[str, dict[str, str]] = json.loads(
    Path(__file__).with_name("consents.json").read_text()
)


def seed(session: Session, project: Project, now: datetime) -> None:
    """Give a new project the texts to begin with; those it has already stay."""
    for purpose, texts in FIRST.items():
        for language, text in texts.items():
            insert_once(
                session,
                ConsentText,
                project_id=project.id,
                purpose=purpose,
                language=language,
                number=1,
                text=text,
                since=now,
            )


def versions(
    session: Session, project: Project, purpose: str, language: str
) -> list[ConsentText]:
    """Return all wordings of a consent, the one in force first."""
    query = select(ConsentText).filter_by(project_id=project.id)
    query = query.filter_by(purpose=purpose, language=language)
    return list(session.scalars(query.order_by(ConsentText.number.desc())))


def current(
    session: Session, project: Project, purpose: str, language: str
) -> ConsentText | None:
    """Return the wording in force; the German one where a language has none."""
    found = versions(session, project, purpose, language)
    if not found and language != "de":
        return current(session, project, purpose, "de")
    return found[0] if found else None


def reword(
    session: Session,
    project: Project,
    purpose: str,
    language: str,
    text: str,
    seen: int,
    now: datetime,
) -> ConsentText:
    """Put a new wording in force, after the version that was *seen*; the old ones stay.

    The same wording twice is one version.

    :raise ChangedMeanwhile: when another wording came in between
    """
    latest = next(iter(versions(session, project, purpose, language)), None)
    if latest and latest.text == text:
        return latest
    place = {"project_id": project.id, "purpose": purpose, "language": language}
    fresh = insert_once(session, ConsentText, **place, number=seen + 1, text=text, since=now)
    if not fresh or (latest and latest.number > seen):
        raise ChangedMeanwhile
    return fresh
