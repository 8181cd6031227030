"""A vote is taken in front of the app as by it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from core.keys import Keyring
from tests.front import NOT_HERE, by_the_app_alone, in_front_alone
from tests.workshop.room import HTMX, browser_in, go_to
from workshop.models import Board, Idea, Method, Phase, Workshop
from workshop.voting.models import Ballot, Mark
from workshop.voting.opening import key_of

pytestmark = pytest.mark.both_engines


def cast(client: FlaskClient, workshop: Workshop, idea: Idea, value: str) -> TestResponse:
    path = f"/w/{workshop.code}/ballot/{key_of(idea)}"
    return client.post(path, data={"value": value}, headers=HTMX)


def vote_by(session: Session, keys: Keyring, board: Board, method: Method) -> None:
    board.method = method
    session.commit()
    go_to(session, keys, board, Phase.VOTE)


@pytest.mark.parametrize("method", [Method.OPINION, Method.SCORE, Method.DOTS, Method.APPROVAL])
def test_the_card_comes_back_as_the_app_sends_it(
    app: Flask, session: Session, keys: Keyring, workshop: Workshop, board: Board,
    bikes: Idea, sewing: Idea, method: Method,
) -> None:  # fmt: skip
    vote_by(session, keys, board, method)
    one, other = browser_in(workshop, app), browser_in(workshop, app)
    for idea, value in ((bikes, "1"), (bikes, "0"), (bikes, "1")):
        with in_front_alone(app):
            found = cast(one, workshop, idea, value)
        with by_the_app_alone(app):
            right = cast(other, workshop, idea, value)
        assert found.status_code == right.status_code == 200
        assert found.text.split() == right.text.split()
        for name in ("HX-Trigger", "HX-Retarget", "Cache-Control", "Content-Type"):
            assert found.headers.get(name) == right.headers.get(name)


def test_what_is_acknowledged_stands_once_on_the_ballot(
    app: Flask, session: Session, workshop: Workshop, voting: Board, bikes: Idea
) -> None:
    phone = browser_in(workshop, app)
    with in_front_alone(app):
        for _ in range(3):
            assert cast(phone, workshop, bikes, "2").status_code == 200
    session.expire_all()
    assert [mark.value for mark in session.query(Mark)] == [2]
    assert [(each.spent, each.marks) for each in session.query(Ballot)] == [(2, 1)]
    assert voting.placed == 2


def test_the_last_dot_and_one_too_many_are_left_to_the_app(
    app: Flask, session: Session, workshop: Workshop, voting: Board, bikes: Idea, sewing: Idea
) -> None:
    phone = browser_in(workshop, app)
    assert cast(phone, workshop, bikes, "2").status_code == 200
    with in_front_alone(app):
        assert cast(phone, workshop, sewing, "1").status_code == NOT_HERE  # all look different
        assert cast(phone, workshop, sewing, "2").status_code == NOT_HERE
        assert cast(phone, workshop, bikes, "3").status_code == NOT_HERE
    assert session.query(Ballot).one().spent == 2
    assert 'id="votes"' in cast(phone, workshop, sewing, "1").text
    assert cast(phone, workshop, bikes, "3").status_code == 409


def test_once_the_vote_is_over_nothing_is_taken(
    app: Flask, session: Session, keys: Keyring, workshop: Workshop, voting: Board, bikes: Idea
) -> None:
    phone = browser_in(workshop, app)
    assert cast(phone, workshop, bikes, "1").status_code == 200
    go_to(session, keys, voting, Phase.RESULT)
    with in_front_alone(app):
        assert cast(phone, workshop, bikes, "2").status_code == NOT_HERE
    assert cast(phone, workshop, bikes, "2").status_code == 409


def test_strangers_and_forms_from_elsewhere_are_left_to_the_app(
    app: Flask, workshop: Workshop, voting: Board, bikes: Idea
) -> None:
    phone, stranger = browser_in(workshop, app), app.test_client()
    with in_front_alone(app):
        assert cast(stranger, workshop, bikes, "1").status_code == NOT_HERE
        for value in ("many", "1.5", "99999"):
            assert cast(phone, workshop, bikes, value).status_code == NOT_HERE
