"""The page of a phase comes alike to everybody, whether in front of the app or by it."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.keys import Keyring
from tests.front import NOT_HERE, by_the_app_alone, in_front_alone
from tests.workshop.room import HTMX, browser_in, go_to
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.voting.opening import key_of

pytestmark = pytest.mark.both_engines
FLEETING = re.compile(r'data-now="\d+"|name="key"[^>]*|name="csrf_token" value="[^"]+"')


@pytest.fixture
def room(workshop: Workshop) -> Iterator[str]:
    yield f"/w/{workshop.code}"


def alike(app: Flask, client: FlaskClient, path: str, **headers: str) -> bool:
    """Whether a page comes in front of the app; then it is that of the app."""
    with in_front_alone(app):
        found = client.get(path, headers=headers)
    if found.status_code == NOT_HERE:
        return False
    with by_the_app_alone(app):
        right = client.get(path, headers=headers)
    assert FLEETING.sub("", found.text) == FLEETING.sub("", right.text)
    return True


@pytest.mark.parametrize("language", ["de", "en", "ar"])
@pytest.mark.parametrize("phase", [Phase.LOBBY, Phase.REVEAL, Phase.DISCUSS, Phase.VOTE])
def test_everybody_gets_their_own_name_in_their_language(
    app: Flask, session: Session, keys: Keyring, workshop: Workshop, board: Board,
    bikes: Idea, room: str, phase: Phase, language: str,
) -> None:  # fmt: skip
    go_to(session, keys, board, phase)
    for name in ("Linden", "", "<b>&"):
        client = browser_in(workshop, app, name)
        client.get(room)  # so that the browser has what protects its forms
        assert alike(app, client, room, **{"Accept-Language": language})


def test_nobody_gets_the_token_or_the_key_of_another(
    app: Flask, workshop: Workshop, room: str
) -> None:
    keys: list[str] = []
    tokens: list[str] = []
    for name in ("Linden", "Ulme"):
        client = browser_in(workshop, app, name)
        client.get(room)
        with in_front_alone(app):
            text = client.get(room).text
        assert name in text
        assert "hole-" not in text
        keys += re.findall(r'name="key"[^>]*value="([^"]+)"', text)
        tokens += {*re.findall(r'name="csrf_token" value="([^"]+)"', text)}
    assert len({*keys}) == len({*tokens}) == 2


def test_a_new_card_hangs_on_the_next_page_and_its_author_sees_it_as_theirs(
    app: Flask, phone: FlaskClient, workshop: Workshop, room: str
) -> None:
    other = browser_in(workshop, app, "Ulme")
    for client in (phone, other):
        client.get(room)
        assert alike(app, client, room)
    phone.post(f"{room}/ideas", data={"key": "k", "title": "A choir", "language": "en"})
    other.get(room)
    with in_front_alone(app):
        assert "A choir" in other.get(room).text
        assert phone.get(room).status_code == NOT_HERE
    assert "A choir" in phone.get(room).text


def test_who_has_voted_is_done_or_hosts_a_table_gets_a_page_of_their_own(
    app: Flask, session: Session, workshop: Workshop, voting: Board, bikes: Idea, room: str
) -> None:
    voter, done, host = (browser_in(workshop, app, name) for name in ("V", "D", "H"))
    for client in (voter, done, host):
        client.get(room)
        assert alike(app, client, room)
    voter.post(f"{room}/ballot/{key_of(bikes)}", data={"value": "1"}, headers=HTMX)
    done.post(f"{room}/ready", data={"ready": "yes"})
    session.query(Participant).filter_by(name="H").update({"is_host": True})
    session.commit()
    for client in (voter, done, host):
        client.get(room)
        assert not alike(app, client, room)


def test_a_device_that_goes_around_is_left_to_the_app(
    app: Flask, phone: FlaskClient, workshop: Workshop, room: str
) -> None:
    phone.get(room)
    assert alike(app, phone, room)
    with phone.session_transaction() as browser:
        browser["handed"] = {workshop.code: 0}
    assert not alike(app, phone, room)
