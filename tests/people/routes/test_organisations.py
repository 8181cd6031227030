import io
import re
from urllib.parse import quote

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.sheets import read_table
from people.contacts import Person, contact_of
from people.models import (
    Contact,
    Naming,
    Organisation,
    Project,
    Sector,
    TaskForceMember,
    User,
)
from people.naming import decide_naming, naming_decisions
from tests.hostile import STRINGS
from tests.story import NOON, an_organisation, browser_of

FILLED = {
    "key": "k1",
    "name": "Lastenrad Buch eG",
    "short_name": "Lastenrad",
    "aliases": "Rad & Last\nLastenräder",
    "sector": "economy",
    "kind": "business",
    "legal_form": "eg",
    "locality": "buch",
    "needs": ["staff"],
    "offers": ["jobs", "rooms"],
}


@pytest.fixture
def radhaus(session: Session, project: Project) -> Organisation:
    organisation = an_organisation(project, "O07", "Radhaus Buch gGmbH", Sector.ECONOMY)
    session.add(organisation)
    session.commit()
    return organisation


def test_an_organisation_is_entered_and_found_again(desk: FlaskClient, radhaus: object) -> None:
    answer = desk.post("/p/buch/people", data=FILLED, follow_redirects=True)
    for text in ("O08", "Lastenrad Buch eG", "Rad &amp; Last", "Arbeitsplatz", "Personal"):
        assert text in answer.text
    again = desk.post("/p/buch/people", data=FILLED)
    assert again.status_code == 303
    page = desk.get("/p/buch/people?q=lastenräd").text
    assert page.count("organisations/O08") == 1 and "Radhaus" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=Radhauss", True),
        ("q=O07", True),
        ("q=zzz", False),
        ("sector=economy", True),
        ("sector=science", False),
        ("need=rooms", False),
        ("page=99999999999999999999", False),
        ("page=-1&sector=nonsense", False),
    ],
)
def test_the_register_is_searched(
    desk: FlaskClient, radhaus: Organisation, query: str, found: bool
) -> None:
    answer = desk.get(f"/p/buch/people?{query}")
    assert answer.status_code == 200 and ("Radhaus Buch" in answer.text) == found


def test_what_is_missing_is_said_and_what_was_typed_stays(desk: FlaskClient) -> None:
    answer = desk.post("/p/buch/people", data=FILLED | {"name": " ", "sector": ""})
    assert answer.status_code == 422
    assert "Rad &amp; Last" in answer.text and 'value="rooms" checked' in answer.text


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(
    desk: FlaskClient, radhaus: Organisation
) -> None:
    page = "/p/buch/people/organisations/O07"
    mine, theirs = FILLED | {"version": 1, "name": "Mein Radhaus"}, FILLED | {"version": 1}
    assert desk.post(page, data=theirs).status_code == 303
    answer = desk.post(page, data=mine)
    assert answer.status_code == 409
    assert 'value="Mein Radhaus"' in answer.text and "Lastenrad Buch eG" in answer.text
    assert 'name="version" type="hidden" value="2"' in answer.text
    assert "Lastenrad Buch eG" in desk.get(page).text
    assert desk.post(page, data=mine | {"version": 2}).status_code == 303
    assert "Mein Radhaus" in desk.get(page).text


def test_deleting_can_be_undone_from_the_notice(
    desk: FlaskClient, radhaus: Organisation
) -> None:
    page = "/p/buch/people/organisations/O07"
    answer = desk.post(f"{page}/removal", follow_redirects=True)
    assert f'action="{page}/return"' in answer.text
    assert "Radhaus Buch" not in desk.get("/p/buch/people").text
    assert "Radhaus Buch" in desk.get("/p/buch/people/deleted").text
    assert b"Radhaus" not in desk.get("/p/buch/people/export.csv").data
    desk.post(f"{page}/return")
    assert "Radhaus Buch" in desk.get("/p/buch/people").text


def test_a_contact_is_sealed_and_stays_out_of_lists_and_files(
    desk: FlaskClient, app: Flask, session: Session, radhaus: Organisation
) -> None:
    person = {"name": "Ayşe Yıldız", "email": "ay@example.org", "phone": "+49 30 1234"}
    page = "/p/buch/people/organisations/O07"
    desk.post(f"{page}/contact", data=person)
    sealed = session.scalars(select(Contact)).one().sealed
    assert "Ayşe" not in sealed and "example" not in sealed
    assert contact_of(session, app.extensions["keys"], radhaus) == Person(**person)
    assert "Ayşe Yıldız" in desk.get(page).text
    assert "Ayşe" not in desk.get("/p/buch/people").text
    for kind in ("csv", "xlsx"):
        table = read_table(desk.get(f"/p/buch/people/export.{kind}").data)
        assert "ay@example.org" not in str(table)
        table = read_table(desk.get(f"/p/buch/people/export.{kind}?contacts=yes").data)
        assert table[1][-2:] == ["ay@example.org", "+49 30 1234"]


def test_an_address_keeps_its_lines(
    desk: FlaskClient, app: Flask, session: Session, radhaus: Organisation
) -> None:
    page = "/p/buch/people/organisations/O07/contact"
    desk.post(page, data={"address": " Walter-Friedrich-Str. 4\r\n\r\n13125 Berlin\x00 "})
    person = contact_of(session, app.extensions["keys"], radhaus)
    assert person.address == "Walter-Friedrich-Str. 4\n13125 Berlin"
    assert ">\r\nWalter-Friedrich-Str. 4\n13125 Berlin</textarea>" in desk.get(page).text


