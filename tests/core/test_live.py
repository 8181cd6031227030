from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app import create_app
from core import headers, live
from core.db import db
from people.models import Project

pytestmark = pytest.mark.both_engines


@pytest.fixture(autouse=True)
def watched() -> None:
    live.watch("project", Project.version)


@pytest.fixture
def seal(app: Flask) -> Callable[[int, int], str]:
    return lambda row_id, number: app.extensions["live"].seal("project", row_id, number)


def test_whoever_shows_the_latest_hears_nothing_new(
    client: FlaskClient, project: Project, seal: Callable[[int, int], str]
) -> None:
    answer = client.get(f"/nowhere?page=a&seen={seal(project.id, 1)}")
    assert (answer.status_code, answer.data) == (204, b"")


def test_the_answer_says_what_every_answer_says(
    client: FlaskClient, project: Project, seal: Callable[[int, int], str]
) -> None:
    answer = client.get(f"/nowhere?seen={seal(project.id, 1)}", base_url="https://localhost")
    assert dict(answer.headers) == {
        **headers.HEADERS,
        "Cache-Control": "no-store",
        "Strict-Transport-Security": headers.HTTPS_ONLY,
    }


def test_behind_a_proxy_https_stays_https(
    app: Flask, project: Project, seal: Callable[[int, int], str]
) -> None:
    settings = {name: app.config[name] for name in ("DATA", "SECRET_KEY", "DATABASE_URL")}
    proxied = create_app(TESTING=True, PROXIES=1, **settings)
    answer = proxied.test_client().get(
        f"/nowhere?seen={seal(project.id, 1)}", headers={"X-Forwarded-Proto": "https"}
    )
    assert answer.status_code == 204
    assert answer.headers["Strict-Transport-Security"] == headers.HTTPS_ONLY
    with proxied.app_context():
        db.engine.dispose()


def test_news_are_left_to_the_app(
    client: FlaskClient, session: Session, project: Project, seal: Callable[[int, int], str]
) -> None:
    shown = f"/nowhere?seen={seal(project.id, 1)}"
    assert client.get(shown).status_code == 204
    project.changed()
    session.commit()
    assert client.get(shown).status_code == 404
    assert client.get(f"/nowhere?seen={seal(project.id, 2)}").status_code == 204


@pytest.mark.parametrize("made_up", ["project.1.1", "project.1.1.00", "", ".", "é", "a.b.c.d"])
def test_nobody_learns_a_number_by_guessing(
    client: FlaskClient, project: Project, made_up: str
) -> None:
    assert client.get(f"/nowhere?seen={made_up}").status_code == 404


def test_a_seal_of_one_row_does_not_fit_another(
    client: FlaskClient, project: Project, elsewhere: Project, seal: Callable[[int, int], str]
) -> None:
    forged = seal(project.id, 1).replace(f".{project.id}.", f".{elsewhere.id}.", 1)
    assert client.get(f"/nowhere?seen={forged}").status_code == 404


def test_a_row_that_is_gone_is_left_to_the_app(
    client: FlaskClient, project: Project, seal: Callable[[int, int], str]
) -> None:
    assert client.get(f"/nowhere?seen={seal(project.id + 99, 1)}").status_code == 404


def test_only_questions_are_answered_so(
    client: FlaskClient, project: Project, seal: Callable[[int, int], str]
) -> None:
    assert client.post(f"/nowhere?seen={seal(project.id, 1)}").status_code == 404
