from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.keys import Keyring
from core.mail import OutboxMail, deliver_waiting
from people.contacts import Person, keep_contact
from people.models import Organisation, Project
from surveys.fieldwork import inviting, starting
from surveys.models import Invitation, Survey
from tests.postbox import Postbox, postbox
from tests.surveys.answers import a_register, a_survey, instrument
from tests.surveys.example import answer

__all__ = ["postbox"]  # fixture
DESK = "/p/buch/surveys/pankow/invitations"
WORDS = {"subject": "Umfrage", "text": "{greeting}\n{link}", "language": "de", "send": "1"}


@pytest.fixture
def organisations(
    session: Session, project: Project, keys: Keyring, desk: FlaskClient
) -> list[Organisation]:
    """Three who are invited, all with an address."""
    found = a_register(session, project, 3)
    a_survey(session, project, instrument("enterprise_survey"))
    for each in found:
        person = Person(name="Kim", email=f"{each.code.lower()}@example.org")
        keep_contact(session, keys, each, person)
    session.commit()
    desk.post(DESK, data={"all": "1"})
    return found


def link_to(session: Session, keys: Keyring, organisation: Organisation) -> str:
    invitation = session.scalars(
        select(Invitation).filter_by(organisation_id=organisation.id)
    ).one()
    return f"/i/{inviting.token_of(keys, invitation)}"


def a_response(session: Session, organisation: Organisation) -> None:
    """Let somebody of an organisation hand in an answer to the survey."""
    answer(session, session.scalars(select(Survey)).one(), {}, organisation)
    session.commit()


def deliver_all(app: Flask, session: Session) -> None:
    """Let the outbox try again at once."""
    for each in session.scalars(select(OutboxMail)):
        each.due = clock.now()
    session.commit()
    with app.app_context():
        deliver_waiting()
    session.expire_all()


def recipients(postbox: Postbox) -> list[str]:
    found = sorted(address for each in postbox.arrived for address in each.rcpt_tos)
    postbox.arrived.clear()
    return found


def test_only_those_who_are_silent_are_reminded(
    app: Flask, desk: FlaskClient, organisations: list[Organisation], postbox: Postbox,
    session: Session, keys: Keyring,
) -> None:  # fmt: skip
    desk.post(f"{DESK}/mail", data=WORDS | {"to": "invitation"})
    assert len(recipients(postbox)) == 3
    app.test_client().post(link_to(session, keys, organisations[0]) + "/refusal")

    desk.post(f"{DESK}/mail", data=WORDS | {"to": "reminder"})
    assert recipients(postbox) == []
    for each in session.scalars(select(Invitation)):
        each.sent = clock.now() - timedelta(days=4)
    session.commit()
    desk.post(f"{DESK}/mail", data=WORDS | {"to": "reminder"})
    assert recipients(postbox) == ["o02@example.org", "o03@example.org"]
    desk.post(f"{DESK}/mail", data=WORDS | {"to": "reminder"})
    assert recipients(postbox) == []


@pytest.mark.parametrize("occasion", ["invitation", "reminder"])
def test_who_answers_or_declines_before_a_mail_leaves_gets_none(
    app: Flask, desk: FlaskClient, organisations: list[Organisation], postbox: Postbox,
    session: Session, keys: Keyring, occasion: str,
) -> None:  # fmt: skip
    if occasion == "reminder":
        for each in session.scalars(select(Invitation)):
            each.sent, each.written = clock.now() - timedelta(days=4), 1
        session.commit()
    postbox.answer = "451 later"
    desk.post(f"{DESK}/mail", data=WORDS | {"to": occasion})
    assert len(session.scalars(select(OutboxMail)).all()) == 3
    says_no, answers, is_silent = organisations
    app.test_client().post(link_to(session, keys, says_no) + "/refusal")
    a_response(session, answers)

    postbox.answer = "250 OK"
    deliver_all(app, session)
    assert recipients(postbox) == [f"{is_silent.code.lower()}@example.org"]
    session.expire_all()
    assert all(each.waiting is None for each in session.scalars(select(Invitation)))


def test_a_mail_that_waits_does_not_leave_after_the_survey_is_closed(
    app: Flask, desk: FlaskClient, organisations: list[Organisation], postbox: Postbox,
    session: Session,
) -> None:  # fmt: skip
    postbox.answer = "451 later"
    desk.post(f"{DESK}/mail", data=WORDS)
    starting.close_survey(session, session.scalars(select(Survey)).one(), clock.now())
    session.commit()
    postbox.answer = "250 OK"
    deliver_all(app, session)
    assert recipients(postbox) == []


