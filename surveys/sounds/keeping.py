"""Keeping what was spoken: which texts there are, and how far each language has come."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.models import insert_once
from people import consents
from people.models import Project
from surveys.definition import Definition, text_in
from surveys.fieldwork import starting
from surveys.models import Survey
from surveys.questionnaires import wordings
from surveys.questionnaires.wordings import Wording, digest_of, spoken_text
from surveys.sounds.models import Recording, SpeakerLink
from surveys.sounds.recoding import Sound
from surveys.translating import reviewing


class NotYours(Refusal):
    reason = message("Somebody else has spoken this text. Only the team can replace it.")


class State(StrEnum):
    """Whether a text can be heard."""

    MISSING = "missing"
    OUTDATED = "outdated"
    WAITING = "waiting"  # to be heard by the team
    SPOKEN = "spoken"


FREE = (State.MISSING, State.OUTDATED)  # to be spoken by whoever comes
QUIETLY = {"synchronize_session": False}


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
        if self.recording.text_digest != self.said:
            return State.OUTDATED
        return State.SPOKEN if self.recording.checked else State.WAITING

    def takes(self, link: SpeakerLink | None) -> bool:
        """Whether it can be spoken anew through a link; the team can always do so."""
        return link is None or self.state in FREE or self.came_by(link)

    def came_by(self, link: SpeakerLink | None) -> bool:
        """Whether its recording can be deleted through a link; the team can always do so."""
        return link is None or bool(self.recording and self.recording.link_id == link.id)

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
    task: Task,
    sound: Sound,
    *,
    said: str,
    today: date,
    link: SpeakerLink | None = None,
) -> None:
    """Keep a recording in the place of an earlier one; *said* marks the wording it says.

    The team hears what it keeps; what comes through a *link* waits until the team has.

    :raise NotYours: when the text was spoken by somebody else than who has the link
    """
    values = {
        "text_digest": said, "digest": sound.digest, "seconds": sound.seconds,
        "sound": sound.data, "spoken": today, "checked": None if link else today,
        "link_id": link.id if link else None,
    }  # fmt: skip
    place = {"survey_id": survey.id, "language": language, "key": task.key}
    if not insert_once(session, Recording, project_id=survey.project_id, **place, **values):
        query = update(Recording).filter_by(**place).values(values)
        if link:
            outdated = Recording.text_digest != task.said
            query = query.where(or_(Recording.link_id == link.id, outdated))
        _done(session, query.returning(Recording.id))
    _changed(session, survey)


def check(
    session: Session, survey: Survey, language: str, key: str, digest: str, today: date
) -> bool:
    """Let people hear a recording; tell whether it still is the one with this *digest*."""
    place = {"survey_id": survey.id, "language": language, "key": key, "digest": digest}
    query = update(Recording).filter_by(**place).values(checked=today).returning(Recording.id)
    _changed(session, survey)
    return session.scalar(query, execution_options=QUIETLY) is not None


def remove(
    session: Session, survey: Survey, language: str, key: str, link: SpeakerLink | None = None
) -> None:
    """Delete a recording.

    :raise NotYours: when it did not come through the *link* with which it is deleted
    """
    place = {"survey_id": survey.id, "language": language, "key": key}
    query = delete(Recording).filter_by(**place)
    if link:
        _done(session, query.filter_by(link_id=link.id).returning(Recording.id))
    else:
        session.execute(query)
    _changed(session, survey)


def heard_sound(session: Session, survey_id: int, digest: str) -> bytes | None:
    """Return the sound with this address, if people may hear it."""
    query = select(Recording.sound).filter_by(survey_id=survey_id, digest=digest)
    return session.scalar(query.where(Recording.checked.is_not(None)).limit(1))


def sizes(session: Session, survey_id: int) -> dict[str, int]:
    """Return how many bytes each sound has that people may hear, by its address."""
    query = select(Recording.digest, func.length(Recording.sound)).where(
        Recording.survey_id == survey_id, Recording.checked.is_not(None)
    )
    found = session.execute(query)
    return {row.digest: row[1] for row in found}


def sound_of(session: Session, survey_id: int, digest: str, language: str) -> bytes | None:
    """Return the sound with this address in a language, as those hear it who speak."""
    place = {"survey_id": survey_id, "digest": digest, "language": language}
    return session.scalar(select(Recording.sound).filter_by(**place).limit(1))


def file_name(name: str) -> str:
    """Return a name, or a key, as the files are called: ``org.label``."""
    return re.sub(r"[^\w]+", ".", name).strip(".").casefold()


def _done(session: Session, query: Any) -> None:
    if session.scalar(query, execution_options=QUIETLY) is None:
        raise NotYours


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
