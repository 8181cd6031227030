"""Keeping what was spoken: which texts there are, and how far each language has come."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.models import insert_once
from people import consents
from people.models import Project
from surveys.definition import Definition, text_in
from surveys.fieldwork import starting
from surveys.models import Survey
from surveys.questionnaires import wordings
from surveys.questionnaires.wordings import Wording, digest_of, spoken_text
from surveys.sounds.models import Recording
from surveys.sounds.recoding import Sound
from surveys.translating import reviewing


class State(StrEnum):
    """Whether a text can be heard."""

    MISSING = "missing"
    OUTDATED = "outdated"
    SPOKEN = "spoken"


@dataclass(frozen=True)
class Task:
    """A text to be spoken, in one language."""

    key: str
    text: str
    about: str  # the question to which it belongs, when it is not the question itself
    about_language: str
    recording: Recording | None

    @property
    def said(self) -> str:
        """The mark of the wording, by which a recording knows what it says."""
        return digest_of(self.text)

    @property
    def state(self) -> State:
        if self.recording is None:
            return State.MISSING
        return State.SPOKEN if self.recording.text_digest == self.said else State.OUTDATED

    @property
    def name(self) -> str:
        """The key as it stands in an address."""
        return self.key.replace("/", ":")

    @property
    def file_name(self) -> str:
        """The name of a file that is taken for this text."""
        return file_name(self.key)


def languages_of(definition: Definition) -> tuple[str, ...]:
    """Return the languages that can be spoken."""
    return definition.languages or (definition.default_language,)


def asked_now(session: Session, survey: Survey) -> Definition:
    """Return what *survey* asks now, as somebody has worded it since it came."""
    return reviewing.worded(session, survey.id, starting.latest(session, survey))


def tasks(
    session: Session, survey: Survey, definition: Definition, language: str
) -> list[Task]:
    """List the texts that exist in a language, in the order in which people meet them."""
    query = select(Recording).filter_by(survey_id=survey.id, language=language)
    known = {each.key: each for each in session.scalars(query)}
    made = []
    for wording in (*wordings.wordings(definition), *_consents(session, survey, definition)):
        text = wording.texts.get(language, "")
        if text and wordings.is_constant(text):
            about = _about(wording, definition, language)
            made.append(Task(wording.key, spoken_text(text), *about, known.get(wording.key)))
    return made


def counted(all_tasks: Sequence[Task]) -> Mapping[State, int]:
    """Count the texts by their states."""
    return {state: sum(task.state == state for task in all_tasks) for state in State}


def keep(
    session: Session,
    survey: Survey,
    language: str,
    key: str,
    sound: Sound,
    *,
    said: str,
    today: date,
) -> None:
    """Keep a recording in the place of an earlier one; *said* marks the wording it says."""
    values = {
        "text_digest": said, "digest": sound.digest, "seconds": sound.seconds,
        "sound": sound.data, "spoken": today,
    }  # fmt: skip
    place = {"survey_id": survey.id, "language": language, "key": key}
    fresh = insert_once(session, Recording, project_id=survey.project_id, **place, **values)
    if not fresh:
        session.execute(update(Recording).filter_by(**place).values(values))
    _changed(session, survey)


def remove(session: Session, survey: Survey, language: str, key: str) -> None:
    """Delete a recording."""
    place = {"survey_id": survey.id, "language": language, "key": key}
    session.execute(delete(Recording).filter_by(**place))
    _changed(session, survey)


def sound_of(session: Session, survey_id: int, digest: str, language: str = "") -> bytes | None:
    """Return the sound with this address, of one language or of any."""
    query = select(Recording.sound).filter_by(survey_id=survey_id, digest=digest).limit(1)
    return session.scalar(query.filter_by(language=language) if language else query)


def file_name(name: str) -> str:
    """Return a name, or a key, as the files are called: ``org.label``."""
    return re.sub(r"[^\w]+", ".", name).strip(".").casefold()


def _changed(session: Session, survey: Survey) -> None:
    """Count up, so that pages are written anew with what can be heard now."""
    query = update(Survey).where(Survey.id == survey.id).values(sounds=Survey.sounds + 1)
    session.execute(query)


def _consents(session: Session, survey: Survey, definition: Definition) -> Iterator[Wording]:
    """Yield the wordings of the consents for which the questionnaire asks."""
    project = session.get_one(Project, survey.project_id)
    seen = set()
    for item in definition.having("consent"):
        purpose = item.osi["consent"]
        if purpose not in seen:
            seen.add(purpose)
            found = (
                next(iter(consents.versions(session, project, purpose, language)), None)
                for language in languages_of(definition)
            )
            texts = {each.language: each.text for each in found if each}
            yield Wording(wordings.key_of_consent(purpose), texts, item, "consent")


def _about(wording: Wording, definition: Definition, language: str) -> tuple[str, str]:
    if wording.part == "label":
        return "", language
    text, said_in = text_in(wording.item.label, language, definition.default_language)
    return spoken_text(text), said_in
