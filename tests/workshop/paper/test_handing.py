"""A tablet goes around, and each sees their own."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workshop.room import browser_in
from workshop.hosting import appoint
from workshop.models import Idea, Participant, Workshop
from workshop.voting.models import Ballot, Round
from workshop.voting.opening import key_of


@pytest.fixture
def tablet(app: Flask, session: Session, workshop: Workshop) -> FlaskClient:
    """A tablet at which Hala and Omar sit, too."""
    browser = browser_in(workshop, app, "Table 3")
    appoint(session, session.scalars(select(Participant).filter_by(name="Table 3")).one())
    session.commit()
    for name in ("Hala", "Omar"):
        browser.post(f"/w/{workshop.code}/table", data={"key": name, "name": name})
    return browser


def number_of(session: Session, name: str) -> int:
    return session.scalars(select(Participant.id).filter_by(name=name)).one()


def test_nobody_sees_what_the_one_before_chose(
    session: Session, tablet: FlaskClient, workshop: Workshop, round: Round, bikes: Idea
) -> None:
    page, hala = f"/w/{workshop.code}", number_of(session, "Hala")
    omar = number_of(session, "Omar")
    asked = tablet.post(f"{page}/next").location
    assert asked == f"{page}/next"
    assert tablet.get(page).location == asked
    hers = tablet.post(asked, data={"person": hala}).location
    dots = f"{page}/ballot/{key_of(bikes)}?turn={hala}"
    assert tablet.post(dots, data={"value": "2"}).status_code == 303
    assert "Noch 1 Punkt<" in tablet.get(hers).text

    tablet.post(asked)
    back = tablet.get(hers)
    assert (back.location, back.headers["Cache-Control"]) == (asked, "no-store")
    assert tablet.post(dots, data={"value": "0"}).location == asked
    his = tablet.post(asked, data={"person": omar}).location
    assert "Noch 3 Punkte<" in tablet.get(his).text
    assert tablet.get(hers).location == asked
    for closed in ("me", "papers", "wall", "paper-cards"):
        assert tablet.get(f"{page}/{closed}").location == asked
    session.expire_all()
    assert [ballot.spent for ballot in session.scalars(select(Ballot))] == [2]


def test_whoever_is_new_takes_it_at_once(
    session: Session, tablet: FlaskClient, workshop: Workshop
) -> None:
    page = f"/w/{workshop.code}"
    tablet.post(f"{page}/next")
    turn = tablet.post(f"{page}/table", data={"key": "new", "name": "Sami"}).location
    assert turn.endswith(f"turn={number_of(session, 'Sami')}")
    assert tablet.get(turn).status_code == 200


def test_the_host_keeps_it_again(tablet: FlaskClient, workshop: Workshop) -> None:
    page = f"/w/{workshop.code}"
    tablet.post(f"{page}/next")
    tablet.post(f"{page}/next", data={"keep": "yes"})
    assert tablet.get(page).status_code == 200
    assert tablet.get(f"{page}/me").status_code == 200


def test_it_goes_to_nobody_else(
    session: Session, tablet: FlaskClient, phone: FlaskClient, workshop: Workshop
) -> None:
    stranger = number_of(session, "Linden")
    assert tablet.post(f"/w/{workshop.code}/next", data={"person": stranger}).status_code == 404
    assert phone.get(f"/w/{workshop.code}/next").status_code == 404
