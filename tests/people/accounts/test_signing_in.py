"""Signing in with a password or a link, and out again."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.mail import OutboxMail
from people import inviting
from people.entering import FREE_TRIES
from people.models import Project, Role, StaffSession, User
from tests.story import PASSWORD, browser_of, without_stamps

Letters = Callable[[], list[tuple[str, str]]]
WRONG = "E-mail and password do not match"


@pytest.fixture
def client(client: FlaskClient) -> FlaskClient:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def without_addresses(page: str) -> str:
    """Leave out what differs by itself: the second in the form's token, and what was typed."""
    return re.sub(r"[\w.]+@[\w.]+", "", without_stamps(page))


def link_in(text: str) -> str:
    (link,) = re.findall(r"http://127.0.0.1:5000(/\S+)", text)
    return str(link)


def test_a_password_opens_the_only_project(
    client: FlaskClient, with_password: Callable[[User], User], birte: User
) -> None:
    with_password(birte)
    answer = client.post("/sign-in", data={"email": "BIRTE@example.org", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (303, "/projects")
    assert client.get("/projects").location == "/p/buch"
    assert client.get("/p/buch").status_code == 200


def test_after_signing_in_one_is_where_one_wanted_to_be(
    client: FlaskClient, with_password: Callable[[User], User], birte: User
) -> None:
    with_password(birte)
    asked = client.get("/p/buch/people/team")
    page = client.get(asked.location).text
    assert 'name="next" value="/p/buch/people/team"' in page
    answer = client.post(
        "/sign-in",
        data={"email": birte.email, "password": PASSWORD, "next": "/p/buch/people/team"},
    )
    assert answer.location == "/p/buch/people/team"


@pytest.mark.parametrize(
    "page", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_away(
    client: FlaskClient, with_password: Callable[[User], User], birte: User, page: str
) -> None:
    with_password(birte)
    answer = client.post(
        "/sign-in", data={"email": birte.email, "password": PASSWORD, "next": page}
    )
    there = answer.location or "/"
    assert there.startswith("/") and not there.startswith(("//", "/\\"))


def test_a_wrong_password_and_an_unknown_address_look_the_same(
    client: FlaskClient, with_password: Callable[[User], User], birte: User
) -> None:
    with_password(birte)
    answers = [
        client.post("/sign-in", data={"email": email, "password": "falsch gedacht"})
        for email in (birte.email, "nobody@example.org")
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert all(WRONG in answer.text for answer in answers)
    texts = {without_addresses(answer.text) for answer in answers}
    assert len(texts) == 1


def test_someone_without_a_password_is_not_let_in_by_none(
    client: FlaskClient, birte: User
) -> None:
    for password in ("", " ", "None", "null"):
        answer = client.post("/sign-in", data={"email": birte.email, "password": password})
        assert answer.status_code == 422


def test_wrong_passwords_slow_down_their_own_account_only(
    client: FlaskClient, with_password: Callable[[User], User], birte: User, tarik: User
) -> None:
    """All come from one address here, like a room full of people."""
    with_password(birte), with_password(tarik)
    for _ in range(FREE_TRIES):
        client.post("/sign-in", data={"email": birte.email, "password": "falsch gedacht"})
    late = client.post("/sign-in", data={"email": birte.email, "password": PASSWORD})
    assert late.status_code == 422 and "wait half a minute" in late.text
    other = client.post("/sign-in", data={"email": tarik.email, "password": PASSWORD})
    assert other.status_code == 303


def test_while_others_guess_the_owner_still_gets_in_by_link(
    client: FlaskClient, letters: Letters, birte: User
) -> None:
    for _ in range(FREE_TRIES + 5):
        client.post("/sign-in", data={"email": birte.email, "password": "falsch gedacht"})
    client.post("/sign-in/link", data={"email": birte.email})
    path = link_in(letters()[0][1])
    assert client.post(path).status_code == 303
    assert client.get("/account").status_code == 200


def test_a_link_by_mail_works_once_and_only_when_it_is_used(
    client: FlaskClient, letters: Letters, birte: User
) -> None:
    client.post("/sign-in/link", data={"email": "birte@example.org ", "next": "/account"})
    ((to, text),) = letters()
    path = link_in(text)
    assert to == birte.email
    for _ in range(2):  # a mail program looks at it first
        assert "Birte" in client.get(path).text
    assert client.post(path).location == "/account"
    assert "Birte" in client.get("/account").text

    for again in (client.get(path), client.post(path)):
        assert again.status_code == 404 and "Birte" not in again.text


def test_a_link_for_an_unknown_address_says_the_same_and_mails_nothing(
    client: FlaskClient, letters: Letters, birte: User
) -> None:
    known = client.post("/sign-in/link", data={"email": birte.email}, follow_redirects=True)
    unknown = client.post("/sign-in/link", data={"email": "x@y.org"}, follow_redirects=True)
    assert without_addresses(known.text) == without_addresses(unknown.text)
    assert len(letters()) == 1


def test_without_a_mail_server_no_link_is_promised_and_nobody_is_locked_out(
    app: Flask, client: FlaskClient, session: Session, project: Project
) -> None:
    app.config["OPERATOR_EMAIL"] = "post@example.org"
    for path in ("/sign-in", "/account/password/reset"):
        page = client.get(path, headers={"Accept-Language": "en"}).text
        assert "sends no mail" in page and "mailto:post@example.org" in page
        assert "Send me a link" not in page
    answer = client.post("/sign-in/link", data={"email": "a@b.de"}, follow_redirects=True)
    assert "on its way" not in answer.text
    assert session.scalars(select(OutboxMail)).all() == []

    keys = app.extensions["keys"]
    now = datetime.now(UTC)
    _, key = inviting.invite(session, keys, project, "form", now, role=Role.TASK_FORCE)
    session.commit()
    new = {"name": "Neu", "email": "neu@example.org"}
    refused = client.post(f"/invited/{key}", data=new)
    assert refused.status_code == 422 and 'id="password-error"' in refused.text
    joined = client.post(f"/invited/{key}", data=new | {"password": PASSWORD})
    assert joined.status_code == 303


def test_a_mailbox_is_not_flooded(client: FlaskClient, letters: Letters, birte: User) -> None:
    for _ in range(FREE_TRIES + 5):
        client.post("/sign-in/link", data={"email": birte.email})
        client.post("/account/password/reset", data={"email": birte.email})
    assert len(letters()) == FREE_TRIES


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(
    client: FlaskClient,
    with_password: Callable[[User], User],
    letters: Letters,
    session: Session,
    birte: User,
) -> None:
    with_password(birte)
    answer = client.post(
        "/account/password/reset", data={"email": birte.email}, follow_redirects=True
    )
    assert "a mail is on its way" in answer.text
    path = link_in(letters()[0][1])
    assert path.startswith("/account/password/reset/")
    assert client.get(path).status_code == 200

    short = client.post(path, data={"password": "kurz", "password_confirm": "kurz"})
    assert short.status_code == 422 and "At least 10 characters" in short.text
    fresh = "vier blaue Räder"
    done = client.post(path, data={"password": fresh, "password_confirm": fresh})
    assert (done.status_code, done.location) == (303, "/sign-in")
    again = client.post(path, data={"password": fresh, "password_confirm": fresh})
    assert again.location == "/account/password/reset"

    for password, status in ((PASSWORD, 422), (fresh, 303)):
        answer = client.post("/sign-in", data={"email": birte.email, "password": password})
        assert answer.status_code == status
    session.refresh(birte)
    assert birte.password and birte.password.startswith("$argon2id$")


def test_asking_for_a_new_password_tells_nobody_who_has_an_account(
    client: FlaskClient, birte: User
) -> None:
    answers = [
        client.post("/account/password/reset", data={"email": email}, follow_redirects=True)
        for email in (birte.email, "nobody@example.org")
    ]
    texts = {without_addresses(answer.text) for answer in answers}
    assert len(texts) == 1


def test_a_new_password_signs_other_devices_out(
    client: FlaskClient,
    with_password: Callable[[User], User],
    app: object,
    session: Session,
    birte: User,
) -> None:
    with_password(birte)
    other = browser_of(birte, app)  # type: ignore[arg-type]
    client.post("/sign-in", data={"email": birte.email, "password": PASSWORD})
    fresh = "vier blaue Räder"
    answer = client.post(
        "/account/password",
        data={"password": PASSWORD, "new_password": fresh, "new_password_confirm": fresh},
    )
    assert (answer.status_code, answer.location) == (303, "/account")
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    assert session.query(StaffSession).filter_by(user_id=birte.id).count() == 1


def test_who_has_none_chooses_a_password(desk: FlaskClient, birte: User) -> None:
    fresh = "vier blaue Räder"
    answer = desk.post(
        "/account/password", data={"new_password": fresh, "new_password_confirm": fresh}
    )
    assert answer.status_code == 303
    desk.post("/sign-out")
    answer = desk.post("/sign-in", data={"email": birte.email, "password": fresh})
    assert answer.status_code == 303


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(
    desk: FlaskClient, session: Session
) -> None:
    copy = desk.get_cookie("session")
    assert copy and desk.post("/sign-out").status_code == 303
    assert session.query(StaffSession).count() == 0
    desk.set_cookie("session", copy.value)
    assert desk.get("/account").status_code == 303


def test_a_closed_account_stays_out(
    client: FlaskClient,
    with_password: Callable[[User], User],
    desk: FlaskClient,
    session: Session,
    birte: User,
) -> None:
    with_password(birte).active = False
    session.commit()
    assert desk.get("/account").status_code == 303
    answer = client.post("/sign-in", data={"email": birte.email, "password": PASSWORD})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "value", ["\0", "x" * 5_000, "'; --", "{{7*7}}", "a@b", "ä@ö.de", "😀", "\u202e"]
)
def test_strange_input_is_a_mistake_and_no_accident(
    client: FlaskClient, birte: User, value: str
) -> None:
    for path, names in {
        "/sign-in": ("email", "password", "next"),
        "/sign-in/link": ("email", "next"),
        "/account/password/reset": ("email",),
        "/account/password/reset/x": ("password", "password_confirm"),
        "/sign-in/code": ("code",),
    }.items():
        assert client.post(path, data=dict.fromkeys(names, value)).status_code < 500
    for body in ("[1]", "{}", "null", '{"email": 3}'):
        answer = client.post("/sign-in", data=body, content_type="application/json")
        assert answer.status_code == 400
    assert client.get("/welcome/" + "x" * 100).status_code == 404


@pytest.mark.parametrize("path", ["/sign-in/rescue", "/sign-in/select"])
def test_doors_that_lead_nowhere_are_closed(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404
