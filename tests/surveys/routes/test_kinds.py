"""The ways of an anonymous survey and of one's own answers, through the pages."""

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Project
from surveys.fieldwork import inviting, starting
from surveys.models import AnonymousResponse, Invitation, Kind, Response, Subject, Survey
from surveys.responses.anonymity import key_of
from tests.story import NOON
from tests.surveys.answers import a_register
from tests.surveys.responses.test_anonymising import FORM


def a_draft(session: Session, project: Project) -> Survey:
    survey = starting.begin_survey(
        session, project, FORM, "form", title="", subject=Subject.ORGANISATIONS, now=NOON
    )
    session.commit()
    return survey


def test_from_the_draft_to_the_closing_of_an_anonymous_survey(
    app: Flask,
    desk: FlaskClient,
    client: FlaskClient,
    session: Session,
    project: Project,
    keys: Keyring,
) -> None:
    survey = a_draft(session, project)
    first, *_ = a_register(session, project, 3)
    place, slug, number = f"/p/buch/surveys/{survey.slug}", survey.slug, survey.id
    assert desk.post(f"{place}/kind", data={"kind": "anonymous"}).status_code == 303
    assert desk.post(f"{place}/opening").status_code == 303
    assert desk.post(f"{place}/invitations", data={"all": "1"}).status_code == 303
    session.expire_all()
    invitation = session.scalars(select(Invitation).filter_by(organisation_id=first.id)).one()
    door = f"/i/{inviting.token_of(keys, invitation)}"
    session.commit()

    assert client.get(f"/s/{slug}").status_code == 403
    page = client.get(door, headers={"Accept-Language": "en"})
    assert "the team cannot tell which answers are yours" in page.text
    assert first.name not in page.text
    begun = client.post(door, follow_redirects=True, headers={"Accept-Language": "en"})
    assert "This survey is anonymous" in begun.text
    key = re.search(r"/pages/([^/\"]+)\"", begun.text)
    assert key
    sent = client.post(f"/s/{slug}/pages/{key[1]}", data={"idea": "Räume", "go": "next"})
    assert sent.location == f"/s/{slug}/receipt"
    assert "Räume" in client.get(f"/s/{slug}/receipt").text
    assert session.scalars(select(Response)).all() == []
    assert "Räume" not in desk.get(f"{place}/results").text

    elsewhere = app.test_client()
    again = elsewhere.post(door, follow_redirects=True)
    assert "Räume" in again.text  # the link is the way back

    assert desk.post(f"{place}/closing").status_code == 303
    assert not keys.has(key_of(number))
    assert client.get(door).status_code == 410
    assert "Räume" in client.get(f"/s/{slug}/receipt").text
    assert client.get(f"/s/{slug}/deletion").status_code == 200
    assert client.post(f"/s/{slug}/deletion").status_code == 200
    session.rollback()
    assert session.scalars(select(AnonymousResponse)).all() == []
    for staff in (place, f"{place}/results", f"{place}/invitations"):
        assert desk.get(staff).status_code == 200


def test_who_answered_comes_back_takes_back_and_deletes(
    app: Flask, client: FlaskClient, session: Session, project: Project
) -> None:
    survey = a_draft(session, project)
    starting.choose_kind(session, survey, Kind.OPEN)
    starting.open_survey(session, survey, NOON)
    session.commit()
    slug = survey.slug
    first = client.get(f"/s/{slug}", headers={"Accept-Language": "en"})
    assert "open to everyone" in first.text
    key = re.search(r"/pages/([^/\"]+)\"", first.text)
    form = re.search(r'name="key" value="([^"]+)"', first.text)
    assert key and form
    data = {"idea": "Räume", "go": "next", "key": form[1]}
    client.post(f"/s/{slug}/pages/{key[1]}", data=data)
    shown = client.post(f"/s/{slug}/card").text
    words = re.search(r'<p class="mono"><bdi>([^<]+)</bdi>', shown)
    assert words

    elsewhere, link = app.test_client(), f"/r/{'-'.join(words[1].split())}"
    asked = elsewhere.get(link, headers={"Sec-Fetch-Site": "cross-site"})
    assert asked.status_code == 200  # from a page of others nobody is led in unawares
    assert elsewhere.get(f"/s/{slug}/receipt").status_code == 303
    assert elsewhere.get(link, headers={"Sec-Fetch-Site": "none"}).status_code == 303
    assert "Räume" in elsewhere.get(f"/s/{slug}/receipt").text

    phone = app.test_client()
    phone.post("/r", data={"words": words[1]})
    assert "Räume" in phone.get(f"/s/{slug}/receipt").text
    assert phone.post(f"/s/{slug}/withdrawal").status_code == 303
    assert session.scalars(select(Response.submitted)).all() == [None]
    session.rollback()
    phone.post(f"/s/{slug}/pages/{key[1]}", data={"idea": "Räume", "go": "next"})
    assert session.scalars(select(Response.submitted)).all() != [None]
    session.rollback()
    assert phone.post(f"/s/{slug}/deletion").status_code == 200
    assert session.scalars(select(Response)).all() == []
    session.rollback()
    assert client.get(f"/s/{slug}/receipt").status_code == 303
