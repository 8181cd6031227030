import io
import json
import re
from datetime import date
from decimal import Decimal

import icalendar
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.funding import keeping, recording
from agency.funding.checking import Reason, State
from agency.funding.keeping import Entry
from agency.funding.models import Check, Programme
from core import clock
from people.models import Organisation, Project, Role, User
from tests.story import NOON, a_member, a_user, an_organisation, browser_of

HERE = "/p/buch/funding"
SAID = {
    "key": "a form",
    "name": "Kiezfonds",
    "funder": "Bezirk",
    "kind": "grant",
    "eligible": ["ev", "ggmbh"],
    "area": "pankow",
    "themes": ["employment"],
    "amount_max": "20.000 €",
    "rate": "90",
    "months_max": "12",
    "due": "dates",
    "deadlines": "15.09.2099\n01.03.2099",
    "requirements": "Das Bezirksamt stimmt zu.",
}
WRONG: list[dict[str, object]] = [
    {"name": " "},
    {"amount_max": "viel"},
    {"amount_min": "30000"},
    {"rate": "120"},
    {"rate": "0"},
    {"months_min": "13"},
    {"deadlines": "31.02.2099"},
    {"deadlines": ""},
    {"url": "javascript:alert(1)"},
    {"eligible": ["nonsense"]},
]
ASKED = f"{HERE}/check?organisation=O01&asked=1&legal_form=ggmbh&place=pankow"
ASKED += "&themes=employment&amount=18.000&own=2000&months=12&gets=nothing"


@pytest.fixture
def radhaus(session: Session, project: Project) -> Organisation:
    found = an_organisation(
        project, "O01", "Radhaus Buch gGmbH", legal_form="ggmbh", locality="buch",
        kind="social_enterprise",
    )  # fmt: skip
    session.add(found)
    session.commit()
    return found


@pytest.fixture
def programme(desk: FlaskClient, session: Session, project: Project) -> Programme:
    assert desk.post(f"{HERE}/programmes", data=SAID).status_code == 303
    return session.scalars(select(Programme)).one()


def test_a_programme_is_entered_once_and_read_again(
    desk: FlaskClient, session: Session, programme: Programme
) -> None:
    assert desk.post(f"{HERE}/programmes", data=SAID).status_code == 303
    assert desk.post(f"{HERE}/programmes", data={**SAID, "name": "X"}).status_code == 409
    page = desk.get(f"{HERE}/programmes/{programme.id}").text
    for told in ("Kiezfonds", "20.000\xa0€", "90\xa0%", "15. September 2099", "bis 12"):
        assert told in page
    assert "noch nie geprüft" in page
    assert session.scalars(select(Programme)).all() == [programme]


