import re
from datetime import date

import icalendar
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.models import CalendarLink
from agency.routes import feed_words
from core import ical
from core.i18n import language
from core.ical import Entry
from people.models import Membership, Naming, Project, Role, User
from people.naming import display_name
from tests.story import an_organisation, browser_of

PAGE = "/p/buch/agency/subscription"


@pytest.fixture(autouse=True)
def sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facilitators have a deadline, everyone a meeting."""

    def meetings(_session: Session, _reader: Membership) -> list[Entry]:
        return [Entry("meeting-1", "Treffen", date(2026, 12, 1))]

    def deadlines(_session: Session, reader: Membership) -> list[Entry]:
        mine = reader.role == Role.FACILITATOR
        return [Entry("deadline-1", "Frist", date(2026, 12, 2))] if mine else []

    monkeypatch.setattr(ical, "SOURCES", [meetings, deadlines])


def link_on(page: str) -> str:
    found = re.search(r"/calendar/[0-9a-f]{32}\.ics", page)
    return found[0] if found else ""


def titles(answer: bytes) -> list[str]:
    return [str(e["summary"]) for e in icalendar.Calendar.from_ical(answer).walk("VEVENT")]


def test_a_member_reads_the_dates_behind_a_link_of_their_own(
    app: Flask, desk: FlaskClient, tarik: User, client: FlaskClient, session: Session
) -> None:
    told = {}
    for name, browser in (("Birte", desk), ("Tarik", browser_of(tarik, app))):
        assert link_on(browser.get(PAGE).text) == ""
        assert browser.post(PAGE).status_code == 303
        told[name] = link_on(browser.get(PAGE).text)
    answer = client.get(told["Birte"])
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert titles(answer.data) == ["Treffen", "Frist"]
    assert titles(client.get(told["Tarik"]).data) == ["Treffen"]
    assert b"Birte" not in answer.data
    assert b"example.org" not in answer.data
    kept = session.scalars(select(CalendarLink.key_hash)).all()
    assert not any(key in link for key in kept for link in told.values())


def test_a_renewed_link_ends_the_earlier_one(desk: FlaskClient, client: FlaskClient) -> None:
    desk.post(PAGE)
    first = link_on(desk.get(PAGE).text)
    desk.post(PAGE)
    second = link_on(desk.get(PAGE).text)
    assert [client.get(link).status_code for link in (first, second)] == [404, 200]
    desk.post(f"{PAGE}/removal")
    assert client.get(second).status_code == 404


def test_who_has_left_reads_nothing_more(
    desk: FlaskClient, client: FlaskClient, session: Session, birte: User, project: Project
) -> None:
    desk.post(PAGE)
    link = link_on(desk.get(PAGE).text)
    birte.active = False
    session.commit()
    assert client.get(link).status_code == 404
    birte.active = True
    session.delete(session.scalars(select(Membership).filter_by(user_id=birte.id)).one())
    session.commit()
    assert client.get(link).status_code == 404
    assert session.scalars(select(CalendarLink)).all() == []


def test_a_guessed_link_is_slowed_down(client: FlaskClient) -> None:
    answers = [client.get(f"/calendar/{each:032x}.ics").status_code for each in range(12)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_what_is_read_is_said_in_the_language_of_its_owner(
    app: Flask, desk: FlaskClient, client: FlaskClient, session: Session, project: Project,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Once it was German or English, whatever the owner reads otherwise."""

    def places(_session: Session, reader: Membership) -> list[Entry]:
        note = f"{feed_words.free(1)} {display_name(owner, Naming.NETWORK, language())}"
        day = date(2026, 12, 3)
        return [Entry("slot-1", feed_words.cancelled("Nähkurs"), day, note=note)]

    owner = an_organisation(project, "O17", "Radhaus")
    session.add(owner)
    session.commit()
    monkeypatch.setattr(ical, "SOURCES", [places])
    desk.post(PAGE, headers={"Accept-Language": "en"})
    link = link_on(desk.get(PAGE).text)

    def read(**headers: str) -> str:
        answer = client.get(link, headers={"Accept-Language": "tr"} | headers)
        (event,) = icalendar.Calendar.from_ical(answer.data).walk("VEVENT")
        return f"{event['summary']}: {event['description']}"

    assert read() == "Cancelled: Nähkurs: 1 place is free Organisation 17"
    for code, said in (
        ("de", "Abgesagt: Nähkurs: 1 Platz ist frei Organisation 17"),
        ("uk", "Скасовано: Nähkurs: Вільне 1 місце Організація 17"),
        ("ar", "أُلغي: Nähkurs: مكان واحد متاح منظمة 17"),
    ):
        assert desk.post(f"{PAGE}/language", data={"language": code}).status_code == 303
        assert read() == said
    desk.post(PAGE, data={"language": ""})  # another link speaks as the first one did
    link = link_on(desk.get(PAGE).text)
    assert read().startswith("أُلغي")
    assert desk.post(f"{PAGE}/language", data={"language": "xx"}).status_code == 422
