import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project, User
from surveys.exchange.xlsform import read_xlsform
from surveys.fieldwork import starting
from surveys.models import State, Subject, Survey
from surveys.translating import reviewing
from tests.story import NOON, browser_of
from tests.surveys.example import a_survey, answer


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project)


def workbook(*rows: tuple[str, ...]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet
    sheet.title = "survey"
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def send(desk: FlaskClient, content: bytes, **more: str) -> tuple[int, str]:
    data = {"key": "k1", "title": "", "subject": "organisations"} | more
    file = (io.BytesIO(content), "bogen.xlsx")
    sent = desk.post("/p/buch/surveys/upload", data=data | {"file": file})
    return sent.status_code, sent.text


def test_a_project_without_surveys_is_told_how_to_begin(desk: FlaskClient) -> None:
    page = desk.get("/p/buch/surveys")
    assert "/p/buch/surveys/new" in page.text


def test_a_survey_begins_from_a_questionnaire_that_comes_along(
    desk: FlaskClient, session: Session
) -> None:
    form = {"key": "k", "instrument": "osi_refugee_conversation", "title": "Gespräche 2026"}
    for _ in range(2):  # a retry changes nothing
        answer = desk.post("/p/buch/surveys", data=form)
        assert answer.status_code == 303
    survey = session.scalars(select(Survey)).one()
    assert (survey.subject, survey.state) == (Subject.PERSONS, State.DRAFT)
    page = desk.get(answer.location)
    assert "Gespräche 2026" in page.text


def test_a_form_of_ones_own_is_checked_and_its_report_kept(
    desk: FlaskClient, session: Session
) -> None:
    form = workbook(("type", "name", "label"), ("start", "begun", ""), ("text", "a", "A?"))
    assert send(desk, form)[0] == 303
    survey = session.scalars(select(Survey)).one()
    report = desk.get(f"/p/buch/surveys/{survey.slug}/versions/1")
    assert "„start“ wird" in report.text
    assert desk.get(f"/p/buch/surveys/{survey.slug}/versions/2").status_code == 404


def test_a_questionnaire_is_taken_along_and_brought_back_as_it_was(
    desk: FlaskClient, survey: Survey, session: Session
) -> None:
    page = desk.get(f"/p/buch/surveys/{survey.slug}").text
    path = f"/p/buch/surveys/{survey.slug}/versions/1/form.xlsx"
    assert f'href="{path}"' in page
    file = desk.get(path)
    assert file.headers["Content-Disposition"].endswith(f"{survey.slug}-1.xlsx")
    reading = read_xlsform(file.data, "bogen")
    assert reading.definition
    asked = [(item.name, item.label) for item in starting.latest(session, survey).walk()]
    assert [(item.name, item.label) for item in reading.definition.walk()] == asked
    assert desk.get(f"/p/buch/surveys/{survey.slug}/versions/9/form.xlsx").status_code == 404


def test_a_form_with_errors_stores_nothing_and_says_why(
    desk: FlaskClient, session: Session
) -> None:
    broken = workbook(("type", "name", "label"), ("select_one nowhere", "a", "A"))
    status, page = send(desk, broken)
    assert status == 422
    assert "nowhere" in page
    assert session.scalar(select(Survey)) is None


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04broken"])
def test_what_is_no_form_is_refused_with_a_sentence(desk: FlaskClient, content: bytes) -> None:
    status, page = send(desk, content)
    assert status == 422
    assert "err" in page or "notice bad" in page


def test_a_survey_is_opened_closed_and_opened_again(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    page = f"/p/buch/surveys/{survey.slug}"
    assert "/opening/removal" in desk.get(page).text
    answer(session, survey, {}, sent=None)
    session.commit()
    assert "/opening/removal" not in desk.get(page).text
    assert desk.post(f"{page}/opening/removal").status_code == 409
    for step, state in (("closing", State.CLOSED), ("closing/removal", State.OPEN)):
        assert desk.post(f"{page}/{step}").location == page
        session.refresh(survey)
        assert survey.state == state


def test_a_survey_gets_another_name_and_a_next_wave(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    page = f"/p/buch/surveys/{survey.slug}"
    desk.post(f"{page}/title", data={"title": "<b>Neu</b>"})
    assert "&lt;b&gt;Neu&lt;/b&gt;" in desk.get(page).text
    assert desk.post(f"{page}/title", data={"title": " "}).status_code == 422
    wave = desk.post(f"{page}/waves", data={"title": "Welle 2", "key": "w"})
    assert wave.location == "/p/buch/surveys/welle-2"
    assert desk.post(f"{page}/waves", data={"title": "", "key": "w"}).status_code == 422
    assert "Welle 2" in desk.get("/p/buch/surveys").text


def test_a_public_link_that_no_phone_can_open_says_so(
    desk: FlaskClient, survey: Survey
) -> None:
    assert "OSI_PUBLIC_URL" in desk.get(f"/p/buch/surveys/{survey.slug}").text


def test_the_task_force_reads_and_changes_nothing(
    app: Flask, tarik: User, survey: Survey
) -> None:
    browser, page = browser_of(tarik, app), f"/p/buch/surveys/{survey.slug}"
    for address in ("/p/buch/surveys", page, f"{page}/results"):
        found = browser.get(address)
        assert found.status_code == 200
        assert "<button" not in found.text.partition("<main")[2]
    for address in (f"{page}/responses", f"{page}/exports", f"{page}/texts/idea"):
        assert browser.get(address).status_code == 403
    assert browser.post(f"{page}/closing").status_code == 403


@pytest.mark.parametrize(
    "place", ["", "/results", "/responses", "/exports", "/texts/idea", "/versions/1"]
)
def test_a_survey_elsewhere_is_like_none(
    desk: FlaskClient, session: Session, elsewhere: Project, place: str
) -> None:
    foreign = a_survey(session, elsewhere)
    unknown = desk.get(f"/p/buch/surveys/unknown{place}")
    found = desk.get(f"/p/buch/surveys/{foreign.slug}{place}")
    assert (found.status_code, unknown.status_code) == (404, 404)


def test_a_draft_is_deleted_and_comes_back(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    survey.state = State.DRAFT
    session.commit()
    place = f"/p/buch/surveys/{survey.slug}"
    assert f"{place}/removal" in desk.get(place).text
    page = desk.post(f"{place}/removal", follow_redirects=True).text
    assert f'action="{place}/return"' in page and f'href="{place}"' not in page
    assert desk.post(f"{place}/opening").status_code == 409
    assert "Dieser Entwurf ist gelöscht." in desk.get(place).text

    page = desk.post(f"{place}/return", follow_redirects=True).text
    assert "Dieser Entwurf ist gelöscht." not in page
    assert f'href="{place}"' in desk.get("/p/buch/surveys").text


@pytest.mark.parametrize("state", [State.OPEN, State.CLOSED])
def test_what_people_could_answer_is_not_deleted(
    desk: FlaskClient, session: Session, survey: Survey, state: State
) -> None:
    survey.state = state
    session.commit()
    place = f"/p/buch/surveys/{survey.slug}"
    assert f"{place}/removal" not in desk.get(place).text
    assert desk.post(f"{place}/removal").status_code == 409
    assert f'href="{place}"' in desk.get("/p/buch/surveys").text


def test_a_draft_with_answers_is_not_deleted(
    desk: FlaskClient, session: Session, survey: Survey
) -> None:
    answer(session, survey, {})
    survey.state = State.DRAFT
    session.commit()
    assert desk.post(f"/p/buch/surveys/{survey.slug}/removal").status_code == 409


def test_respondents_read_the_title_of_the_team_in_their_language_or_the_nearest(
    desk: FlaskClient, client: FlaskClient, session: Session, survey: Survey
) -> None:
    definition = starting.latest(session, survey)
    reviewing.release(
        session, survey, definition, "ar", by="Birte", today=NOON.date(), knowingly=True
    )
    session.commit()
    titles = {"title": "Wer macht mit <in> Buch?", "title-en": "Who joins in?"}
    desk.post(f"/p/buch/surveys/{survey.slug}/title", data=titles)
    for language, title in (
        ("de", "Wer macht mit &lt;in&gt; Buch?"),
        ("en", "Who joins in?"),
        ("ar", '<span lang="de" dir="ltr">Wer macht mit &lt;in&gt; Buch?</span>'),
    ):
        page = client.get(f"/s/{survey.slug}", headers={"Accept-Language": language}).text
        assert f"<bdi>{title}</bdi>" in page.partition("<main")[0]
