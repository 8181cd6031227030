"""The second step: a code from the phone, which counts once, and codes for a lost phone."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.entering import FREE_TRIES
from people.models import User
from tests.story import PASSWORD, at_once, browser_of


@pytest.fixture
def phone(app: Flask, with_password: Callable[[User], User], birte: User) -> pyotp.TOTP:
    """The phone with which Birte has set up her second step."""
    desk = browser_of(with_password(birte), app)
    desk.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = desk.post("/account/two-factor", data={"setup": "authenticator"}).text
    (key,) = re.findall(r'<span class="mono" dir="ltr">([A-Z0-9 -]+)</span>', page)
    (path,) = re.findall(r'action="(/account/two-factor/[^"]+)"', page)
    phone = pyotp.TOTP(re.sub("[ -]", "", key))
    answer = desk.post(path, data={"code": phone.now()}, follow_redirects=True)
    assert "The second step is on" in answer.text
    return phone


def password_first(app: Flask, user: User, page: str = "") -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    answer = client.post(
        "/sign-in", data={"email": user.email, "password": PASSWORD, "next": page}
    )
    assert answer.location.startswith("/sign-in/code")
    return client


def next_code(phone: pyotp.TOTP) -> str:
    """The code after the one that setting up has used."""
    return phone.at(datetime.now(UTC) + timedelta(seconds=30))


def test_the_picture_of_the_key_is_drawn_into_the_page(desk: FlaskClient) -> None:
    page = desk.post("/account/two-factor", data={"setup": "authenticator"}).text
    assert '<svg aria-hidden="true"' in page and "data:" not in page


def test_a_password_alone_opens_nothing(app: Flask, phone: pyotp.TOTP, birte: User) -> None:
    client = password_first(app, birte)
    assert client.get("/p/buch").status_code == 303


def test_password_and_code_lead_to_where_one_wanted_to_be(
    app: Flask, phone: pyotp.TOTP, birte: User
) -> None:
    client = password_first(app, birte, "/account/sessions")
    answer = client.post(
        "/sign-in/code?next=/account/sessions", data={"code": next_code(phone)}
    )
    assert (answer.status_code, answer.location) == (303, "/account/sessions")
    assert client.get("/account/sessions").status_code == 200


def test_a_code_counts_once(app: Flask, phone: pyotp.TOTP, birte: User) -> None:
    code = next_code(phone)
    assert password_first(app, birte).post("/sign-in/code", data={"code": code}).location
    again = password_first(app, birte).post("/sign-in/code", data={"code": code})
    assert again.status_code == 422 and "was used already" in again.text


def test_of_four_who_send_the_same_code_one_gets_in(
    app: Flask, phone: pyotp.TOTP, birte: User
) -> None:
    code, answers = next_code(phone), []
    clients = [password_first(app, birte) for _ in range(4)]

    def send(which: int) -> None:
        answers.append(clients[which].post("/sign-in/code", data={"code": code}).status_code)

    at_once(4, send)
    assert sorted(answers) == [303, 422, 422, 422]


def test_a_link_by_mail_asks_for_the_code_too(
    app: Flask, letters: Callable[[], list[tuple[str, str]]], phone: pyotp.TOTP, birte: User
) -> None:
    client = app.test_client()
    client.post("/sign-in/link", data={"email": birte.email})
    (path,) = re.findall(r"(/welcome/\S+)", letters()[0][1])
    answer = client.post(path)
    assert answer.status_code == 303 and answer.location.startswith("/sign-in/code")
    assert client.get("/account").status_code == 303
    assert client.post(answer.location, data={"code": next_code(phone)}).status_code == 303
    assert client.get("/account").status_code == 200


def test_wrong_codes_slow_down(app: Flask, phone: pyotp.TOTP, birte: User) -> None:
    client = password_first(app, birte)
    for number in range(FREE_TRIES):
        client.post("/sign-in/code", data={"code": f"{number:06}"})
    answer = client.post("/sign-in/code", data={"code": next_code(phone)})
    assert answer.status_code == 422 and "wait half a minute" in answer.text


@pytest.mark.parametrize("code", ["", "abc", "12345678901234567890", "٣٣٣٣٣٣", "\u202e1"])
def test_what_is_no_code_opens_nothing(
    app: Flask, phone: pyotp.TOTP, birte: User, code: str
) -> None:
    answer = password_first(app, birte).post("/sign-in/code", data={"code": code})
    assert answer.status_code == 422


def test_recovery_codes_work_once_each_and_are_kept_sealed(
    app: Flask, session: Session, phone: pyotp.TOTP, birte: User
) -> None:
    page = browser_of(birte, app).post("/account/recovery-codes").text
    codes = re.findall(r'<li class="mono" dir="ltr">(\S+)</li>', page)
    session.refresh(birte)
    assert len(codes) == 8 and birte.mf_recovery_codes
    assert not set(codes) & set(birte.mf_recovery_codes)

    client = password_first(app, birte)
    answer = client.post("/sign-in/recovery", data={"code": codes[3]})
    assert answer.status_code == 303 and client.get("/account").status_code == 200
    again = password_first(app, birte).post("/sign-in/recovery", data={"code": codes[3]})
    assert again.status_code == 422
    session.refresh(birte)
    assert len(birte.mf_recovery_codes) == 7


def test_the_second_step_is_switched_off(
    app: Flask, session: Session, phone: pyotp.TOTP, birte: User
) -> None:
    desk = browser_of(birte, app)
    assert desk.post("/account/two-factor", data={"setup": "disable"}).status_code == 303
    session.refresh(birte)
    assert not birte.tf_totp_secret and not birte.mf_recovery_codes
    answer = app.test_client().post(
        "/sign-in", data={"email": birte.email, "password": PASSWORD}
    )
    assert answer.location == "/projects"


def test_an_old_sign_in_confirms_first(
    desk: FlaskClient, with_password: Callable[[User], User], birte: User
) -> None:
    with_password(birte)
    with desk.session_transaction() as cookie:
        cookie["fs_paa"] = 0.0
    answer = desk.get("/account/two-factor")
    assert answer.location == "/account/confirmation?next=/account/two-factor"
    wrong = desk.post(answer.location, data={"password": "falsch gedacht"})
    assert wrong.status_code == 422
    right = desk.post(answer.location, data={"password": PASSWORD})
    assert (right.status_code, right.location) == (303, "/account/two-factor")
    assert desk.get("/account/two-factor").status_code == 200


def test_who_has_no_password_confirms_by_link(
    app: Flask, desk: FlaskClient, birte: User
) -> None:
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"
    with desk.session_transaction() as cookie:
        cookie["fs_paa"] = 0.0
    page = desk.get("/account/two-factor", follow_redirects=True).text
    assert 'action="/sign-in/link"' in page and birte.email in page
