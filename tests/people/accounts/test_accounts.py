"""Knowing who somebody is costs only those requests for which it matters."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, g, request_finished
from flask.testing import FlaskClient
from flask_principal import identity_loaded
from sqlalchemy import event
from sqlalchemy.orm import Session

from core.db import db
from people.accounts import account_of
from people.models import StaffSession, User
from people.staying import COARSE, IDLE, LONGEST
from tests.story import browser_of

PUBLIC = ["/", "/legal/privacy", "/healthz", "/static/x/favicon.svg", "/nothing-here"]
SECOND = timedelta(seconds=1)


@contextmanager
def watched(app: Flask) -> Iterator[list[str]]:
    """Note what asks who somebody is: identities, accounts, and the database."""
    seen: list[str] = []

    def note_identity(_sender: object, **_more: object) -> None:
        seen.append("identity")

    def note_account(_sender: object, **_more: object) -> None:
        seen.extend({"_login_user", "identity"} & set(vars(g)))

    def note_statement(*arguments: object) -> None:
        if "staff_session" in str(arguments[2]) or '"user"' in str(arguments[2]):
            seen.append(str(arguments[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note_statement)
    with (
        identity_loaded.connected_to(note_identity, app),
        request_finished.connected_to(note_account, app),
    ):
        yield seen
    event.remove(engine, "before_cursor_execute", note_statement)


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_do_not_ask_who_somebody_is(
    app: Flask, desk: FlaskClient, path: str
) -> None:
    with watched(app) as seen:
        desk.get(path)
    assert seen == []


def test_pages_of_the_staff_do_ask(app: Flask, desk: FlaskClient) -> None:
    with watched(app) as seen:
        desk.get("/p/buch")
    assert "identity" in seen and any("staff_session" in each for each in seen)


def test_nothing_of_the_sign_in_hangs_on_every_request(app: Flask) -> None:
    for hooks in (
        app.before_request_funcs,
        app.after_request_funcs,
        app.template_context_processors,
        app.teardown_request_funcs,
    ):
        names = {hook.__module__ for hook in hooks.get(None, ())}
        assert not {name for name in names if name.startswith(("flask_login", "flask_pr"))}
        assert not {name for name in names if name.startswith("flask_security")}


def age(session: Session, **values: timedelta) -> StaffSession:
    one = session.query(StaffSession).one()
    for name, past in values.items():
        setattr(one, name, datetime.now(UTC) - past)
    session.commit()
    return one


def test_last_seen_moves_with_use_but_not_at_every_click(
    desk: FlaskClient, session: Session
) -> None:
    one = age(session, seen=COARSE - 20 * SECOND)
    before = one.seen
    desk.get("/account")
    session.refresh(one)
    assert one.seen == before
    age(session, seen=COARSE + SECOND)
    desk.get("/account")
    session.refresh(one)
    assert datetime.now(UTC) - one.seen < 10 * SECOND


@pytest.mark.parametrize("past", [{"seen": IDLE}, {"begun": LONGEST}])
def test_a_session_that_is_over_asks_to_sign_in(
    desk: FlaskClient, session: Session, past: dict[str, timedelta]
) -> None:
    age(session, **past)
    assert desk.get("/p/buch").location == "/sign-in?next=/p/buch"


def test_a_session_of_somebody_else_opens_nothing(
    app: Flask, desk: FlaskClient, tarik: User
) -> None:
    other = browser_of(tarik, app)
    with other.session_transaction() as theirs, desk.session_transaction() as mine:
        mine["staff_key"] = theirs["staff_key"]
    assert desk.get("/p/buch").status_code == 303


def test_a_form_sent_after_the_session_has_ended_keeps_what_was_typed(
    desk: FlaskClient, session: Session
) -> None:
    age(session, seen=IDLE)
    answer = desk.post("/p/buch/people/team/name", data={"name": "Ein sehr langer neuer Name"})
    assert answer.status_code == 401 and "Ein sehr langer neuer Name" in answer.text


def test_no_token_in_an_address_or_a_header_signs_anybody_in(
    app: Flask, client: FlaskClient, birte: User
) -> None:
    with app.test_request_context():
        token = str(account_of(db.session.merge(birte)).get_auth_token())
    for answer in (
        client.get(f"/account?auth_token={token}"),
        client.get("/account", headers={"Authentication-Token": token}),
        client.get("/account", auth=(birte.email, "x")),
    ):
        assert answer.status_code == 303
