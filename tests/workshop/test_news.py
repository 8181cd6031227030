"""The wall comes alike to everybody, whether in front of the app or by it."""

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.front import NOT_HERE, answered_alike, in_front_alone
from tests.workshop.room import an_idea, browser_in
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.posting import post_idea

pytestmark = pytest.mark.both_engines


def cards(workshop: Workshop, page: str = "collect") -> str:
    return f"/w/{workshop.code}/cards?page={page}"


def test_the_first_has_the_wall_rendered_and_the_others_get_it_too(
    app: Flask, phone: FlaskClient, workshop: Workshop, bikes: Idea
) -> None:
    assert answered_alike(app, phone, cards(workshop))
    for client in (phone, browser_in(workshop, app)):
        assert answered_alike(app, client, cards(workshop))


@pytest.mark.parametrize("language", ["de", "en", "ar"])
@pytest.mark.parametrize("page", [*Phase])
def test_everybody_gets_their_language_and_what_their_page_shows(
    app: Flask, phone: FlaskClient, workshop: Workshop, bikes: Idea, language: str, page: str
) -> None:
    path, wish = cards(workshop, page), {"Accept-Language": language}
    phone.get(path, headers=wish)
    assert answered_alike(app, phone, path, **wish)


def test_a_full_wall_is_packed_once_for_all(
    app: Flask, phone: FlaskClient, session: Session, workshop: Workshop, board: Board,
    amal: Participant,
) -> None:  # fmt: skip
    session.add_all(an_idea(board, amal, f"A garden on roof {n}") for n in range(9))
    session.commit()
    plain = phone.get(cards(workshop)).data
    with in_front_alone(app):
        packed = phone.get(cards(workshop), headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain


def test_a_new_card_is_seen_at_once(
    app: Flask, phone: FlaskClient, session: Session, workshop: Workshop, board: Board,
    bikes: Idea, amal: Participant,
) -> None:  # fmt: skip
    phone.get(cards(workshop))
    post_idea(session, board.challenges[0], board, amal, "k", "A choir", "")
    session.commit()
    with in_front_alone(app):
        assert "A choir" in phone.get(cards(workshop)).text
    assert answered_alike(app, phone, cards(workshop))


def test_who_has_not_come_in_sees_nothing(
    app: Flask, phone: FlaskClient, workshop: Workshop, bikes: Idea
) -> None:
    phone.get(cards(workshop))
    stranger = app.test_client()
    with stranger.session_transaction() as browser:
        browser["seats"] = {workshop.code: "made-up"}
    for client in (app.test_client(), stranger):
        with in_front_alone(app):
            assert client.get(cards(workshop)).status_code == NOT_HERE
        assert client.get(cards(workshop)).status_code == 401


def test_who_was_sent_away_sees_nothing_more(
    app: Flask, phone: FlaskClient, session: Session, workshop: Workshop, bikes: Idea
) -> None:
    phone.get(cards(workshop))
    assert answered_alike(app, phone, cards(workshop))
    for person in session.query(Participant).filter_by(name="Linden"):
        person.key_hash = "another"
    session.commit()
    with in_front_alone(app):
        assert phone.get(cards(workshop)).status_code == NOT_HERE
