import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select, update
from sqlalchemy.orm import Session

from agency import deciding
from core.db import db
from people.listings.models import For, Listing
from people.models import Organisation, Project, Side
from people.taxonomy import SHIPPED
from people.terms import keeping as terms
from tests.agency.story import a_listing
from tests.story import NOON, an_organisation

REGISTER = "/p/buch/needs/register"
SAID = {
    "key": "a form",
    "side": "need",
    "people": "persons",
    "term": "sewing_workshop",
    "title": "Ein Ort zum Nähen",
    "quantity": "11",
    "locality": "buch",
    "german": "none",
    "times": ["t_morning", "t_evening"],
    "requires": ["childcare"],
}


@pytest.fixture
def radhaus(session: Session, project: Project) -> Organisation:
    found = an_organisation(project, "O01", "Radhaus Buch gGmbH")
    session.add(found)
    session.commit()
    return found


def the_listing(session: Session) -> Listing:
    session.rollback()
    return session.scalars(select(Listing)).one()


def test_a_need_is_entered_once_however_often_it_is_sent(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    for _ in range(2):
        assert desk.post(REGISTER, data=SAID).status_code == 303
    found = the_listing(session)
    assert (found.code, found.title, found.quantity) == ("N1", "Ein Ort zum Nähen", 11)
    assert (found.people, found.times, found.requires) == (
        For.PERSONS, "t_morning t_evening", "childcare",
    )  # fmt: skip
    assert found.by == "Birte"
    for change in ({"title": "Etwas anderes"}, {"quantity": "12"}):
        assert desk.post(REGISTER, data=SAID | change).status_code == 409


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": ""}, "Dieses Feld wird benötigt."),
        ({"quantity": "0"}, "Zahl"),
        ({"quantity": "viele"}, "Zahl"),
        ({"term": "nonsense"}, ""),
        ({"term": "rooms"}, "Dieser Begriff gilt für Organisationen."),
        ({"people": "organisations"}, "Dieser Begriff gilt für Menschen."),
        ({"organisation": "Gibt es nicht"}, "heißt so."),
        ({"valid_until": "morgen"}, ""),
        ({"requires": ["nonsense"]}, ""),
    ],
)
def test_what_is_wrong_is_said_and_stays(
    desk: FlaskClient, session: Session, project: Project, change: dict[str, object], said: str
) -> None:
    answer = desk.post(REGISTER, data={**SAID, **change})
    assert answer.status_code == 422
    assert said in answer.text
    if "title" not in change:
        assert "Ein Ort zum Nähen" in answer.text
    assert session.scalars(select(Listing)).all() == []


def test_an_offer_belongs_to_an_organisation_of_the_register(
    desk: FlaskClient, session: Session, radhaus: Organisation
) -> None:
    offered = {"side": "offer", "organisation": "Radhaus Buch", "requires": []}
    assert desk.post(REGISTER, data=SAID | offered).status_code == 303
    found = the_listing(session)
    assert (found.code, found.organisation_id) == ("F1", radhaus.id)
    assert 'value="Radhaus Buch gGmbH"' in desk.get(f"{REGISTER}/{found.id}").text


