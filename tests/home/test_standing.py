from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.keys import Keyring
from home.standing import Standing
from people.models import Organisation, Project, User
from tests.story import an_organisation, browser_of


def test_a_new_project_begins_with_its_register(
    session: Session, keys: Keyring, project: Project
) -> None:
    standing = Standing(session, keys, project)
    assert (standing.now, standing.organisations, standing.survey) == (1, 0, None)


def test_with_a_register_the_survey_is_next(
    session: Session,
    keys: Keyring,
    project: Project,
    keep: Callable[[Organisation], Organisation],
) -> None:
    keep(an_organisation(project, "O01", "Radhaus"))
    assert Standing(session, keys, project).now == 2


def test_an_empty_project_is_told_what_to_do(desk: FlaskClient) -> None:
    page = desk.get("/p/buch", headers={"Accept-Language": "en"}).text
    assert "The register is empty." in page
    assert 'href="/p/buch/people/import"' in page


@pytest.mark.parametrize("way", ["/p/buch/people/import", "/p/buch/surveys/new"])
def test_the_task_force_is_not_sent_where_it_may_not_go(
    app: Flask, tarik: User, way: str
) -> None:
    page = browser_of(tarik, app).get("/p/buch")
    assert page.status_code == 200
    assert way not in page.text


def test_the_first_page_leads_everyone_in(app: Flask, client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept-Language": "de"}).text
    assert 'href="/sign-in"' in page and "/sign-in/link" not in page  # no mail could leave
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"
    page = client.get("/", headers={"Accept-Language": "de"}).text
    for way in ('action="/join"', 'action="/r"', 'action="/sign-in/link"', 'href="/sign-in"'):
        assert way in page
