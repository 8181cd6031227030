import re
from datetime import date

import icalendar
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.models import CalendarLink
from core import ical
from core.ical import Entry
from people.models import Membership, Project, Role, User
from tests.story import browser_of

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
