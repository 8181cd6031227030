"""What tables say of chance: nothing of a census, one named test of a random sample."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Organisation, Project, Sector
from surveys.fieldwork import inviting
from surveys.kinds import Sample
from surveys.models import Kind, Response, Survey
from surveys.reporting.models import Frozen
from tests.story import NOON, an_organisation
from tests.surveys.example import a_survey, answer

CROSS = "?rows=sector&columns=org_type"
TEST, NONE = "Chi-Quadrat-Test auf Unabhängigkeit", "Kein Test:"
CENSUS = "Vollerhebung einer Liste"


@pytest.fixture
def survey(session: Session, project: Project, keys: Keyring) -> Survey:
    """Eighty have answered; what they are has to do with their sector."""
    survey, invited = a_survey(session, project), list[Organisation]()
    for number in range(80):
        sector = Sector.SOCIETY if number % 2 else Sector.ECONOMY
        kind = "provider" if number % 2 or number < 28 else "enterprise"
        kind = "enterprise" if number % 2 and number < 24 else kind
        organisation = an_organisation(project, f"O{number}", f"Haus {number}", sector)
        session.add(organisation)
        session.flush()
        answer(session, survey, {"org_type": kind}, organisation)
        invited.append(organisation)
    inviting.invite(session, keys, survey, invited, NOON)
    session.commit()
    return survey


def declare(desk: FlaskClient, session: Session, survey: Survey, sample: Sample) -> None:
    session.expire_all()
    sent = {"version": str(survey.version), "sample": sample}
    answer = desk.post(f"/p/buch/surveys/{survey.slug}/course", data=sent)
    assert answer.status_code == 303


def crossed(desk: FlaskClient, survey: Survey, more: str = "") -> str:
    return desk.get(f"/p/buch/surveys/{survey.slug}/cross{CROSS}{more}").text


def test_a_census_carries_no_test(desk: FlaskClient, survey: Survey) -> None:
    page = crossed(desk, survey)
    assert TEST not in page and NONE not in page and "χ²" not in page


def test_a_random_sample_carries_one_test_with_its_condition(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    declare(desk, session, survey, Sample.RANDOM)
    page = crossed(desk, survey)
    assert TEST in page and "df = 1" in page and "n = 80" in page
    assert "mindestens 5" in page
    assert "Zufallsstichprobe" in page and CENSUS not in page
    assert "durch Los gezogen" in desk.get(f"/p/buch/surveys/{survey.slug}/method").text


def test_there_is_no_test_where_few_are_expected_or_answers_depend_on_each_other(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    declare(desk, session, survey, Sample.RANDOM)
    assert NONE not in crossed(desk, survey) and TEST not in crossed(desk, survey, "&all=1")
    for each in session.scalars(select(Organisation).filter(Organisation.code > "O2")):
        each.sector = Sector.SOCIETY
    session.commit()
    page = crossed(desk, survey)
    assert NONE in page and TEST not in page


def test_what_is_taken_back_carries_none_again(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    declare(desk, session, survey, Sample.RANDOM)
    declare(desk, session, survey, Sample.OPEN)
    page = crossed(desk, survey)
    assert TEST not in page and "Weder Vollerhebung noch Zufallsstichprobe" in page
    declare(desk, session, survey, Sample.CENSUS)
    assert TEST not in crossed(desk, survey)


def test_the_test_is_frozen_for_the_team_and_no_part_of_what_everyone_sees(
    app: Flask, desk: FlaskClient, session: Session, survey: Survey
) -> None:
    declare(desk, session, survey, Sample.RANDOM)
    sent = {"survey": survey.slug, "chart": "cross", "rows": "sector", "columns": "org_type"}
    desk.post("/p/buch/stand", data=sent)
    frozen = session.scalars(select(Frozen)).one()
    assert TEST in str(frozen.content) and "χ²" not in str(frozen.public)


def test_an_open_survey_is_not_asked_for_a_sample(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    assert 'name="sample"' in desk.get(f"/p/buch/surveys/{survey.slug}/course").text
    session.execute(delete(Response))
    session.get_one(Survey, survey.id).kind = Kind.OPEN
    session.commit()
    assert 'name="sample"' not in desk.get(f"/p/buch/surveys/{survey.slug}/course").text
