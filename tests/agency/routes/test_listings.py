import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from agency import deciding
from people.listings.models import For, Listing
from people.models import Organisation, Project, Side
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
