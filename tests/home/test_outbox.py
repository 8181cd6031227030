import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core import clock, mail
from core.db import db
from people.models import Project, User
from tests.story import browser_of


@pytest.fixture
def send(app: Flask, project: Project, elsewhere: Project) -> Callable[..., None]:
    numbers = {"here": project.id, "elsewhere": elsewhere.id}

    def send(subject: str, where: str = "") -> None:
        with app.app_context():
            mail.send("a@example.org", subject, "Hallo <b>", project_id=numbers.get(where))
            db.session.commit()

    return send


def test_a_facilitator_copies_the_mails_of_the_project(
    desk: FlaskClient, send: Callable[..., None]
) -> None:
    send("Ihr Link", "here")
    page = desk.get("/p/buch/people/outbox").text
    assert "Ihr Link" in page and "a@example.org" in page and "Hallo &lt;b&gt;" in page


def test_mails_of_others_and_of_no_project_stay_closed(
    desk: FlaskClient, send: Callable[..., None]
) -> None:
    send("Anderswo", "elsewhere")
    send("Passwort")
    page = desk.get("/p/buch/people/outbox").text
    assert "Anderswo" not in page and "Passwort" not in page


def test_administrators_see_mails_of_no_project(
    desk: FlaskClient, birte: User, send: Callable[..., None], session: Session
) -> None:
    birte.is_administrator = True
    session.commit()
    send("Passwort")
    assert "Passwort" in desk.get("/p/buch/people/outbox").text


def test_nobody_reads_the_link_with_which_another_signs_in(
    desk: FlaskClient, birte: User, app: Flask, session: Session
) -> None:
    birte.is_administrator = True
    session.commit()
    with app.app_context():
        mail.send("a@example.org", "Ihr Link", "http://here/secret", purpose=mail.ACCOUNT)
        db.session.commit()
    page = desk.get("/p/buch/people/outbox").text
    assert "Ihr Link" in page and "a@example.org" in page
    assert "secret" not in page


def test_the_task_force_reads_no_mail(app: Flask, tarik: User) -> None:
    assert browser_of(tarik, app).get("/p/buch/people/outbox").status_code == 403


def test_a_mail_that_rests_can_be_sent(
    desk: FlaskClient, app: Flask, send: Callable[..., None], session: Session
) -> None:
    send("Ihr Link", "here")
    send("Anderswo", "elsewhere")
    mine, foreign = session.query(mail.OutboxMail).order_by(mail.OutboxMail.id)
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"  # nobody is there
    answer = desk.post(f"/p/buch/people/outbox/{mine.id}/again")
    assert (answer.status_code, answer.location) == (303, "/p/buch/people/outbox")
    session.expire_all()
    assert mine.tries == 1 and mine.due and mine.due > clock.now()
    assert foreign.due is None
    assert "ConnectionRefusedError" in desk.get("/p/buch/people/outbox").text


def test_a_foreign_mail_is_like_none(
    desk: FlaskClient, send: Callable[..., None], session: Session
) -> None:
    send("Anderswo", "elsewhere")
    number = session.query(mail.OutboxMail.id).scalar()
    answers = [desk.post(f"/p/buch/people/outbox/{n}/again") for n in (number, number + 1)]
    assert [answer.status_code for answer in answers] == [404, 404]
    # A token of the form tells the second in which it was made.
    pages = [re.sub(r"/\d+/again|value=\"[^\"]+\"", "", answer.text) for answer in answers]
    assert pages[0] == pages[1]
