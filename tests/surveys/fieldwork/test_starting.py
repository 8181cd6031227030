import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from core.errors import FormUsedTwice
from people.models import Project
from surveys.definition import Definition
from surveys.exchange.xlsform import read_xlsform
from surveys.fieldwork import starting
from surveys.models import State, Subject, Survey, SurveyVersion
from tests.story import NOON, at_once
from tests.surveys.example import ENTERPRISES, a_survey, answer


def begin(session: Session, project: Project, key: str = "k", title: str = "") -> Survey:
    survey = starting.begin_survey(
        session, project, ENTERPRISES, key,
        title=title, subject=Subject.ORGANISATIONS, now=NOON,
    )  # fmt: skip
    session.commit()
    return survey


@pytest.mark.both_engines
def test_a_survey_begins_as_a_draft_with_a_speaking_address(
    session: Session, project: Project
) -> None:
    survey = begin(session, project, title="Träger & Vereine: Größe?")
    assert (survey.slug, survey.state) == ("traeger-vereine-groesse", State.DRAFT)
    assert starting.latest(session, survey) == ENTERPRISES
    assert begin(session, project, "other", "Träger, Vereine – Größe").slug.endswith("-2")
    assert begin(session, project, "third", "مسح").slug == "survey"


@pytest.mark.both_engines
def test_the_same_form_sent_twice_begins_one_survey(session: Session, project: Project) -> None:
    assert begin(session, project).id == begin(session, project).id
    assert session.scalar(select(func.count(SurveyVersion.id))) == 1
    with pytest.raises(FormUsedTwice):
        begin(session, project, title="Something else")


@pytest.mark.both_engines
@pytest.mark.parametrize("threads", [2, 5])
def test_a_form_sent_many_times_at_once_begins_one_survey(
    sessions: sessionmaker[Session], session: Session, project: Project, threads: int
) -> None:
    project_id = project.id

    def act(_which: int) -> None:
        with sessions() as mine:
            begin(mine, mine.get_one(Project, project_id))

    at_once(threads, act)
    assert session.scalar(select(func.count(Survey.id))) == 1
    assert session.scalar(select(func.count(SurveyVersion.id))) == 1


@pytest.mark.both_engines
def test_opening_and_closing_can_be_undone(session: Session, project: Project) -> None:
    survey = begin(session, project)
    starting.open_survey(session, survey, NOON)
    starting.undo_opening(session, survey)
    with pytest.raises(starting.NotOpen):
        starting.close_survey(session, survey, NOON)
    starting.open_survey(session, survey, NOON)
    with pytest.raises(starting.NotADraft):
        starting.open_survey(session, survey, NOON)
    starting.close_survey(session, survey, NOON)
    starting.reopen(session, survey)
    session.commit()
    session.refresh(survey)
    assert (survey.state, survey.closed) == (State.OPEN, None)
    with pytest.raises(starting.NotClosed):
        starting.reopen(session, survey)


@pytest.mark.both_engines
def test_what_somebody_has_begun_to_answer_is_no_draft_again(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    answer(session, survey, {}, sent=None)
    with pytest.raises(starting.AnsweredAlready):
        starting.undo_opening(session, survey)


def test_a_new_wave_asks_the_same_and_has_no_answers(
    session: Session, project: Project
) -> None:
    survey = a_survey(session, project)
    wave = starting.new_wave(session, survey, project, "wave", "Second wave", NOON)
    assert wave.id != survey.id
    assert wave.state == State.DRAFT
    assert starting.latest(session, wave) == ENTERPRISES
    assert set(wave.title.values()) == {"Second wave"}


def test_a_new_name_leaves_the_address(session: Session, project: Project) -> None:
    survey = a_survey(session, project)
    slug, version = survey.slug, survey.version
    starting.rename(session, survey, {"de": "Neu"})
    session.commit()
    session.refresh(survey)
    assert (survey.slug, set(survey.title.values())) == (slug, {"Neu"})
    assert survey.version > version


@pytest.mark.parametrize("name", starting.INSTRUMENTS)
def test_the_questionnaires_that_come_along_can_be_read(name: str) -> None:
    read = read_xlsform(starting.instrument(name), name)
    assert read.accepted
    assert isinstance(read.definition, Definition)
