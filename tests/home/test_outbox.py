import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
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
    desk: FlaskClient, send: Callable[..., None], session: Session
) -> None:
    send("Ihr Link", "here")
    page = desk.get("/p/buch/people/outbox").text
    assert "Ihr Link" in page and "a@<wbr>example.org" in page
    number = session.query(mail.OutboxMail.id).scalar()
    page = desk.get(f"/p/buch/people/outbox/{number}").text
    assert "Ihr Link" in page and "a@example.org" in page and "Hallo &lt;b&gt;" in page
    assert 'href="mailto:a@example.org?subject=Ihr%20Link&amp;body=Hallo%20%3Cb%3E"' in page


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
    assert "Ihr Link" in page and "a@<wbr>example.org" in page
    number = session.query(mail.OutboxMail.id).scalar()
    page = desk.get(f"/p/buch/people/outbox/{number}").text
    assert "Ihr Link" in page and "secret" not in page and "mailto:" not in page


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
    assert "ConnectionRefusedError" in desk.get(f"/p/buch/people/outbox/{mine.id}").text


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


def shelf(desk: FlaskClient, name: str, words: str = "") -> str:
    return desk.get(f"/p/buch/people/outbox?shelf={name}&q={words}").text


def test_what_was_sent_by_hand_leaves_the_open_ones_until_it_is_taken_back(
    desk: FlaskClient, send: Callable[..., None], session: Session
) -> None:
    send("Der erste", "here")
    send("Der zweite", "here")
    first, second = session.scalars(select(mail.OutboxMail.id).order_by(mail.OutboxMail.id))
    place = "/p/buch/people/outbox"
    assert desk.post(f"{place}/{second}/sent").location == f"{place}/{first}"
    assert "Der zweite" in desk.get(place).text  # the notice, with its button
    assert "Der zweite" not in shelf(desk, "open") and "Der zweite" in shelf(desk, "sent")
    assert desk.post(f"{place}/{first}/sent").location == place

    desk.post(f"{place}/{second}/sent/removal", follow_redirects=True)
    assert "Der zweite" in shelf(desk, "open") and "Der zweite" not in shelf(desk, "sent")


def test_a_mail_need_not_be_sent(
    desk: FlaskClient, send: Callable[..., None], session: Session
) -> None:
    send("Doch nicht", "here")
    number = session.scalars(select(mail.OutboxMail.id)).one()
    desk.post(f"/p/buch/people/outbox/{number}/dropping", follow_redirects=True)
    assert "Doch nicht" not in shelf(desk, "open") and "Doch nicht" in shelf(desk, "dropped")
    desk.post(f"/p/buch/people/outbox/{number}/dropping/removal", follow_redirects=True)
    assert "Doch nicht" in shelf(desk, "open")


def test_what_the_server_has_sent_cannot_be_taken_back_by_hand(
    desk: FlaskClient, send: Callable[..., None], session: Session
) -> None:
    send("Ihr Link", "here")
    session.execute(update(mail.OutboxMail).values(sent=clock.now()))
    session.commit()
    number = session.scalars(select(mail.OutboxMail.id)).one()
    place = f"/p/buch/people/outbox/{number}"
    assert "/sent/removal" not in desk.get(place).text
    assert desk.post(f"{place}/sent/removal").status_code == 409
    assert desk.post(f"{place}/dropping").status_code == 409
    assert "Ihr Link" in shelf(desk, "sent")


def test_what_was_sent_by_hand_can_be_taken_back_beside_a_mail_server(
    desk: FlaskClient, send: Callable[..., None], app: Flask, session: Session
) -> None:
    send("Ihr Link", "here")
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    number = session.scalars(select(mail.OutboxMail.id)).one()
    place = f"/p/buch/people/outbox/{number}"
    desk.post(f"{place}/sent")
    assert "/sent/removal" in desk.get(place).text
    assert desk.post(f"{place}/sent/removal").location == place
    assert "Ihr Link" in shelf(desk, "open")


def test_mails_are_found_by_subject_and_address(
    desk: FlaskClient, send: Callable[..., None]
) -> None:
    send("Die Einladung", "here")
    send("Der Rundbrief", "here")
    found = shelf(desk, "open", "einlad")
    assert "Die Einladung" in found and "Der Rundbrief" not in found
    assert "Der Rundbrief" in shelf(desk, "open", "A@EXAMPLE")
    assert "Die Einladung" not in shelf(desk, "open", "niemand")


def test_a_list_of_mails_makes_no_link_anew(
    desk: FlaskClient, send: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(text: str) -> str:
        raise AssertionError(text)

    monkeypatch.setitem(mail.FILLERS, "", refuse)
    send("Die Einladung", "here")
    assert "Die Einladung" in shelf(desk, "open")


def test_a_mail_that_only_its_recipient_reads_is_like_none(
    desk: FlaskClient, send: Callable[..., None], session: Session
) -> None:
    send("Die Ergebnisse", "here")
    session.execute(update(mail.OutboxMail).values(purpose="results"))
    session.commit()
    number = session.scalars(select(mail.OutboxMail.id)).one()
    assert "Die Ergebnisse" not in shelf(desk, "open")
    assert desk.get(f"/p/buch/people/outbox/{number}").status_code == 404
    assert desk.post(f"/p/buch/people/outbox/{number}/sent").status_code == 404


def test_an_empty_outbox_says_when_mails_come(desk: FlaskClient) -> None:
    page = desk.get("/p/buch/people/outbox").text
    assert "Sobald Sie jemandem schreiben" in page


def test_what_a_mail_says_can_be_copied_at_once(
    desk: FlaskClient, send: Callable[..., None], session: Session
) -> None:
    send("Ihr Link", "here")
    number = session.query(mail.OutboxMail.id).scalar()
    page = desk.get(f"/p/buch/people/outbox/{number}").text
    for field in re.findall(r'data-copies="(\w+)"', page):
        assert f'id="{field}"' in page
    assert page.count("data-copies") == page.count('data-copied="Kopiert" hidden') == 3
