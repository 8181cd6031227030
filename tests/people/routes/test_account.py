import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.models import StaffSession, User
from tests.story import browser_of


def test_name_and_language_are_ones_own(
    desk: FlaskClient, session: Session, birte: User
) -> None:
    answer = desk.post("/account", data={"name": "Birte B.", "language": "en"})
    assert answer.status_code == 303
    assert "Your account" in desk.get("/account").text
    session.refresh(birte)
    assert (birte.name, birte.language) == ("Birte B.", "en")


def test_an_address_once_given_stays(desk: FlaskClient, session: Session, birte: User) -> None:
    """It is where links go, so a moment at an open laptop must not move it."""
    desk.post("/account", data={"name": "B", "language": "de", "email": "evil@example.org"})
    session.refresh(birte)
    assert birte.email == "birte@example.org"


def test_nobody_makes_themselves_an_administrator(
    desk: FlaskClient, session: Session, birte: User
) -> None:
    desk.post("/account", data={"name": "B", "language": "de", "is_administrator": "1"})
    session.refresh(birte)
    assert not birte.is_administrator


def test_mistakes_are_named(desk: FlaskClient) -> None:
    for wrong in ({"name": ""}, {"language": "xx"}):
        data = {"name": "Birte", "language": "de"} | wrong
        assert desk.post("/account", data=data).status_code == 422


def test_devices_are_listed_and_signed_out_one_by_one(
    app: Flask, desk: FlaskClient, birte: User, tarik: User
) -> None:
    phone = browser_of(birte, app)
    page = desk.get("/account/sessions").text
    (action,) = re.findall(r'action="(/account/sessions/\d+/removal)"', page)
    assert "Firefox, Linux" in page and 'class="pill here"' in page
    assert browser_of(tarik, app).post(action).status_code == 404
    assert phone.get("/account").status_code == 200

    assert desk.post(action).status_code == 303
    assert phone.get("/account").status_code == 303
    assert desk.get("/account").status_code == 200


def test_all_other_devices_are_signed_out(
    app: Flask, desk: FlaskClient, session: Session, birte: User, tarik: User
) -> None:
    phone, tablet, other = (browser_of(user, app) for user in (birte, birte, tarik))
    assert desk.post("/account/sessions/removal").status_code == 303
    for browser, status in ((phone, 303), (tablet, 303), (desk, 200), (other, 200)):
        assert browser.get("/account").status_code == status
    assert session.query(StaffSession).count() == 2


def test_no_address_of_a_network_is_kept(app: Flask) -> None:
    assert set(StaffSession.__table__.columns.keys()) == {
        "id", "user_id", "key_hash", "begun", "seen", "device",
    }  # fmt: skip
