import logging
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session, sessionmaker

from core import clock, mail, outbox
from core.db import db
from core.keys import Keyring
from people.models import Project
from tests.postbox import Postbox, postbox
from tests.story import NOON, at_once

__all__ = ["postbox"]  # fixture


@pytest.fixture
def send(app: Flask, project: Project) -> Callable[..., None]:
    def send(
        to: str = "birte@example.org", subject: str = "Der Link", text: str = "Hier:\n/i/abc"
    ) -> None:
        with app.app_context():
            mail.send(to, subject, text, project_id=project.id)
            db.session.commit()

    return send


def parsed(envelope: Any) -> EmailMessage:
    return message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default)


def test_a_mail_arrives(send: Callable[..., None], postbox: Postbox, session: Session) -> None:
    send("birte@example.org", "Ihre Umfrage – ein Link", "Guten Tag,\nhier ist er: ü ع")
    (envelope,) = postbox.arrived
    letter = parsed(envelope)
    assert envelope.rcpt_tos == ["birte@example.org"]
    assert letter["Subject"] == "Ihre Umfrage – ein Link"
    assert letter.get_content().splitlines()[1] == "hier ist er: ü ع"
    assert session.scalars(select(mail.OutboxMail.sent)).one() is not None


def test_without_a_server_it_rests_in_the_outbox(
    app: Flask, send: Callable[..., None], project: Project, session: Session
) -> None:
    send()
    keys: Keyring = app.extensions["keys"]
    (letter,) = mail.outbox(session, keys, project.id)
    assert (letter.to, letter.text) == ("birte@example.org", "Hier:\n/i/abc")
    assert letter.mail.sent is letter.mail.due is None


def test_the_database_does_not_tell_to_whom(
    send: Callable[..., None], session: Session
) -> None:
    send()
    row = str(session.execute(text("SELECT * FROM outbox_mail")).one())
    assert "birte" not in row and "Der Link" not in row and "/i/abc" not in row


def test_a_mail_that_nobody_can_unseal_any_more_stays_in_the_outbox(
    send: Callable[..., None], session: Session, app: Flask
) -> None:
    send()
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"  # nobody is there
    session.execute(update(mail.OutboxMail).values(due=clock.now(), name="another place"))
    session.commit()
    with app.app_context():
        mail.deliver_waiting()
    kept = session.scalars(select(mail.OutboxMail)).one()
    assert kept.sent is None and kept.trouble