def test_what_is_wrong_is_said_and_stays(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    for change in WRONG:
        answer = desk.post(f"{HERE}/programmes", data={**SAID, **change})
        assert (answer.status_code, change) == (422, change)
        assert "Das Bezirksamt stimmt zu." in answer.text
    assert session.scalars(select(Programme)).all() == []


def test_it_is_changed_checked_deleted_and_brought_back(
    desk: FlaskClient, session: Session, programme: Programme
) -> None:
    place = f"{HERE}/programmes/{programme.id}"
    assert "15.09.2099" in desk.get(f"{place}/edit").text
    version = {"version": str(programme.version)}
    changed = SAID | version | {"name": "Kiezfonds II"}
    assert desk.post(place, data=changed).status_code == 303
    assert desk.post(place, data=changed | {"name": "Kiezfonds III"}).status_code == 409
    desk.post(f"{place}/mark")
    session.refresh(programme)
    assert (programme.name, programme.last_checked, programme.checked_by) == (
        "Kiezfonds II", clock.today(), "Birte",
    )  # fmt: skip
    assert "noch nie geprüft" not in desk.get(place).text
    desk.post(f"{place}/mark/removal")
    assert "noch nie geprüft" in desk.get(place).text
    desk.post(f"{place}/removal")
    assert desk.get(place).status_code == 404
    desk.post(f"{place}/return")
    assert "Kiezfonds II" in desk.get(f"{HERE}?q=bezirk&kind=grant&legal_form=ev").text


def test_for_radhaus_all_16_programmes_say_whether_they_fit_and_why(
    desk: FlaskClient, radhaus: Organisation
) -> None:
    desk.post(f"{HERE}/known")
    asks = desk.get(f"{HERE}/check?organisation=Radhaus+Buch").text
    assert '<option selected value="ggmbh">' in asks
    assert "aus dem Register" in asks
    page = desk.get(f"{ASKED}&age25=yes&benefits6of7=no").text
    cards = page.split('<li class="card')[1:]
    assert len(cards) == 16
    assert all(card.startswith(" stale") for card in cards)
    states = [
        re.findall(r"passt, wenn …|passt nicht, weil …|passt(?=</span>)", c) for c in cards
    ]
    assert [each[0] for each in states] == sorted(
        (each[0] for each in states),
        key=["passt", "passt, wenn …", "passt nicht, weil …"].index,
    )
    assert all('<li class="' in card for card in cards)
    told = {re.search("<bdi>(.*?)</bdi>", card)[1]: card for card in cards}  # type: ignore[index]
    assert (
        "darf keinen Antrag stellen"
        in told["Förderung von Migrant*innenselbstorganisationen Pankow"]
    )
    assert "§ 16i SGB II" in told["Teilhabe am Arbeitsmarkt (§ 16i SGB II)"]
    assert "passt nicht" in told["Teilhabe am Arbeitsmarkt (§ 16i SGB II)"]
    assert (
        "Ein Entwicklungsprojekt ist erfolgreich abgeschlossen."
        in told["LSI Modellprojekt (Typ C)"]
    )


def test_a_check_is_kept_as_it_was_read(
    desk: FlaskClient, session: Session, radhaus: Organisation, programme: Programme
) -> None:
    about = f"{ASKED}&subject=Zweite+Werkstatt&kind=venture&which=7"
    page = desk.get(about).text
    action = re.search(r'action="([^"]*/funding/checks[^"]*)"', page)
    assert action
    address = action[1].replace("&amp;", "&")
    for _ in range(2):
        assert desk.post(address, data={"key": "once"}).status_code == 303
    kept = session.scalars(select(Check)).one()
    assert (kept.subject, kept.kind, kept.key) == ("Zweite Werkstatt", "venture", "7")
    assert kept.answers["amount"] == "18000.00"
    assert [each["state"] for each in kept.results] == ["open"]
    desk.post(f"{HERE}/programmes/{programme.id}/removal")
    shown = desk.get(f"{HERE}/checks/{kept.id}").text
    for told in ("Kiezfonds", "Das Bezirksamt stimmt zu.", "18.000\xa0€", "Zweite Werkstatt"):
        assert told in shown
    english = desk.get(f"{HERE}/checks/{kept.id}", headers={"Accept-Language": "en"}).text
    assert "18,000\xa0€" in english and english.count("Das Bezirksamt stimmt zu.") == 1
    desk.post(f"{HERE}/checks/{kept.id}/removal")
    assert desk.get(f"{HERE}/checks/{kept.id}").status_code == 404
    desk.post(f"{HERE}/checks/{kept.id}/return")
    assert "Zweite Werkstatt" in desk.get(f"{HERE}/checks").text


def test_answers_that_cannot_be_are_said_at_their_field(
    desk: FlaskClient, radhaus: Organisation, programme: Programme
) -> None:
    for wrong in ("amount=viel", "gets=nothing&gets=eu", "organisation=Niemand", "months=0"):
        answer = desk.get(f"{HERE}/check?asked=1&{wrong}")
        assert answer.status_code == 422
        assert 'class="err"' in answer.text


def test_a_deadline_stands_in_the_calendar_of_a_member(
    desk: FlaskClient, client: FlaskClient, programme: Programme
) -> None:
    assert "1. März 2099" in desk.get(f"{HERE}/deadlines").text
    desk.post("/p/buch/agency/subscription")
    link = re.search(r"/calendar/\w+\.ics", desk.get("/p/buch/agency/subscription").text)
    assert link
    events = icalendar.Calendar.from_ical(client.get(link[0]).data).walk("VEVENT")
    assert [(str(each["summary"]), each.decoded("dtstart")) for each in events] == [
        ("Frist: Kiezfonds", date(2099, 3, 1)), ("Frist: Kiezfonds", date(2099, 9, 15)),
    ]  # fmt: skip


def test_a_list_is_brought_in_step_by_step_and_undone(
    desk: FlaskClient, session: Session, programme: Programme
) -> None:
    exported = desk.get(f"{HERE}/programmes.csv").data
    content = exported + b"Neuer Topf;Senat;Zuschuss\r\n"
    file = (io.BytesIO(content), "liste.csv")
    begun = desk.post(f"{HERE}/import", data={"key": "a", "file": file})
    place = begun.headers["Location"].removesuffix("/columns")
    assert "Neuer Topf" not in desk.get(HERE).text
    told = desk.get(f"{place}/preview").text
    assert "steht schon so da" in told
    assert "1 Zeile übernehmen" in told
    desk.post(place)
    assert "1 Programm ist neu im Verzeichnis." in desk.get(place).text
    assert "Neuer Topf" in desk.get(HERE).text
    desk.post(f"{place}/undoing")
    assert "Neuer Topf" not in desk.get(f"{HERE}?q=topf").text.partition("<details")[0]
    nothing = desk.post(
        f"{HERE}/import", data={"key": "b", "file": (io.BytesIO(b""), "leer.csv")}
    )
    assert nothing.status_code == 422


def test_an_adviser_checks_but_does_not_change(
    app: Flask, session: Session, project: Project, programme: Programme
) -> None:
    user = a_user("Aylin")
    session.add(user)
    session.flush()
    session.add(a_member(project, user, Role.ADVISER))
    session.commit()
    adviser = browser_of(user, app)
    for page in ("", f"/programmes/{programme.id}", "/check", "/checks", "/deadlines"):
        answer = adviser.get(HERE + page)
        assert answer.status_code == 200
        assert "/edit" not in answer.text
    for page in ("/new", "/import", f"/programmes/{programme.id}/edit"):
        assert adviser.get(HERE + page).status_code == 403


def test_the_task_force_reads_the_directory_and_checks_nobody(
    app: Flask, tarik: User, programme: Programme
) -> None:
    browser = browser_of(tarik, app)
    assert browser.get(HERE).status_code == 200
    assert "/funding/check" not in browser.get(HERE).text
    assert browser.get(f"{HERE}/check").status_code == 403


def test_nothing_is_there_at_first_and_the_page_says_how_to_begin(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    assert "Noch steht kein Programm im Verzeichnis" in desk.get(HERE).text
    assert desk.get(f"{HERE}/check").status_code == 200
    keeping.add(session, project, Entry("Kiezfonds"), "Birte", NOON)
    session.commit()
    assert "Welches Geld gibt es?" in desk.get(HERE).text


def test_a_kept_reason_is_said_again_from_its_values() -> None:
    values = {
        "euro_most": Decimal("20000.50"),
        "day": date(2027, 9, 15),
        "texts": ("Association", "Foundation"),
        "text": {"de": "Berlin"},
        "number": 6,
    }
    reason = Reason(State.OPEN, "a sentence", values, "a source")
    kept = json.loads(json.dumps(recording.to_plain(reason)))
    assert recording.reason_of(kept) == reason
    assert recording.reason_of({"state": "no", "sentence": "wie damals", "source": ""}) is None
