"""On Mondays a letter tells the staff who want it what is new, and what waits for them."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core import clock, mail
from core.keys import Keyring
from home import weekly
from home.routes.weekly import write_weekly
from people.models import Project, User
from tests.story import an_organisation, browser_of

MONDAY = datetime(2026, 11, 30, 6, tzinfo=UTC)


@pytest.fixture
def monday(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return MONDAY


def letters(session: Session, keys: Keyring, project: Project) -> list[mail.Letter]:
    return list(mail.outbox(session, keys, project.id))


def test_who_asked_for_it_gets_one_letter_of_counts(
    app: Flask,
    desk: FlaskClient,
    session: Session,
    keys: Keyring,
    project: Project,
    birte: User,
    monday: datetime,
) -> None:
    organisation = an_organisation(project, "O01", "Radhaus Buch")
    organisation.added = monday - timedelta(days=2)
    session.add(organisation)
    session.commit()
    for _ in range(2):
        desk.post("/p/buch/weekly")
    with app.app_context():
        write_weekly()
    (letter,) = letters(session, keys, project)
    assert letter.to == birte.email
    assert "1 neue Organisation" in letter.text and "noch keine Befragung" in letter.text
    assert "Das wartet auf Sie:" in letter.text
    assert "/p/buch" in letter.text and "Radhaus" not in letter.text


def test_nobody_gets_a_letter_who_did_not_ask_or_ended_it(
    app: Flask,
    desk: FlaskClient,
    session: Session,
    keys: Keyring,
    project: Project,
    monday: datetime,
) -> None:
    desk.post("/p/buch/weekly")
    desk.post("/p/buch/weekly/removal")
    with app.app_context():
        write_weekly()
    assert letters(session, keys, project) == []


def test_it_comes_on_mondays_only(
    app: Flask,
    desk: FlaskClient,
    session: Session,
    keys: Keyring,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk.post("/p/buch/weekly")
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=1))
    with app.app_context():
        write_weekly()
    assert letters(session, keys, project) == []


def test_the_letter_of_the_task_force_sends_nobody_where_they_may_not_go(
    app: Flask,
    session: Session,
    keys: Keyring,
    project: Project,
    tarik: User,
    monday: datetime,
) -> None:
    browser_of(tarik, app).post("/p/buch/weekly")
    assert weekly.wants(session, project, tarik)
    with app.app_context():
        write_weekly()
    (letter,) = letters(session, keys, project)
    assert "Register" not in letter.text and "Das wartet auf Sie" not in letter.text
