import json
from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.models import SignInKey, User


def link(app: Flask, *arguments: str) -> str:
    result = app.test_cli_runner().invoke(args=["staff", "link", *arguments])
    assert result.exit_code == 0, result.output
    return result.output.strip().removeprefix("http://127.0.0.1:5000")


def test_the_first_link_of_a_server_makes_its_administrator(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    path = link(app)
    assert path.startswith("/welcome/")
    assert path.rpartition("/")[2] not in str(vars(session.query(SignInKey).one()))

    answer = client.post(path)
    assert (answer.status_code, answer.location) == (303, "/account")
    page = client.get("/account", headers={"Accept-Language": "en"}).text
    assert "Please enter your e-mail" in page or "Bitte" in page
    data = {"name": "Ada", "email": "ADA@example.org", "language": "en"}
    assert client.post("/account", data=data).status_code == 303
    ada = session.query(User).one()
    assert (ada.name, ada.email, ada.is_administrator) == ("Ada", "ada@example.org", True)
    assert client.post(path).status_code == 404


def test_the_administrator_takes_nobodys_address(
    app: Flask, client: FlaskClient, birte: User
) -> None:
    client.post(link(app))
    data = {"name": "Ada", "email": birte.email, "language": "de"}
    assert client.post("/account", data=data).status_code == 409


def test_the_next_link_is_for_the_same_administrator(app: Flask, session: Session) -> None:
    link(app), link(app)
    assert session.query(User).count() == 1


def test_a_link_for_somebody_by_address(app: Flask, client: FlaskClient, birte: User) -> None:
    path = json.loads(link(app, "--email", birte.email, "--json"))["path"]
    client.post(path)
    assert "Birte" in client.get("/account").text


def test_a_link_for_a_lost_phone(app: Flask, session: Session, birte: User) -> None:
    birte.tf_primary_method, birte.tf_totp_secret = "authenticator", "x"
    session.commit()
    link(app, "--email", birte.email)
    session.refresh(birte)
    assert birte.tf_totp_secret
    link(app, "--email", birte.email, "--without-second-step")
    session.refresh(birte)
    assert not birte.tf_totp_secret


def test_an_unknown_address_is_refused(app: Flask, keep: Callable[[User], User]) -> None:
    result = app.test_cli_runner().invoke(args=["staff", "link", "--email", "x@example.org"])
    assert result.exit_code == 1 and "no account" in result.output
