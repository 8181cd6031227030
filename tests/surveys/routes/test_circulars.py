from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import mail
from core.keys import Keyring
from core.mail import OutboxMail
from people.models import Project, User
from surveys.fieldwork.models import Circular, ContactReading
from surveys.models import Response, Survey
from tests.story import browser_of
from tests.surveys.answers import Reader
from tests.surveys.example import a_survey, answer
from tests.surveys.routes.test_contacts import form, leave

WORDS = {"subject": "Termin", "text": "Am 4. Dezember um 10 Uhr, Campus Buch.", "send": "1"}


@pytest.fixture
def survey(session: Session, app: Flask, project: Project) -> Survey:
    survey = a_survey(session, project, form())
    wishes = {"wishes": ["call"]}
    for address in ("mia@example.org", "Mia@example.org", "kim@example.org", "+49 30 1"):
        leave(session, app, answer(session, survey, wishes), address)
    leave(session, app, answer(session, survey, {"wishes": ["results"]}), "tom@example.org")
    return survey


@pytest.fixture
def place(survey: Survey) -> str:
    return f"/p/buch/surveys/{survey.slug}/contacts/wishes.call/mail"


def letters(session: Session, keys: Keyring) -> list[mail.Letter]:
    return [mail.read(keys, each) for each in session.scalars(select(OutboxMail))]


def test_everyone_who_wanted_it_gets_one_mail_and_nobody_else(
    desk: FlaskClient, session: Session, keys: Keyring, survey: Survey, place: str
) -> None:
    page = desk.get(place).text
    assert "2 Personen haben dafür eine Adresse hinterlassen" in page
    assert "1 weitere" in page and "mia@" not in page
    assert desk.post(place, data=WORDS | {"key": "k"}).status_code == 303
    found = letters(session, keys)
    assert sorted(each.to.lower() for each in found) == ["kim@example.org", "mia@example.org"]
    assert all("Campus Buch" in each.text and "Rückruf" in each.text for each in found)
    assert {each.reply_to for each in found} == {"birte@example.org"}
    (noted,) = session.scalars(select(ContactReading))
    assert (noted.way, noted.contacts) == ("mail", 2)


def test_a_form_sent_twice_writes_once(
    desk: FlaskClient, session: Session, keys: Keyring, place: str
) -> None:
    for _ in range(2):
        assert desk.post(place, data=WORDS | {"key": "k"}).status_code == 303
    assert len(letters(session, keys)) == 2
    other = desk.post(place, data=WORDS | {"key": "k", "subject": "Anderes"})
    assert other.status_code == 409 and "Anderes" in other.text
    assert len(session.scalars(select(Circular)).all()) == 1


def test_only_those_who_came_since_get_the_next_one_if_this_is_wanted(
    desk: FlaskClient,
    app: Flask,
    session: Session,
    keys: Keyring,
    survey: Survey,
    place: str,
) -> None:
    desk.post(place, data=WORDS | {"key": "k"})
    last = session.scalars(select(Circular)).one()
    response = answer(session, survey, {"wishes": ["call"]})
    response.submitted = last.at + timedelta(microseconds=1)
    earlier = session.scalars(select(Response).where(Response.id != response.id)).all()
    for each in earlier:  # a correction makes nobody new
        each.saved = last.at + timedelta(days=1)
    leave(session, app, response, "neu@example.org")
    assert desk.post(place, data=WORDS | {"key": "l", "fresh": "1"}).status_code == 303
    assert [each.to for each in letters(session, keys)][2:] == ["neu@example.org"]
    again = desk.post(place, data=WORDS | {"key": "l", "fresh": "1"})
    assert again.status_code == 303  # the same form, sent twice
    nobody = desk.post(place, data=WORDS | {"key": "m", "fresh": "1"})
    assert nobody.status_code == 409 and "Termin" in nobody.text


def test_a_look_and_a_try_write_to_nobody_but_oneself(
    desk: FlaskClient, session: Session, keys: Keyring, place: str
) -> None:
    words = {name: value for name, value in WORDS.items() if name != "send"}
    shown = desk.post(place, data=words | {"key": "k", "preview": "1"})
    assert "Campus Buch" in shown.text and letters(session, keys) == []
    desk.post(place, data=words | {"key": "k", "test": "1"})
    (tried,) = letters(session, keys)
    assert tried.to == "birte@example.org" and tried.subject.startswith("Test: ")
    assert "Nur Sie bekommen" in tried.text
    assert session.scalars(select(Circular)).all() == []


def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(
    desk: FlaskClient, session: Session, place: str
) -> None:
    answer = desk.post(place, data={"key": "k", "subject": "", "text": "Hallo", "send": "1"})
    assert answer.status_code == 422
    assert 'id="subject-error"' in answer.text and "Hallo" in answer.text
    assert session.scalars(select(OutboxMail)).all() == []


def test_what_nobody_wanted_has_no_page(desk: FlaskClient, survey: Survey) -> None:
    place = f"/p/buch/surveys/{survey.slug}/contacts"
    assert desk.get(f"{place}/wishes.nothing/mail").status_code == 404


def test_the_task_force_writes_to_nobody(
    app: Flask, session: Session, tarik: User, place: str
) -> None:
    reader = browser_of(tarik, app)
    assert reader.post(place, data=WORDS | {"key": "k"}).status_code == 403
    assert session.scalars(select(OutboxMail)).all() == []


def test_the_same_mail_from_two_tabs_goes_out_once(
    desk: FlaskClient, session: Session, keys: Keyring, place: str
) -> None:
    tabs = [Reader(desk.get(place).text).forms.values() for _ in range(2)]
    sent = [each.data() for tab in tabs for each in tab]
    shown = [each["key"][0] for each in sent if "key" in each]
    assert len(shown) == 2
    for key in shown:
        assert desk.post(place, data=WORDS | {"key": key}).status_code == 303
    assert len(letters(session, keys)) == 2
    other = desk.post(place, data=WORDS | {"key": shown[1], "subject": "Anderes"})
    assert other.status_code == 409 and shown[1] not in other.text


def test_the_list_says_who_was_written_to_and_when(
    desk: FlaskClient, app: Flask, session: Session, survey: Survey, place: str
) -> None:
    desk.post(place, data=WORDS | {"key": "k"})
    last = session.scalars(select(Circular)).one()
    for each in session.scalars(select(Response)):
        each.submitted = last.at - timedelta(hours=1)
    late = answer(session, survey, {"wishes": ["call"]})
    late.submitted = last.at + timedelta(hours=1)
    leave(session, app, late, "late@example.org")
    desk.post(f"/p/buch/surveys/{survey.slug}/contacts")
    page = desk.get(f"/p/buch/surveys/{survey.slug}/contacts").text
    called = page.split("<bdi>Rückruf</bdi>")[1].partition("</section>")[0]
    lines = {address: called.partition(f"<bdi>{address}</bdi>")[2].partition("</tr>")[0]
             for address in ("mia@example.org", "late@example.org", "+49 30 1")}  # fmt: skip
    assert str(last.at.year)[-2:] in lines["mia@example.org"]
    assert "noch nicht" in lines["late@example.org"] and "noch nicht" in lines["+49 30 1"]
    results = page.partition("tom@example.org</bdi>")[2].partition("</tr>")[0]
    assert "noch nicht" in results  # nobody wrote for that purpose
