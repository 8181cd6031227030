import html
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.listings import keeping
from people.listings.models import Listing
from people.models import Organisation, Project
from surveys.models import Response, Survey
from tests.agency.gathering.story import FOUND, a_talk, a_wave, an_owner, talks
from tests.surveys.example import answer

REGISTER = "/p/buch/needs/register"


@pytest.fixture
def owner(session: Session, project: Project) -> Organisation:
    return an_owner(session, project)


@pytest.fixture
def said(session: Session, project: Project, owner: Organisation) -> Response:
    answers = {"org_needs": ["rooms", "funding"], "org_need_first": "funding"}
    response = answer(session, a_wave(session, project), answers, owner)
    session.commit()
    return response


def key_of(page: str, term: str) -> str:
    (key,) = {*re.findall(rf'name="chosen" value="([^"]*\.{term})"', page)}
    return str(key)


def undo_in(desk: FlaskClient, page: str) -> str:
    return str(re.findall(r'action="([^"]*/acts/[^"]*)"', desk.get(page).text)[0])


def again_in(desk: FlaskClient, page: str) -> str:
    (found,) = re.findall(r'action="([^"]*/undoing[^"]*)"', desk.get(page).text)
    return html.unescape(found)


def test_one_is_confirmed_by_its_own_button_and_leads_to_its_answer(
    desk: FlaskClient, session: Session, said: Response
) -> None:
    page = desk.get(FOUND).text
    assert "Am dringendsten" in page
    key = key_of(page, "funding")
    sent = {"key": "a form", "act": f"confirm {key}", "of": key, "quantity": "2"}
    assert desk.post(FOUND, data=sent).status_code == 303
    it = session.scalars(select(Listing)).one()
    assert (it.title, it.quantity) == ("Fördermittel / Finanzierung", 2)
    guide = '/p/buch/surveys/betriebe/interviews/O01"'
    for where in (REGISTER, f"{REGISTER}/{it.id}", f"/p/buch/needs/gaps/{it.id}"):
        assert guide in desk.get(where).text
    assert desk.get(guide[:-1]).status_code == 200


def test_several_are_confirmed_together_and_taken_back(
    desk: FlaskClient, session: Session, said: Response
) -> None:
    page = desk.get(FOUND).text
    keys = [key_of(page, "funding"), key_of(page, "rooms")]
    sent = {"key": "a form", "act": "confirm", "chosen": keys}
    assert desk.post(FOUND, data=sent).status_code == 303
    assert len(session.scalars(select(Listing).filter_by(deleted=None)).all()) == 2
    assert desk.post(undo_in(desk, FOUND)).status_code == 303
    session.rollback()
    assert session.scalars(select(Listing).filter_by(deleted=None)).all() == []
    assert "2 Bedarfe und Angebote" in desk.get(REGISTER).text


def test_one_is_set_aside_and_proposed_again(desk: FlaskClient, said: Response) -> None:
    key = key_of(desk.get(FOUND).text, "rooms")
    desk.post(FOUND, data={"key": "a form", "act": f"aside {key}"})
    page = desk.get(FOUND).text
    assert f'value="{key}"' not in page
    (again,) = re.findall(r'action="([^"]*/aside/[^"]*)"', page)
    desk.post(again)
    assert f'value="{key}"' in desk.get(FOUND).text


def test_what_is_wrong_is_said_and_stays(
    desk: FlaskClient, session: Session, said: Response
) -> None:
    key = key_of(desk.get(FOUND).text, "rooms")
    sent = {"key": "a form", "act": "confirm", "chosen": [key], "of": key}
    sent["quantity"] = "viele"
    answered = desk.post(FOUND, data=sent)
    assert answered.status_code == 422
    assert 'value="viele" aria-invalid' in answered.text
    assert f'value="{key}" checked' in answered.text
    assert desk.post(FOUND, data={"key": "b", "act": "confirm"}).status_code == 409
    nonsense = desk.post(FOUND, data=sent | {"act": "nonsense"})
    assert (nonsense.status_code, 'value="viele"' in nonsense.text) == (422, True)
    assert session.scalars(select(Listing)).all() == []