def test_what_was_sent_can_still_be_read_after_they_said_no(
    app: Flask, desk: FlaskClient, organisations: list[Organisation], postbox: Postbox,
    session: Session, keys: Keyring,
) -> None:  # fmt: skip
    desk.post(f"{DESK}/mail", data=WORDS)
    link = link_to(session, keys, organisations[0])
    app.test_client().post(link + "/refusal")
    numbers = session.scalars(select(OutboxMail.id)).all()
    assert any(link in desk.get(f"/p/buch/people/outbox/{each}").text for each in numbers)


def test_a_mail_that_comes_back_is_noted_and_not_sent_again(
    desk: FlaskClient, organisations: list[Organisation], postbox: Postbox
) -> None:
    postbox.unknown = {"o02@example.org"}
    desk.post(f"{DESK}/mail", data=WORDS)
    assert recipients(postbox) == ["o01@example.org", "o03@example.org"]
    came_back = desk.get(f"{DESK}?step=bounced").text
    assert organisations[1].name in came_back
    assert organisations[0].name not in came_back
    page = desk.get(f"{DESK}/mail?to=reminder").text
    assert "die Mail kam zurück: Adresse berichtigen" in page

    postbox.unknown.clear()
    answer = desk.post(f"{DESK}/of/O02", data={"note": "nothing"}, follow_redirects=True)
    assert "Es ist vermerkt." in answer.text
    desk.post(f"{DESK}/mail", data=WORDS | {"to": "reminder", "soon": "1"})
    assert "o02@example.org" not in recipients(postbox)  # within ten minutes, nobody


def test_the_wrong_person_says_who_is_right(
    app: Flask, desk: FlaskClient, organisations: list[Organisation], session: Session,
    keys: Keyring,
) -> None:  # fmt: skip
    link, guest = link_to(session, keys, organisations[0]), app.test_client()
    assert "Dafür bin ich nicht die richtige Person" in guest.get(link).text
    guest.post(f"{link}/wrong-person", data={"who": "die Personalstelle"})
    assert "dass jemand anderes zuständig ist" in guest.get(link).text
    assert "die Personalstelle" in desk.get(f"{DESK}/of/O01").text
    guest.post(f"{link}/wrong-person/removal")
    assert "die Personalstelle" not in desk.get(f"{DESK}/of/O01").text


def test_a_note_that_does_not_exist_is_none(
    desk: FlaskClient, organisations: list[Organisation]
) -> None:
    assert desk.post(f"{DESK}/of/O01", data={"note": "vanished"}).status_code == 400
    assert desk.get(f"{DESK}/of/O99").status_code == 404


def test_what_is_too_long_for_a_mail_is_said_and_stays(
    desk: FlaskClient, organisations: list[Organisation], postbox: Postbox
) -> None:
    long = {"subject": "x" * 151, "text": "{link}" + "y" * 5_000}
    page = desk.post(f"{DESK}/mail", data=WORDS | long | {"to": "invitation"})
    assert page.status_code == 422
    assert "höchstens 150 Zeichen" in page.text and "höchstens 5000 Zeichen" in page.text
    assert long["subject"] in page.text and long["text"] in page.text
    assert recipients(postbox) == []


def test_a_test_goes_to_oneself_and_says_that_it_is_one(
    desk: FlaskClient, organisations: list[Organisation], postbox: Postbox
) -> None:
    words = {name: value for name, value in WORDS.items() if name != "send"}
    desk.post(f"{DESK}/mail", data=words | {"to": "invitation", "test": "1"})
    (mail,) = postbox.arrived
    assert mail.rcpt_tos == ["birte@example.org"]
    told = message_from_bytes(mail.content, policy=default)
    assert told["Subject"] == "Test: Umfrage"
    assert "Nur Sie bekommen" in told.get_content()


def test_without_a_mail_server_mails_are_put_into_the_outbox(
    desk: FlaskClient, organisations: list[Organisation]
) -> None:
    page = desk.get(f"{DESK}/mail").text
    assert "3 Mails in den Postausgang legen" in page
    assert 'name="test"' not in page and "Mails senden" not in page


def test_inviting_nobody_says_what_to_do(
    desk: FlaskClient, session: Session, organisations: list[Organisation]
) -> None:
    answer = desk.post(DESK, data={"sector": "", "q": ""}, follow_redirects=True)
    assert "Niemand ist angekreuzt" in answer.text
    assert len(session.scalars(select(Invitation)).all()) == 3
