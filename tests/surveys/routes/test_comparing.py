import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.models import Organisation, Project, Sector
from surveys.fieldwork.starting import new_wave, open_survey
from surveys.kinds import Sample
from surveys.models import Subject, Survey
from tests.story import NOON, an_organisation
from tests.surveys.example import a_survey, answer, answer_all

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project)


@pytest.fixture
def later(session: Session, project: Project, survey: Survey) -> Survey:
    wave = new_wave(session, survey, project, "wave", "Zweite Welle", NOON)
    open_survey(session, wave, NOON.replace(month=12))
    session.commit()
    return wave


def enter(session: Session, project: Project, code: str, sector: Sector) -> Organisation:
    organisation = an_organisation(project, code, f"Haus {code}", sector)
    session.add(organisation)
    session.flush()
    return organisation


def address(survey: Survey, later: Survey, more: str = "") -> str:
    return f"/p/buch/surveys/{survey.slug}/compare?with={later.slug}{more}"


def test_two_waves_stand_side_by_side_and_say_whom_they_reached(
    desk: FlaskClient, session: Session, project: Project, survey: Survey, later: Survey
) -> None:
    work, school = (
        enter(session, project, *each)
        for each in (("E1", Sector.ECONOMY), ("S1", Sector.SCIENCE))
    )
    answer(session, survey, {"org_type": "provider"}, work)
    answer(session, later, {"org_type": "provider"}, work)
    answer(session, later, {"org_type": "migrant"}, school)
    session.commit()
    page = desk.get(address(survey, later), headers=ENGLISH).text
    assert ": −50.0 points" in page
    assert "1 organisation answered both." in page
    assert desk.get(address(later, survey), headers=ENGLISH).text.count("−50.0") == page.count(
        "−50.0"
    )
    narrowed = desk.get(address(survey, later, "&sector=economy"), headers=ENGLISH).text
    assert ": ±0.0 points" in narrowed
    link = f"/p/buch/surveys/{survey.slug}/compare"
    assert link in desk.get(f"/p/buch/surveys/{survey.slug}/results").text


def test_a_question_of_two_waves_is_frozen_with_whom_it_stands_for(
    desk: FlaskClient, session: Session, project: Project, survey: Survey, later: Survey
) -> None:
    answer(
        session, survey, {"org_type": "provider"}, enter(session, project, "E", Sector.ECONOMY)
    )
    session.commit()
    form = {
        "survey": survey.slug, "chart": "compare:org_type", "with": later.slug,
        "sector": "economy",
    }  # fmt: skip
    place = desk.post("/p/buch/stand", data=form, headers=ENGLISH).location
    page = desk.get(place, headers=ENGLISH).text
    assert "Sector: Economy." in page
    assert "no random sample" in page
    table = desk.get(f"{place}.csv").text
    assert "Social provider" in table


def test_a_wave_of_elsewhere_or_about_others_is_not_there(
    desk: FlaskClient,
    session: Session,
    project: Project,
    elsewhere: Project,
    survey: Survey,
) -> None:
    foreign = a_survey(session, elsewhere)
    persons = new_wave(session, survey, project, "persons", "Gespräche", NOON)
    persons.subject = Subject.PERSONS
    open_survey(session, persons, NOON)
    session.commit()
    for other in (foreign, persons):
        assert desk.get(address(survey, other)).status_code == 404
    page = desk.get(f"/p/buch/surveys/{survey.slug}/compare", headers=ENGLISH).text
    assert "Nothing to compare with yet" in page


def test_of_persons_there_is_no_sector_and_no_small_difference(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    one = a_survey(session, project, subject=Subject.PERSONS)
    other = new_wave(session, one, project, "wave", "Zweite Welle", NOON)
    open_survey(session, other, NOON)
    for survey, many in ((one, 10), (other, 15)):
        answer_all(session, survey, "org_type", ["provider"] * 5 + ["migrant"] * (many - 5))
    session.commit()
    page = desk.get(address(one, other, "&sector=economy"), headers=ENGLISH).text
    assert 'id="sector"' not in page
    assert "Not shown: an answer, or a difference, stands for fewer than 5 people." in page


def test_two_waves_are_called_a_census_only_if_both_are(
    desk: FlaskClient, session: Session, project: Project, survey: Survey, later: Survey
) -> None:
    for each in (survey, later):
        answer(session, each, {}, enter(session, project, each.slug, Sector.ECONOMY))
    session.commit()
    census = "A census of two lists"
    assert census in desk.get(address(survey, later), headers=ENGLISH).text
    later.sample = Sample.RANDOM
    session.commit()
    page = desk.get(address(survey, later), headers=ENGLISH).text
    assert census not in page and "No test is made of it." in page
