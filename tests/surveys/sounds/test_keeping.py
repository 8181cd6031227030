"""A recording belongs to a text in just these words; when they change it is not played."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.consents import reword
from people.models import Project
from surveys.definition import Choice, Definition, Item
from surveys.fieldwork.importing import add_version
from surveys.fieldwork.starting import latest
from surveys.models import Survey
from surveys.sounds import inviting, keeping
from surveys.sounds.hearing import Ear, voices
from surveys.sounds.keeping import NotYours, State, Task
from surveys.sounds.models import Recording, SpeakerLink
from surveys.sounds.recoding import Sound
from tests.story import NOON
from tests.surveys.answers import a_survey

YES = Choice("yes", {"de": "Ja", "ar": "نعم"})
NO = Choice("no", {"de": "Nein"})
COURSE = Item(
    "question", "course", "select_one", list="yesno",
    label={"de": "A1. Besuchen Sie einen Kurs?", "ar": "هل تحضر دورة؟"},
    hint={"de": "Auch am Abend."},
)  # fmt: skip
FORM = Definition(
    {"de": "Gespräch"}, "talk", "de", ("de", "ar"),
    (
        Item("question", "agreed", "select_one", label={"de": "Einverstanden?"}, list="yesno",
             osi={"consent": "survey"}),
        Item("question", "name", "text", label={"de": "Wie heißt der Kurs?"}),
        COURSE,
        Item("question", "liked", "text", label={"de": "Was gefällt Ihnen an ${name}?"}),
        Item("calculate", "sum", label={"de": "Summe"}, calculation="1"),
    ),
    {"yesno": (YES, NO)},
)  # fmt: skip
TODAY = NOON.date()


def a_voice(word: str = "sound") -> Sound:
    return Sound(1.0, word.encode())


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project, FORM)


def tasks(session: Session, survey: Survey, language: str = "de") -> dict[str, Task]:
    session.expire_all()
    found = keeping.tasks(session, survey, latest(session, survey), language)
    return {task.key: task for task in found}


def speak(
    session: Session,
    survey: Survey,
    key: str,
    language: str = "de",
    word: str = "sound",
    link: SpeakerLink | None = None,
) -> None:
    task = tasks(session, survey, language)[key]
    keeping.keep(
        session, survey, language, task, a_voice(word), said=task.said, today=TODAY, link=link
    )
    session.commit()


def hear(session: Session, survey: Survey, item: Item, language: str = "de") -> list[str]:
    """The parts of a question that are heard on a page in a language."""
    definition = latest(session, survey)
    known = voices(session, survey.id, survey.sounds, survey.slug)
    return [heard.part for heard in Ear(definition, language, known).hear(item)]


def test_all_texts_are_there_once_in_the_order_of_the_form(
    session: Session, survey: Survey
) -> None:
    found = tasks(session, survey)
    assert [(task.key, task.text) for task in found.values()] == [
        ("agreed/label", "Einverstanden?"),
        ("yesno//yes", "Ja"),
        ("yesno//no", "Nein"),
        ("name/label", "Wie heißt der Kurs?"),
        ("course/label", "Besuchen Sie einen Kurs?"),  # nobody says the number
        ("course/hint", "Auch am Abend."),
    ]  # one that repeats answers sounds different for everybody
    assert found["yesno//no"].about == "Einverstanden?"
    assert found["course/hint"].file_name == "course.hint"


def test_only_what_exists_in_a_language_is_spoken_in_it(
    session: Session, survey: Survey
) -> None:
    assert list(tasks(session, survey, "ar")) == ["yesno//yes", "course/label"]


@pytest.mark.both_engines
def test_the_last_recording_counts(session: Session, survey: Survey) -> None:
    speak(session, survey, "yesno//yes", word="first")
    speak(session, survey, "yesno//yes", word="second")
    speak(session, survey, "yesno//yes", "ar", word="third")
    assert session.scalar(select(func.count()).select_from(Recording)) == 2
    kept = tasks(session, survey)["yesno//yes"].recording
    assert kept
    assert kept.sound == b"second"
    assert keeping.heard_sound(session, survey.id, kept.digest) == b"second"
    assert keeping.sound_of(session, survey.id, kept.digest, "ar") is None
    assert keeping.heard_sound(session, survey.id + 1, kept.digest) is None
    assert keeping.counted([*tasks(session, survey).values()])[State.SPOKEN] == 1


@pytest.mark.both_engines
def test_what_people_may_hear_is_weighed_in_bytes(
    session: Session, survey: Survey, amal: SpeakerLink
) -> None:
    speak(session, survey, "yesno//yes", word="نعم")
    speak(session, survey, "yesno//yes", "ar", word="waits", link=amal)
    assert keeping.sizes(session, survey.id) == {a_voice("نعم").digest: 6}
    assert keeping.sizes(session, survey.id + 1) == {}


@pytest.mark.both_engines
def test_every_change_gives_the_pages_another_number(session: Session, survey: Survey) -> None:
    assert survey.sounds == 0
    speak(session, survey, "yesno//yes")
    session.refresh(survey)
    assert survey.sounds == 1
    keeping.remove(session, survey, "de", "yesno//yes")
    session.commit()
    session.refresh(survey)
    assert survey.sounds == 2
    assert tasks(session, survey)["yesno//yes"].state == State.MISSING


def test_a_recording_is_heard_with_its_own_words_only(session: Session, survey: Survey) -> None:
    for key in ("course/label", "course/hint", "yesno//yes"):
        speak(session, survey, key)
    assert hear(session, survey, COURSE) == ["label", "hint", "=yes"]

    changed = replace(COURSE, label={"de": "A2. Besuchen Sie einen Deutschkurs?"})
    add_version(session, survey, replace(FORM, items=(changed,)), NOON)
    session.commit()
    assert tasks(session, survey)["course/label"].state == State.OUTDATED
    assert hear(session, survey, changed) == ["hint", "=yes"]
    assert hear(session, survey, COURSE) == ["label", "hint", "=yes"]  # who began before

    renumbered = replace(COURSE, label={"de": "B7. Besuchen Sie einen Kurs?"})
    assert hear(session, survey, renumbered) == ["label", "hint", "=yes"]


def test_a_text_that_is_shown_in_another_language_is_heard_in_that_one(
    session: Session, survey: Survey
) -> None:
    for key in ("yesno//no", "yesno//yes", "course/label"):
        speak(session, survey, key)
    speak(session, survey, "course/label", "ar")
    assert hear(session, survey, COURSE, "ar") == ["label", "=no"]  # "نعم" is not spoken


def test_a_consent_is_spoken_in_its_wording_in_force(
    session: Session, survey: Survey, project: Project
) -> None:
    reword(session, project, "survey", "de", "Ich mache mit.", 0, NOON)
    session.commit()
    assert tasks(session, survey)["consent/survey"].text == "Ich mache mit."
    speak(session, survey, "consent/survey")
    reword(session, project, "survey", "de", "Ich mache freiwillig mit.", 1, NOON)
    session.commit()
    assert tasks(session, survey)["consent/survey"].state == State.OUTDATED


@pytest.mark.parametrize(
    "name", ["course:label", "Course.LABEL", "course label", "course-label"]
)
def test_files_are_known_by_their_names(name: str) -> None:
    assert keeping.file_name(name) == "course.label"


@pytest.fixture
def amal(session: Session, keys: Keyring, survey: Survey) -> SpeakerLink:
    return inviting.invite(session, keys, survey, "de", "amal", NOON)


@pytest.fixture
def omar(session: Session, keys: Keyring, survey: Survey) -> SpeakerLink:
    return inviting.invite(session, keys, survey, "de", "omar", NOON)


@pytest.mark.both_engines
def test_what_comes_through_a_link_is_heard_once_the_team_has_listened(
    session: Session, survey: Survey, amal: SpeakerLink
) -> None:
    speak(session, survey, "course/label", link=amal)
    task = tasks(session, survey)["course/label"]
    assert task.state == State.WAITING and task.recording
    assert hear(session, survey, COURSE) == []
    digest = task.recording.digest
    assert keeping.heard_sound(session, survey.id, digest) is None
    assert keeping.sound_of(session, survey.id, digest, "de") == b"sound"

    assert not keeping.check(session, survey, "de", task.key, "another", TODAY)
    assert keeping.check(session, survey, "de", task.key, digest, TODAY)
    session.commit()
    assert hear(session, survey, COURSE) == ["label"]
    assert keeping.heard_sound(session, survey.id, digest) == b"sound"

    speak(session, survey, "course/label", word="anew", link=amal)
    assert hear(session, survey, COURSE) == []


@pytest.mark.both_engines
def test_a_link_replaces_and_deletes_only_what_came_through_it(
    session: Session, survey: Survey, amal: SpeakerLink, omar: SpeakerLink
) -> None:
    speak(session, survey, "yesno//yes", word="team")
    speak(session, survey, "yesno//no", word="amal", link=amal)
    for key in ("yesno//yes", "yesno//no"):
        assert not tasks(session, survey)[key].takes(omar)
        with pytest.raises(NotYours):
            speak(session, survey, key, word="omar", link=omar)
        with pytest.raises(NotYours):
            keeping.remove(session, survey, "de", key, omar)
        session.rollback()
    speak(session, survey, "yesno//no", word="once more", link=amal)
    assert [each.recording and each.recording.sound for each in tasks(session, survey).values()
            if each.key.startswith("yesno")] == [b"team", b"once more"]  # fmt: skip
    keeping.remove(session, survey, "de", "yesno//no", amal)
    speak(session, survey, "yesno//no", word="omar", link=omar)
    keeping.remove(session, survey, "de", "yesno//no")  # the team may
    assert tasks(session, survey)["yesno//no"].state == State.MISSING


@pytest.mark.both_engines
def test_what_no_longer_says_the_text_is_spoken_anew_by_whoever_comes(
    session: Session, survey: Survey, omar: SpeakerLink
) -> None:
    task = tasks(session, survey)["course/label"]
    keeping.keep(session, survey, "de", task, a_voice("old"), said="another", today=TODAY)
    session.commit()
    assert tasks(session, survey)["course/label"].takes(omar)
    speak(session, survey, "course/label", word="new", link=omar)
    assert tasks(session, survey)["course/label"].state == State.WAITING
