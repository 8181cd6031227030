"""A typed sheet keeps the wording that was read on it, not that of today."""

import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from people import consents
from people.models import ConsentText, Project
from surveys.models import Agreement, Response, Survey
from tests.story import NOON
from tests.surveys.answers import Reader, a_register, a_survey, instrument

PAPER = "/p/buch/surveys/pankow/paper"


@pytest.fixture
def survey(session: Session, project: Project, desk: FlaskClient) -> Survey:
    consents.seed(session, project, NOON)
    a_register(session, project, 2)
    survey = a_survey(session, project, instrument("enterprise_survey"))
    session.commit()
    return survey


def printed(desk: FlaskClient) -> str:
    found = re.search(r"Einwilligung Nr. ([0-9-]+)", desk.get(f"{PAPER}/form?language=de").text)
    assert found
    return found[1]


def reword(session: Session, project: Project) -> None:
    later = NOON + timedelta(days=1)
    consents.reword(session, project, "survey", "de", "Neue Worte.", 1, later)
    session.commit()


def begin(desk: FlaskClient) -> str:
    answer = desk.post(PAPER, data={"whose": "", "language": "de", "key": "k"})
    return str(answer.location)


def send(desk: FlaskClient, path: str, **typed: str) -> tuple[int, str]:
    form = Reader(desk.get(path).text).forms["page"]
    data = {name: value for name, value in form.data().items() if name != "go"}
    answered = {"consent": "yes", "length": "short", "as_is": "1", "go": "next"}
    answer = desk.post(path, data=data | answered | typed)
    return answer.status_code, answer.text


def noted(session: Session) -> dict[str, int]:
    session.expire_all()
    found = session.scalars(select(Agreement).join(Response))
    return {each.question: each.text_id for each in found}


def wording(session: Session, number: int) -> int:
    query = select(ConsentText.id).filter_by(purpose="survey", language="de", number=number)
    return session.scalars(query).one()


def test_a_sheet_printed_before_a_new_wording_keeps_the_old_one(
    desk: FlaskClient, session: Session, project: Project, survey: Survey
) -> None:
    old = printed(desk)
    reword(session, project)
    assert printed(desk) != old
    path = begin(desk)
    send(desk, path, printed=old)
    send(desk, path)  # with questions that were added; the number stands there still
    assert noted(session)["consent"] == wording(session, 1)
    send(desk, path, printed=printed(desk))
    assert noted(session)["consent"] == wording(session, 2)


def test_while_there_is_one_wording_only_nothing_must_be_typed(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    number = printed(desk)
    path = begin(desk)
    assert f'name="printed" value="{number}"' in desk.get(path).text
    send(desk, path)
    assert noted(session)["consent"] == wording(session, 1)


def test_without_a_number_no_wording_is_claimed(
    desk: FlaskClient, session: Session, project: Project, survey: Survey
) -> None:
    reword(session, project)
    path = begin(desk)
    assert 'name="printed" value=""' in desk.get(path).text
    send(desk, path)
    send(desk, path)
    assert session.scalars(select(Response)).one().answers["consent"] == "yes"
    assert "consent" not in noted(session)


def test_a_number_of_no_wording_is_said_and_what_is_typed_stays(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    status, page = send(desk, begin(desk), printed="987654", headcount="12")
    assert status == 422
    assert "In dieser Sprache hat keine Einwilligung diese Nummer." in page
    assert 'value="987654"' in page and 'value="12"' in page
    assert noted(session) == {}
