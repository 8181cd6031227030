from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core import clock
from people.models import Project
from surveys.definition import Definition, Item
from surveys.models import Response, State, Survey
from surveys.routes.keeping_time import keep_time
from tests.surveys.answers import Reader, Respondent, a_register, a_survey, instrument
from tests.surveys.example import answer

COURSE = "/p/buch/surveys/pankow/course"


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    a_register(session, project, 3)
    return a_survey(session, project, instrument("enterprise_survey"))


def test_the_time_of_berlin_is_typed_and_read(
    desk: FlaskClient, session: Session, survey: Survey, client: FlaskClient
) -> None:
    desk.post(COURSE, data={"closes": "2036-07-01T18:00"})
    session.refresh(survey)
    assert survey.closes and survey.closes.isoformat() == "2036-07-01T16:00:00+00:00"
    assert 'value="2036-07-01T18:00"' in desk.get(COURSE).text
    assert "1. Juli 2036, 18:00" in desk.get("/p/buch/surveys/pankow").text
    first = client.get("/s/pankow", headers={"Accept-Language": "de"})
    assert "1. Juli 2036, 18:00" in first.text


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("closes", "2001-01-01T10:00", "Dieser Zeitpunkt ist vorbei"),
        ("closes", "morgen", "gültig"),
        ("most", "-3", "zwischen 1 und"),
        ("thanks-de", "x" * 2001, "2000"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_stays(
    desk: FlaskClient, survey: Survey, field: str, typed: str, said: str
) -> None:
    page = desk.post(COURSE, data={"farewell-de": "Bis bald", field: typed})
    assert page.status_code == 422
    assert said in page.text.partition(f'id="{field}-error"')[2].partition("</p>")[0]
    assert typed in page.text and "Bis bald" in page.text


def test_last_words_are_read_in_ones_language_or_in_another_with_its_name(
    desk: FlaskClient, client: FlaskClient, survey: Survey, session: Session
) -> None:
    words = {"farewell-de": "Bis bald\nin Buch & <b>", "thanks-de": "Vielen Dank"}
    desk.post(COURSE, data=words)
    desk.post("/p/buch/surveys/pankow/closing")
    page = client.get("/s/pankow", headers={"Accept-Language": "ar"}).text
    assert 'lang="de" dir="auto">Bis bald\nin Buch &amp; &lt;b&gt;</p>' in page


def test_a_full_survey_says_so_and_stores_nothing(
    desk: FlaskClient, app: Flask, session: Session, survey: Survey
) -> None:
    desk.post(COURSE, data={"most": "1"})
    late = Respondent(app.test_client(), "/s/pankow")
    answer(session, survey, {})
    session.commit()
    assert app.test_client().get("/s/pankow").status_code == 410
    late.send(consent="yes")
    assert late.answer.status_code == 409
    assert "1 von 1" in desk.get("/p/buch/surveys/pankow").text


def test_the_clock_closes_while_nobody_looks(
    app: Flask, session: Session, survey: Survey
) -> None:
    past = clock.now() - timedelta(minutes=1)
    session.execute(update(Survey).values(closes=past))
    session.commit()
    with app.app_context():
        keep_time()
    session.refresh(survey)
    assert survey.state == State.CLOSED
    assert app.test_client().get("/s/pankow").status_code == 410


def test_what_somebody_else_laid_down_meanwhile_is_not_written_over(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    seen = str(survey.version)
    assert desk.post(COURSE, data={"version": seen, "most": "7"}).status_code == 303
    late = desk.post(COURSE, data={"version": seen, "thanks-de": "Danke sehr"})
    assert late.status_code == 409 and "Danke sehr" in late.text
    session.refresh(survey)
    assert (survey.most, dict(survey.thanks)) == (7, {})
    again = Reader(late.text).forms["/p/buch/surveys/pankow/course"].data()
    assert desk.post(COURSE, data=again).status_code == 303
    session.refresh(survey)
    assert dict(survey.thanks) == {"de": "Danke sehr"}


def test_who_hands_in_after_the_last_place_was_taken_is_told_and_keeps_a_draft(
    desk: FlaskClient, app: Flask, session: Session, project: Project
) -> None:
    form = Definition({"de": "Kurz"}, "short", "de", ("de",), (
        Item("question", "why", "text", {"de": "Warum?"}),
        Item("group", "end", label={"de": "Ende"}, items=(
            Item("question", "how", "text", {"de": "Wie?"}),)),
    ))  # fmt: skip
    short = a_survey(session, project, form, slug="short")
    late = Respondent(app.test_client(), "/s/short").send(why="darum")
    answer(session, short, {})
    short.most = 1
    session.commit()
    late.send(how="so")
    assert late.answer.status_code == 410 and "genug Antworten" in late.html
    session.expire_all()
    mine = session.scalars(select(Response).filter_by(survey_id=short.id, submitted=None)).one()
    assert mine.answers == {"why": "darum", "how": "so"}
