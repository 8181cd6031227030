import csv
import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Naming, Project, User
from surveys.interviews.models import Passage
from surveys.models import Kind, Response, Survey
from surveys.reporting.models import Frozen
from tests.story import browser_of
from tests.surveys.example import a_survey, answer
from tests.surveys.interviews.story import IDEA, QUESTION, asking, radhaus


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return asking(session, project)


@pytest.fixture
def response(session: Session, survey: Survey, project: Project) -> Response:
    found = answer(session, survey, {QUESTION: IDEA, "quote": "yes"}, radhaus(session, project))
    session.commit()
    return found


def page_of(survey: Survey) -> str:
    return f"/p/buch/surveys/{survey.slug}/texts/{QUESTION}"


def typed(response: Response, **more: str) -> dict[str, str]:
    return {"key": "k", "text": str(response.id), "term": "sprachc", "then": "9"} | more


def undo(desk: FlaskClient, page: str) -> str:
    found = re.search(r'action="([^"]+)"><[^>]+><button class="btn">(Rückgängig|Undo)', page)
    assert found
    return found[1].replace("&amp;", "&")


def test_a_text_gets_a_term_and_loses_it_and_gets_it_back(
    desk: FlaskClient, session: Session, survey: Survey, response: Response
) -> None:
    page = page_of(survey)
    there = f"{page}?words=k%C3%BCche"
    answered = desk.post(there, data=typed(response, stretch="eine Küche", meaning="offer"))
    assert answered.status_code == 303
    assert answered.location == f"{there}#term-9"
    shown = desk.get(there).text
    assert "<mark>eine Küche</mark>" in shown
    assert desk.post(undo(desk, shown)).location == there
    shown = desk.get(there).text
    assert "<mark>" not in shown
    assert desk.post(undo(desk, shown)).location == there
    assert "<mark>eine Küche</mark>" in desk.get(there).text


def test_what_is_wrong_is_said_at_the_text_and_all_that_was_typed_stays(
    desk: FlaskClient, survey: Survey, response: Response
) -> None:
    wrong = typed(response, term="jobs", stretch="eine Halle", meaning="need")
    answered = desk.post(page_of(survey), data=wrong)
    assert answered.status_code == 422
    assert f'id="error-{response.id}"' in answered.text
    for kept in ('value="jobs"', "eine Halle</textarea>", 'value="need" selected'):
        assert kept in answered.text
    assert desk.post(page_of(survey), data=typed(response, text="999")).status_code == 422
    unknown = desk.post(page_of(survey), data=typed(response, term="<b>Quatsch"))
    assert unknown.status_code == 422
    assert "<b>Quatsch" not in unknown.text


def test_a_quote_is_offered_with_consent_only(
    desk: FlaskClient, session: Session, survey: Survey, response: Response
) -> None:
    offered = 'value="quote"'
    assert offered in desk.get(page_of(survey)).text
    response.answers = {**response.answers, "quote": "no"}
    survey.version += 1
    response.saved = response.begun
    session.commit()
    shown = desk.get(page_of(survey)).text
    assert offered not in shown
    refused = desk.post(page_of(survey), data=typed(response, meaning="quote"))
    assert refused.status_code == 422
    assert session.scalar(select(Passage.id)) is None


def test_the_terms_are_counted_and_the_count_can_be_taken_along_and_frozen(
    desk: FlaskClient, session: Session, survey: Survey, response: Response
) -> None:
    desk.post(page_of(survey), data=typed(response))
    assert "n = 1" in desk.get(page_of(survey)).text
    address = f"/p/buch/surveys/{survey.slug}/figures/terms"
    table = desk.get(f"{address}.csv?question={QUESTION}").text
    assert re.search(r"Sprachcafé / Sprachtandem;1;100", table)
    assert desk.get(f"{address}.svg").status_code == 404
    frozen = {"survey": survey.slug, "chart": "terms", "question": QUESTION}
    assert desk.post("/p/buch/stand", data=frozen).status_code == 303
    assert "Sprachcafé" in repr(session.scalars(select(Frozen)).one().content)


def test_all_passages_are_searched_and_taken_along_with_the_name_that_may_be_cited(
    desk: FlaskClient, session: Session, survey: Survey, response: Response, project: Project
) -> None:
    assert "/passages/table.csv" not in desk.get("/p/buch/passages").text
    desk.post(page_of(survey), data=typed(response, meaning="quote"))
    page = desk.get("/p/buch/passages?meaning=quote").text
    assert "Organisation 1 (" in page
    assert IDEA in page
    assert IDEA not in desk.get("/p/buch/passages?meaning=need").text
    (head, row) = csv.reader(
        io.StringIO(desk.post("/p/buch/passages/table.csv").data.decode("utf-8-sig")),
        delimiter=";",
    )
    assert len(head) == len(row)
    assert IDEA in row
    assert "Radhaus Buch" in row
    assert any(cell.startswith("Organisation 1 (") for cell in row)
    radhaus(session, project).naming = Naming.PUBLIC
    session.commit()
    assert "Organisation 1 (" not in desk.get("/p/buch/passages").text


def test_whoever_takes_passages_along_is_noted_with_their_number(
    desk: FlaskClient, survey: Survey, response: Response
) -> None:
    exports = f"/p/buch/surveys/{survey.slug}/exports"
    desk.post(page_of(survey), data=typed(response, meaning="quote"))
    desk.get("/p/buch/passages")
    desk.post("/p/buch/passages/table.csv?meaning=need")  # none
    assert "Birte" not in desk.get(exports).text.partition("<main")[2]
    desk.post("/p/buch/passages/table.csv")
    (row,) = desk.get(exports).text.partition("<tbody>")[2].split("<tr>")[1:]
    assert "Birte" in row and "Textstellen" in row and '<td class="n">1</td>' in row
    assert "Birte" in desk.get(f"{exports}?words=textstellen").text.partition("<tbody>")[2]


def test_the_task_force_reads_no_single_texts(
    app: Flask, tarik: User, survey: Survey, response: Response
) -> None:
    visitor = browser_of(tarik, app)
    for address in (page_of(survey), "/p/buch/passages"):
        assert visitor.get(address).status_code == 403
    assert visitor.post("/p/buch/passages/table.csv").status_code == 403
    assert visitor.get(f"/p/buch/surveys/{survey.slug}/interviews").status_code == 403


def test_pages_without_anything_say_what_to_do(
    desk: FlaskClient, session: Session, elsewhere: Project, project: Project
) -> None:
    plain = a_survey(session, project)
    for address in (page_of(plain), f"/p/buch/surveys/{plain.slug}/interviews"):
        assert 'class="empty"' in desk.get(address).text
    assert 'class="empty"' in desk.get("/p/buch/passages").text


def test_no_single_answer_of_an_anonymous_survey_is_shown(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    plain = a_survey(session, project)
    plain.kind = Kind.ANONYMOUS
    whom = radhaus(session, project)
    session.commit()
    assert desk.get(page_of(plain)).status_code == 409
    assert desk.post(page_of(plain), data={"text": "1", "term": "jobs"}).status_code == 409
    assert "/texts/" not in desk.get(f"/p/buch/surveys/{plain.slug}/results?all=1").text
    guide = desk.get(f"/p/buch/surveys/{plain.slug}/interviews/{whom.code}").text
    assert "Diese Befragung ist anonym" in guide
    assert 'name="note idea"' in guide
