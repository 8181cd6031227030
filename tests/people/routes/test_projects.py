from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.models import Project, Role, User
from tests.story import a_member, a_user, browser_of


@pytest.fixture
def ada(keep: Callable[[User], User]) -> User:
    user = a_user("Ada")
    user.is_administrator = True
    return keep(user)


def test_an_administrator_begins_a_project_and_is_in_it(app: Flask, ada: User) -> None:
    browser = browser_of(ada, app)
    assert browser.get("/projects").status_code == 200
    for _ in range(2):  # a double click
        answer = browser.post("/projects", data={"key": "form", "name": "Neue Wege"})
        assert (answer.status_code, answer.location) == (303, "/p/neue-wege")
    assert browser.get("/p/neue-wege").status_code == 200
    assert browser.get("/projects").location == "/p/neue-wege"
    assert "Neue Wege" in browser.get("/projects?all=1").text


def test_a_project_needs_a_name(app: Flask, ada: User) -> None:
    answer = browser_of(ada, app).post("/projects", data={"key": "form", "name": "  "})
    assert answer.status_code == 422


def test_others_begin_none(desk: FlaskClient, session: Session) -> None:
    assert '<form class="card' not in desk.get("/projects?all=1").text
    answer = desk.post("/projects", data={"key": "form", "name": "Neue Wege"})
    assert answer.status_code == 409
    assert session.query(Project).count() == 1


def test_only_ones_own_projects_are_listed(
    desk: FlaskClient, session: Session, elsewhere: Project, birte: User, carim: User
) -> None:
    assert "Elsewhere" not in desk.get("/projects?all=1").text
    session.add(a_member(elsewhere, birte, Role.PANEL))
    session.commit()
    page = desk.get("/projects").text
    assert "Elsewhere" in page and "Campus Buch" in page


def test_who_has_none_yet_is_told_what_to_do(app: Flask, keep: Callable[[User], User]) -> None:
    page = browser_of(keep(a_user("Nele")), app).get("/projects")
    assert page.status_code == 200 and 'class="notice"' in page.text
