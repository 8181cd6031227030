import csv
import io
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import clock
from core.keys import Keyring
from people.models import Project, Role, User
from surveys.definition import Choice, Definition, Item
from surveys.fieldwork.models import ContactReading
from surveys.models import Response, Subject, Survey
from surveys.responses import sealing
from tests.story import a_member, a_user, an_organisation, browser_of
from tests.surveys.example import a_survey, answer
from tests.surveys.exporting.example import unpacked

WISHES = (
    Choice("results", {"de": "Ergebnisse erfahren", "en": "Hear the results"}),
    Choice("call", {"de": "Rückruf", "en": "A call back"}),
)
YES = (Choice("yes", {"de": "Ja"}), Choice("no", {"de": "Nein"}))


def form() -> Definition:
    wishes = Item("question", "wishes", "select_multiple", {"de": "Was?"}, list="wishes")
    news = Item("question", "news", "select_one", {"de": "Rundbrief"}, list="yn")
    mail = Item(
        "question", "mail", "text", {"de": "E-Mail"}, osi={"pii": "contact"},
        relevant="count-selected(${wishes}) > 0 or ${news} = 'yes'",
    )  # fmt: skip
    lists = {"wishes": WISHES, "yn": YES}
    return Definition({"de": "Kontakt"}, "k", "de", ("de",), (wishes, news, mail), lists)


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project, form())


def leave(session: Session, app: Flask, response: Response, mail: str) -> None:
    keys: Keyring = app.extensions["keys"]
    session.flush()
    sealing.seal(session, keys, response.id, {"mail": mail})
    session.commit()


@pytest.fixture
def left(session: Session, app: Flask, project: Project, survey: Survey) -> Survey:
    radhaus = an_organisation(project, "O1", "Radhaus")
    session.add(radhaus)
    session.flush()
    ask = {"wishes": ["results", "call"]}
    leave(session, app, answer(session, survey, ask, radhaus), "mia@example.org")
    leave(session, app, answer(session, survey, {"news": "yes"}), "+49 30 1234")
    leave(session, app, answer(session, survey, ask, sent=None), "draft@example.org")
    return survey


def test_contacts_stand_under_what_people_wanted(desk: FlaskClient, left: Survey) -> None:
    assert (
        f"/p/buch/surveys/{left.slug}/contacts" in desk.get(f"/p/buch/surveys/{left.slug}").text
    )
    page = desk.post(f"/p/buch/surveys/{left.slug}/contacts", follow_redirects=True).text
    for purpose in ("Ergebnisse erfahren", "Rückruf"):
        section = page.split(f"<bdi>{purpose}</bdi>")[1].split("</section>")[0]
        assert "mia@example.org" in section
        assert "Radhaus" in section
        assert "+49" not in section
    assert "+49 30 1234" in page.split("<bdi>Rundbrief</bdi>")[1]
    assert "draft@example.org" not in page


def test_who_reads_contacts_is_noted(desk: FlaskClient, session: Session, left: Survey) -> None:
    page = desk.post(f"/p/buch/surveys/{left.slug}/contacts", follow_redirects=True).text
    table = desk.post(f"/p/buch/surveys/{left.slug}/contacts.csv")
    rows = [
        *csv.reader(io.StringIO(table.get_data(as_text=True).lstrip("\ufeff")), delimiter=";")
    ]
    assert [row[0].lstrip("'") for row in rows[1:]] == ["+49 30 1234", "mia@example.org"]
    assert rows[2][1:] == ["Ergebnisse erfahren; Rückruf", "de", "Radhaus"]
    assert desk.post(f"/p/buch/surveys/{left.slug}/contacts.xlsx").data.startswith(b"PK")
    noted = session.scalars(select(ContactReading).order_by(ContactReading.id)).all()
    assert [(each.way, each.contacts) for each in noted] == [
        ("page", 2),
        ("csv", 2),
        ("xlsx", 2),
    ]
    assert noted[0].by in page


def test_contacts_are_in_no_table_of_answers(desk: FlaskClient, left: Survey) -> None:
    for kind in ("csv", "spss", "r"):
        form = {"kind": kind, "language": "de", "cells": "words"}
        sent = desk.post(f"/p/buch/surveys/{left.slug}/exports", data=form)
        files = unpacked(sent.data)
        asked = "Was?" if kind == "csv" else "wishes"
        assert asked in files["responses.csv"]
        for text in files.values():
            assert not {"mia@example.org", "mail", "E-Mail"} & {*re.findall(r"[\w@.-]+", text)}


def test_of_persons_the_team_reads_no_contact(
    desk: FlaskClient, session: Session, app: Flask, project: Project
) -> None:
    survey = a_survey(session, project, form(), Subject.PERSONS)
    radhaus = an_organisation(project, "O1", "Radhaus")
    session.add(radhaus)
    session.flush()
    leave(session, app, answer(session, survey, {"news": "yes"}, radhaus), "mia@example.org")
    place = f"/p/buch/surveys/{survey.slug}/contacts"
    for page in (desk.get(place), desk.post(place), desk.post(f"{place}.csv")):
        assert page.status_code == 409 and "mia@example.org" not in page.text
    assert desk.get(f"{place}/news.yes/mail").status_code == 409
    assert "/contacts" not in desk.get(f"/p/buch/surveys/{survey.slug}").text
    assert session.scalars(select(ContactReading)).all() == []


def test_the_task_force_does_not_read_contacts(
    app: Flask, session: Session, tarik: User, left: Survey
) -> None:
    assert (
        browser_of(tarik, app).get(f"/p/buch/surveys/{left.slug}/contacts").status_code == 403
    )
    assert session.scalars(select(ContactReading)).all() == []


def test_a_look_at_the_page_reads_no_contact(
    desk: FlaskClient, session: Session, left: Survey
) -> None:
    page = desk.get(f"/p/buch/surveys/{left.slug}/contacts").text
    assert "Ergebnisse erfahren" in page and "mia@example.org" not in page
    assert session.scalars(select(ContactReading)).all() == []


def test_contacts_are_hidden_again_after_a_while(
    desk: FlaskClient, left: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = f"/p/buch/surveys/{left.slug}/contacts"
    desk.post(place)
    assert "mia@example.org" in desk.get(place).text
    later = clock.now() + timedelta(minutes=16)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "mia@example.org" not in desk.get(place).text


def test_contacts_shown_to_one_are_not_shown_to_the_next_in_the_same_browser(
    desk: FlaskClient, app: Flask, session: Session, project: Project, left: Survey
) -> None:
    place = f"/p/buch/surveys/{left.slug}/contacts"
    desk.post(place)
    kim = a_user("Kim")
    session.add(kim)
    session.flush()
    session.add(a_member(project, kim, Role.FACILITATOR))
    session.commit()
    signed_in = browser_of(kim, app)
    with desk.session_transaction() as before, signed_in.session_transaction() as after:
        after["contacts"] = before["contacts"]
    assert "mia@example.org" not in signed_in.get(place).text