def test_it_is_changed_removed_and_brought_back(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    desk.post(REGISTER, data=SAID)
    found = the_listing(session)
    changed = SAID | {"version": str(found.version), "quantity": "12"}
    assert desk.post(f"{REGISTER}/{found.id}", data=changed).status_code == 303
    assert the_listing(session).quantity == 12
    late = desk.post(f"{REGISTER}/{found.id}", data=changed | {"quantity": "13"})
    assert late.status_code == 409
    assert 'value="13"' in late.text
    assert the_listing(session).quantity == 12
    desk.post(f"{REGISTER}/{found.id}/removal")
    assert "1 gelöschter Eintrag" in desk.get(REGISTER).text
    assert "N1 <bdi>Ein Ort zum Nähen" in desk.get(f"{REGISTER}/deleted").text
    assert desk.get(f"{REGISTER}/{found.id}").status_code == 404
    desk.post(f"{REGISTER}/{found.id}/return")
    assert "Ein Ort zum Nähen" in desk.get(f"{REGISTER}?q=nähen+ort").text


def test_a_need_stays_a_need(desk: FlaskClient, session: Session, project: Project) -> None:
    a_listing(session, project, Side.OFFER, "Nähstube im Hof")
    session.commit()
    desk.post(REGISTER, data=SAID)
    found = session.scalars(select(Listing).filter_by(side=Side.NEED)).one()
    page = f"{REGISTER}/{found.id}"
    assert 'name="side"' not in desk.get(page).text
    assert 'name="people"' in desk.get(page).text
    changed = SAID | {"version": str(found.version), "side": "offer", "quantity": "12"}
    assert desk.post(page, data=changed).status_code == 303
    session.refresh(found)
    assert (found.code, found.side, found.quantity) == ("N1", Side.NEED, 12)


def test_for_whom_it_is_stays_once_something_is_decided(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    need = a_listing(session, project, Side.NEED, "Ein Ort zum Nähen")
    offer = a_listing(session, project, Side.OFFER, "Nähstube im Hof")
    deciding.decide(session, need, offer, 2, "Birte", NOON)
    session.commit()
    page = f"{REGISTER}/{need.id}"
    assert 'name="people"' not in desk.get(page).text
    changed = SAID | {"version": str(need.version), "people": "organisations"}
    assert desk.post(page, data=changed).status_code == 303
    session.refresh(need)
    assert (need.people, need.quantity) == (For.PERSONS, 11)


def test_a_version_that_is_no_number_of_ours_is_refused(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    desk.post(REGISTER, data=SAID)
    page = f"{REGISTER}/{the_listing(session).id}"
    assert desk.post(page, data=SAID | {"version": str(2**63)}).status_code == 422


def test_the_list_is_searched(desk: FlaskClient, session: Session, project: Project) -> None:
    a_listing(session, project, Side.NEED, "Ein Ort zum Nähen", note="Für Frauen")
    a_listing(session, project, Side.OFFER, "Nähstube im Hof")
    session.commit()
    for asked, found in (
        ("q=frauen", ["Ein Ort"]),
        ("q=NAEH", ["Ein Ort", "Nähstube"]),
        ("side=offer", ["Nähstube"]),
        ("people=organisations", []),
        ("term=sewing_workshop&q=F1", ["Nähstube"]),
    ):
        page = desk.get(f"{REGISTER}?{asked}").text
        assert [name for name in ("Ein Ort", "Nähstube") if f"<bdi>{name}" in page] == found


def test_what_is_shown_in_the_form_is_what_it_sends(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    """Times once stood there as words, with nothing to tick."""
    page = desk.get(f"{REGISTER}/new").text
    for kind, name, value in (
        ("radio", "side", "need"),
        ("radio", "people", "persons"),
        ("checkbox", "times", "t_evening"),
        ("checkbox", "requires", "childcare"),
    ):
        assert f'<input type="{kind}" name="{name}" value="{value}">' in page
    desk.post(REGISTER, data=SAID)
    page = desk.get(f"{REGISTER}/{the_listing(session).id}").text
    for name, value in (("times", "t_morning"), ("requires", "childcare")):
        assert f'name="{name}" value="{value}" checked>' in page
    assert 'name="times" value="t_weekend">' in page


@pytest.fixture
def many(session: Session, project: Project) -> int:
    """2,000 needs and offers, every hundredth of which is about bicycles."""
    number = 2000
    for n in range(number):
        title = f"Fahrrad {n}" if n % 100 == 0 else f"Platz {n}"
        side = Side.OFFER if n % 2 else Side.NEED
        more = {"people": For.PERSONS, "term": "childcare", "by": "Birte", "at": NOON}
        values = {"project_id": project.id, "number": n, "title": title, "side": side} | more
        session.add(Listing(**values))
    session.commit()
    return number


def entries_on(page: str) -> list[str]:
    return re.findall(r'<span class="mono quiet">([NF]\d+)</span>', page)


def test_a_long_register_is_read_page_by_page(desk: FlaskClient, many: int) -> None:
    first = desk.get(REGISTER).text
    assert "2000 Einträge" in first
    assert len(entries_on(first)) == 50
    assert len(first) < 60_000
    assert "page=2" in first
    shown = [entries_on(desk.get(f"{REGISTER}?page={n}").text) for n in (1, 2, 3, 40)]
    assert len({code for codes in shown for code in codes}) == 200
    last = desk.get(f"{REGISTER}?page=40").text
    assert entries_on(desk.get(f"{REGISTER}?page=999999").text) == entries_on(last)
    assert "page=41" not in last


def test_a_long_register_is_asked_for_with_few_statements(
    desk: FlaskClient, app: Flask, many: int
) -> None:
    """However long it is: what is not shown is not loaded, and nothing is asked for twice."""
    said: list[str] = []
    with app.app_context():
        engine = db.session.get_bind()

    def note(*told: object) -> None:
        said.append(str(told[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        desk.get(f"{REGISTER}?page=3")
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(said) < 40


def test_what_is_looked_for_stays_from_page_to_page_with_its_numbers(
    desk: FlaskClient, session: Session, project: Project, many: int
) -> None:
    page = desk.get(f"{REGISTER}?q=platz&side=need").text
    assert "980 Einträge passen" in page
    assert "Bedarf (980)" in page
    assert "Angebot (1000)" in page
    assert "q=platz&amp;side=need&amp;page=2" in page
    again = entries_on(desk.get(f"{REGISTER}?q=platz&side=need&page=2").text)
    assert len(again) == 50
    assert {code[0] for code in again} == {"N"}
    assert entries_on(desk.get(f"{REGISTER}?q=fahrrad").text)[:2] == ["N0", "N100"]


def test_what_was_put_together_with_another_term_is_found_under_both(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    a_listing(session, project, Side.NEED, "Betreuung am Abend", term="childcare")
    a_listing(session, project, Side.NEED, "Nähen", term="sewing_workshop")
    a_listing(session, project, Side.NEED, "Stricken", term="sewing_workshop")
    terms.merge(session, project, "sewing_workshop", "childcare", "Birte", NOON)
    session.commit()
    label = terms.taxonomy_of(session, project.id).label("childcare", "de")
    page = desk.get(f"{REGISTER}?term=childcare").text
    assert entries_on(page) == ["N1", "N2", "N3"]
    assert f'<option value="childcare" selected>{label} (3)' in page
    assert entries_on(desk.get(f"{REGISTER}?term=sewing_workshop").text) == ["N1", "N2", "N3"]
    own = SHIPPED.label("sewing_workshop", "de")
    assert entries_on(desk.get(REGISTER, query_string={"q": own}).text) == ["N2", "N3"]
    assert entries_on(desk.get(REGISTER, query_string={"q": label}).text) == ["N1", "N2", "N3"]
    terms.merge(session, project, "sewing_workshop", "", "Birte", NOON)
    session.commit()
    assert entries_on(desk.get(f"{REGISTER}?term=childcare").text) == ["N1"]


def test_an_organisation_is_found_by_its_name(
    desk: FlaskClient, session: Session, project: Project, radhaus: Organisation
) -> None:
    a_listing(session, project, Side.OFFER, "Werkstatt", organisation_id=radhaus.id)
    a_listing(session, project, Side.OFFER, "Nähstube")
    session.commit()
    assert entries_on(desk.get(f"{REGISTER}?q=radhaus").text) == ["F1"]


def test_what_is_deleted_is_read_page_by_page_too(
    desk: FlaskClient, session: Session, project: Project, many: int
) -> None:
    session.execute(update(Listing).values(deleted=NOON))
    session.commit()
    page = desk.get(f"{REGISTER}/deleted?page=40").text
    assert "2000 gelöschte Einträge" in page
    assert page.count("/return") == 50
    assert "Noch ist kein" in desk.get(REGISTER).text


def test_what_is_needed_besides_is_said_with_its_own_place_and_time(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    desk.post(REGISTER, data=SAID)
    found = the_listing(session)
    page = f"{REGISTER}/{found.id}"
    own = {"besides": "childcare", "besides-childcare-locality": "karow"}
    own |= {"besides-childcare-times": "t_weekend"}
    typed = SAID | own | {"version": str(found.version)}
    assert 'name="besides" value="childcare"' in desk.get(page).text
    assert desk.post(page, data=typed).status_code == 303
    found = the_listing(session)
    assert found.besides == {"childcare": {"locality": "karow", "times": ["t_weekend"]}}
    assert "(Karow · am Wochenende)" in desk.get(REGISTER).text
    form = desk.get(page).text
    assert '<option value="karow" selected>' in form
    assert 'name="besides-childcare-times" value="t_weekend" checked>' in form
    bad = typed | {"version": str(found.version), "besides-childcare-locality": "<script>"}
    desk.post(page, data=bad | {"besides-childcare-times": "never"})
    found = the_listing(session)
    assert found.besides == {}
    gone = typed | {"version": str(found.version), "requires": []}
    desk.post(page, data=gone)
    assert the_listing(session).besides == {}