def test_a_contact_needs_a_real_address(desk: FlaskClient, radhaus: Organisation) -> None:
    page = "/p/buch/people/organisations/O07/contact"
    answer = desk.post(page, data={"name": "Ayşe", "email": "a@b@c"})
    assert answer.status_code == 422 and 'value="a@b@c"' in answer.text


def test_no_cell_of_the_register_is_a_formula(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    session.add(an_organisation(project, "O01", "=1+1", short_name="+49 30 1"))
    session.commit()
    book = openpyxl.load_workbook(io.BytesIO(desk.get("/p/buch/people/export.xlsx").data))
    assert {cell.data_type for row in book.worksheets[0] for cell in row} <= {"s", "n"}
    assert "+49 30 1" in [cell.value for cell in book.worksheets[0][2]]


def test_naming_is_changed_with_name_and_day(
    desk: FlaskClient, session: Session, radhaus: Organisation
) -> None:
    page = "/p/buch/people/organisations/O07"
    desk.post(f"{page}/naming", data={"naming": "public"})
    desk.post(f"{page}/naming", data={"naming": "public"})
    session.refresh(radhaus)
    assert radhaus.naming == Naming.PUBLIC
    assert [each.by for each in naming_decisions(session, radhaus)] == ["Birte"]
    assert "Birte" in desk.get(page).text
    assert desk.post(f"{page}/naming", data={"naming": "all"}).status_code == 422


def test_the_task_force_reads_without_contacts_and_changes_nothing(
    app: Flask, session: Session, tarik: User, radhaus: Organisation, desk: FlaskClient
) -> None:
    desk.post("/p/buch/people/organisations/O07/contact", data={"name": "Ayşe Yıldız"})
    decide_naming(session, radhaus, Naming.NETWORK, "", NOON)
    session.commit()
    reader = browser_of(tarik, app)
    assert "Radhaus Buch" in reader.get("/p/buch/people").text
    page = reader.get("/p/buch/people/organisations/O07")
    assert page.status_code == 200 and "Ayşe" not in page.text
    for path in ("export.csv", "new", "deleted", "import", "consents"):
        assert reader.get(f"/p/buch/people/{path}").status_code == 403
    assert reader.post("/p/buch/people/organisations/O07/removal").status_code == 403


def test_another_project_is_not_there(app: Flask, carim: User, radhaus: Organisation) -> None:
    stranger = browser_of(carim, app)
    assert stranger.get("/p/elsewhere/people/organisations/O07").status_code == 404
    assert stranger.post("/p/elsewhere/people/organisations/O07/removal").status_code == 404
    assert stranger.get("/p/buch/people/organisations/O07").status_code == 404


def test_whatever_is_typed_is_kept_or_refused_in_words(desk: FlaskClient) -> None:
    for number, text in enumerate(STRINGS[::4]):
        typed = {
            "name": text,
            "short_name": text[:40],
            "aliases": text[:150],
            "key": f"k{number}",
        }
        answer = desk.post("/p/buch/people", data=FILLED | typed)
        assert answer.status_code in (303, 422), text
        pages = ["/p/buch/people?q=" + quote(text[:100]) + "&kind=" + quote(text[:100])]
        if answer.status_code == 303:
            contact = dict.fromkeys(("salutation", "name", "email", "phone"), text)
            sent = desk.post(f"{answer.location}/contact", data=contact)
            assert sent.status_code in (303, 422), text
            pages += [answer.location, f"{answer.location}/edit"]
        for page in pages:
            shown = desk.get(page)
            assert shown.status_code == 200, text
            assert "<script>window" not in shown.text and "<img src=q" not in shown.text
            assert not re.search(r"\b1337\b", shown.text.replace(text, ""))


def test_text_is_kept_composed(desk: FlaskClient, session: Session) -> None:
    desk.post("/p/buch/people", data=FILLED | {"name": "Cafe\u0301 <b>Büro</b> & Söhne"})
    assert session.scalars(select(Organisation.name)).one() == "Café <b>Büro</b> & Söhne"


def test_seats_are_given_and_taken_away(
    desk: FlaskClient, session: Session, radhaus: Organisation
) -> None:
    page = "/p/buch/people/task-force"
    assert "Radhaus Buch gGmbH" in desk.get(page).text
    seat = {"key": "s1", "name": "Jo Kern", "organisation": "O07", "sector": ""}
    for _ in range(2):
        answer = desk.post(page, data=seat, follow_redirects=True)
        assert "Jo Kern" in answer.text
    member = session.scalars(select(TaskForceMember)).one()
    assert member.sector == Sector.ECONOMY
    session.refresh(radhaus)
    assert radhaus.in_task_force
    assert desk.post(page, data={"key": "s2", "sector": "science"}).status_code == 422
    assert desk.post(page, data={"key": "s3", "name": "Li"}).status_code == 422
    desk.post(f"{page}/{member.id}/removal")
    session.refresh(radhaus)
    assert not radhaus.in_task_force


def test_a_consent_is_reworded_and_the_old_wording_stays(desk: FlaskClient) -> None:
    page = "/p/buch/people/consents/survey/ar"
    text = {"seen": "0", "text": "أوافق <b>"}
    for _ in range(2):
        assert desk.post(page, data=text).status_code == 303
    assert desk.post(page, data=text | {"text": "نعم"}).status_code == 409
    assert desk.post(page, data={"seen": "1", "text": "نعم"}).status_code == 303
    shown = desk.get(page).text
    assert "نعم" in shown and "أوافق &lt;b&gt;" in shown
    assert desk.get("/p/buch/people/consents/survey/fr").status_code == 404
    assert desk.get("/p/buch/people/consents").status_code == 200
