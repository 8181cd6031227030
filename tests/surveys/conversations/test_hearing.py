"""The person hears her half: before the yes the consent, then question by question."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.models import Organisation, Project
from surveys.models import Survey
from surveys.sounds import keeping
from surveys.sounds.recoding import Sound
from tests.story import NOON
from tests.surveys.conversations.story import Talk, a_talk_survey


def speak(session: Session, survey: Survey, language: str) -> dict[str, str]:
    """Let everything be spoken in a language; return the addresses by the texts."""
    definition = keeping.asked_now(session, survey)
    made = {}
    for task in keeping.tasks(session, survey, definition, language):
        sound = Sound(1.0, f"{language} {task.key}".encode())
        keeping.keep(session, survey, language, task, sound, said=task.said, today=NOON.date())
        made[task.key] = f"/s/{survey.slug}/sound/{sound.digest}.m4a"
    session.commit()
    return made


@pytest.fixture
def survey(session: Session, project: Project, provider: Organisation) -> Survey:
    return a_talk_survey(session, project)


def test_a_question_and_its_choices_are_heard_in_the_language_of_the_person_only(
    session: Session, survey: Survey, talk: Talk, tablet: FlaskClient
) -> None:
    silent = tablet.get(talk.at).text
    assert "listening.js" in silent  # a device may have a voice
    assert "<audio" not in silent
    arabic, german = speak(session, survey, "ar"), speak(session, survey, "de")
    page = tablet.get(talk.at).text
    mine, _, theirs = page.partition("data-listen")
    assert "<audio" not in mine
    assert arabic[f"{talk.key}/label"] in theirs
    assert not any(address in page for address in german.values())
    assert "autoplay" not in page


def test_the_consent_is_heard_before_the_yes(
    session: Session, survey: Survey, tablet: FlaskClient
) -> None:
    arabic = speak(session, survey, "ar")
    page = tablet.get(Talk(tablet, survey).door).text
    assert arabic["consent/conversation"] in page.partition("data-listen")[2]
    assert 'data-part="consent"' in page