def test_a_mail_that_has_nothing_to_tell_any_more_does_not_leave(
    send: Callable[..., None],
    postbox: Postbox,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(mail.FILLERS, "", lambda _: "")
    send()
    assert postbox.arrived == []
    assert session.scalars(select(mail.OutboxMail)).all() == []


def test_a_refused_mail_is_tried_again_later(
    send: Callable[..., None], postbox: Postbox, session: Session, app: Flask
) -> None:
    postbox.answer = "451 try later"
    send()
    waiting = session.scalars(select(mail.OutboxMail)).one()
    assert waiting.due and clock.now() < waiting.due < clock.now() + timedelta(minutes=3)
    assert waiting.trouble == "SMTPDataError 451"

    postbox.answer = "250 OK"
    waiting.due = clock.now()
    session.commit()
    with app.app_context():
        mail.deliver_waiting()
    assert len(postbox.arrived) == 1


def test_after_many_tries_it_rests_until_somebody_asks(
    send: Callable[..., None], postbox: Postbox, session: Session, app: Flask, project: Project
) -> None:
    postbox.answer = "550 no"
    send()
    waiting = session.scalars(select(mail.OutboxMail)).one()
    for _ in range(mail.TRIES):
        waiting.due = waiting.due and clock.now()
        session.commit()
        with app.app_context():
            mail.deliver_waiting()
        session.refresh(waiting)
    assert waiting.due is None and waiting.tries == mail.TRIES

    postbox.answer = "250 OK"
    letter = mail.read(app.extensions["keys"], waiting)
    assert outbox.try_again(session, letter, clock.now())
    session.commit()
    with app.app_context():
        mail.deliver_waiting()
        mail.deliver_waiting()
    assert len(postbox.arrived) == 1
    assert not outbox.try_again(session, letter, clock.now())


def test_a_mail_dropped_while_the_server_hangs_is_not_tried_again(
    send: Callable[..., None], app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    send()
    session.execute(update(mail.OutboxMail).values(due=clock.now()))
    session.commit()

    def hang(*_: object) -> None:
        waiting = session.scalars(select(mail.OutboxMail)).one()
        outbox.drop(session, mail.read(app.extensions["keys"], waiting), clock.now())
        session.commit()
        raise TimeoutError

    monkeypatch.setattr("core.posting.post", hang)
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"
    with app.app_context():
        mail.deliver_waiting()
    dropped = session.scalars(select(mail.OutboxMail)).one()
    session.refresh(dropped)
    assert dropped.dropped and dropped.due is None
    dropped.due = clock.now()  # as an older version left it
    session.commit()
    assert mail.claim(session, clock.now()) is None


def test_a_mail_that_is_being_handed_over_is_not_sent_a_second_time(
    send: Callable[..., None], app: Flask, session: Session
) -> None:
    send()
    session.execute(update(mail.OutboxMail).values(due=NOON))
    taken = mail.claim(session, NOON)
    session.commit()
    assert taken
    letter, soon = mail.read(app.extensions["keys"], taken), NOON + timedelta(seconds=30)
    assert not outbox.rests(letter, soon) and not outbox.try_again(session, letter, soon)
    assert mail.claim(session, soon) is None

    taken.due = soon + timedelta(hours=1)  # it waits for a later attempt
    session.commit()
    assert outbox.rests(letter, soon) and outbox.try_again(session, letter, soon)


def test_no_log_tells_an_address(
    send: Callable[..., None], postbox: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    send("secret.person@example.org")
    postbox.answer = "550 secret.person@example.org is unknown"
    send("secret.person@example.org")
    told = "".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "mail sent" in told and "mail not sent" in told
    assert "secret.person" not in "".join(
        f"{r.getMessage()} {r.__dict__}"
        for r in caplog.records
        if not r.name.startswith("mail.")
    )  # mail.log is the server of this test


@pytest.mark.parametrize(
    "subject", ["A\r\nBcc: b@example.org", "A\nB", "A\x00\x0bB", "A\u2028B"]
)
def test_a_subject_adds_no_header(
    send: Callable[..., None], postbox: Postbox, subject: str
) -> None:
    send(subject=subject)
    (envelope,) = postbox.arrived
    assert envelope.rcpt_tos == ["birte@example.org"]
    assert parsed(envelope)["Bcc"] is None


def test_a_link_can_be_filled_in_when_the_mail_leaves(
    app: Flask, postbox: Postbox, project: Project, session: Session,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setitem(mail.FILLERS, "survey", lambda text: text.replace("{7}", "/i/secret"))
    with app.app_context():
        mail.send("a@example.org", "Link", "{7}", purpose="survey", project_id=project.id)
        db.session.commit()
    (envelope,) = postbox.arrived
    assert "/i/secret" in parsed(envelope).get_content()
    keys: Keyring = app.extensions["keys"]
    stored = session.scalars(select(mail.OutboxMail)).one()
    assert "secret" not in keys.unseal(
        "mail", stored.sealed, f"outbox_mail.sealed {stored.name}"
    )


@pytest.mark.both_engines
def test_of_all_processes_one_sends_a_mail(
    app: Flask, sessions: sessionmaker[Session], session: Session, project: Project
) -> None:
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"
    for number in range(20):
        mails = [
            mail.OutboxMail(
                project_id=project.id, name=f"{number}-{each}", sealed="", queued=NOON, due=NOON
            )
            for each in range(2)
        ]
        session.add_all(mails)
        session.commit()
        taken: list[int] = []

        def take(_which: int, taken: list[int] = taken) -> None:
            with sessions() as own:
                while mine := mail.claim(own, NOON):
                    taken.append(mine.id)
                    own.commit()

        at_once(5, take)
        assert len(taken) == len(set(taken))
        with sessions() as own:
            while mine := mail.claim(own, NOON):
                taken.append(mine.id)
                own.commit()
        assert sorted(taken) == sorted(each.id for each in mails)


def test_a_sent_mail_is_forgotten_after_a_month(
    app: Flask, send: Callable[..., None], postbox: Postbox, session: Session
) -> None:
    send()
    send()
    old = session.scalars(select(mail.OutboxMail)).first()
    assert old
    old.sent = clock.now() - timedelta(days=31)
    session.commit()
    with app.app_context():
        mail.forget_sent()
    assert len(session.scalars(select(mail.OutboxMail)).all()) == 1