def test_a_source_that_is_gone_is_said_so(
    desk: FlaskClient, session: Session, said: Response
) -> None:
    key = key_of(desk.get(FOUND).text, "rooms")
    desk.post(FOUND, data={"key": "a form", "act": f"confirm {key}"})
    session.refresh(said)
    said.submitted = None
    session.commit()
    assert "Quelle ist nicht mehr da" in desk.get(REGISTER).text
    assert "Es wurde noch nichts gesagt" in desk.get(FOUND).text


def test_people_are_counted_anew_with_one_press(
    desk: FlaskClient, session: Session, project: Project, owner: Organisation
) -> None:
    survey: Survey = talks(session, project)
    for number in range(5):
        a_talk(session, survey, owner, f"A{number}-AAA")
        a_talk(session, survey, owner, f"B{number}-AAA", needs=["jobs"])
    key = key_of(desk.get(FOUND).text, "childcare")
    desk.post(FOUND, data={"key": "a form", "act": f"confirm {key}"})
    for number in range(5):
        a_talk(session, survey, owner, f"C{number}-AAA")
    page = desk.get(FOUND).text
    assert "N1 <bdi>Kinderbetreuung</bdi>: 5 im Register" in page
    version = re.findall(r'name="version" value="(\d+)"', page)[0]
    (again,) = re.findall(r'action="([^"]*/number)"', page)
    for _ in range(2):
        assert desk.post(again, data={"version": version}).status_code == 303
    session.rollback()
    assert session.scalars(select(Listing)).one().quantity == 10


def test_all_of_an_organisation_are_confirmed_with_one_press(
    desk: FlaskClient, session: Session, said: Response, owner: Organisation
) -> None:
    assert "Alle 2 bestätigen" in desk.get(FOUND).text
    desk.post(FOUND, data={"key": "a form", "act": f"confirm {owner.id}"})
    assert len(session.scalars(select(Listing)).all()) == 2


def test_what_was_said_is_searched(desk: FlaskClient, said: Response) -> None:
    assert "1 weitere" not in desk.get(FOUND).text
    assert "Räume" not in desk.get(f"{FOUND}?q=fördermittel").text
    assert "Nichts passt" in desk.get(f"{FOUND}?side=offer").text


def test_a_source_that_says_otherwise_is_asked_about_once_for_all_its_entries(
    desk: FlaskClient, session: Session, project: Project, said: Response
) -> None:
    confirm_all = [
        f"confirm {key_of(desk.get(FOUND).text, term)}" for term in ("rooms", "funding")
    ]
    for number, act in enumerate(confirm_all):
        desk.post(FOUND, data={"key": f"form {number}", "act": act})
    assert "Seither anders gesagt" not in desk.get(FOUND).text
    before = said.answers
    said.answers = {}
    session.commit()
    page = desk.get(FOUND).text
    assert page.count("/proposals/sources/keep") == 1
    entries = re.findall(r'name="entry" value="(\d+)"', page)
    assert len(entries) == 2

    undo = again_in(desk, desk.post(f"{FOUND}/sources/keep", data={"entry": entries}).location)
    assert "Seither anders gesagt" not in desk.get(FOUND).text
    assert "Quelle ist nicht mehr da" in desk.get(REGISTER).text
    desk.post(undo)
    assert "Seither anders gesagt" in desk.get(FOUND).text

    undo = again_in(
        desk, desk.post(f"{FOUND}/sources/removal", data={"entry": entries}).location
    )
    assert "Seither anders gesagt" not in desk.get(FOUND).text
    assert keeping.listed(session, project) == []
    desk.post(undo)
    assert len(keeping.listed(session, project)) == 2

    desk.post(f"{FOUND}/sources/removal", data={"entry": entries})
    session.refresh(said)
    said.answers = before
    session.commit()
    for term in ("rooms", "funding"):  # said again, proposed again
        assert key_of(desk.get(FOUND).text, term)
    nothing = desk.post(f"{FOUND}/sources/keep", data={"entry": [str(2**70), "x"]})
    assert nothing.status_code == 409
