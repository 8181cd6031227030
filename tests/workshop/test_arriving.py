"""People come into a room alike, whether in front of the app or by it."""

import re
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.front import NOT_HERE, by_the_app_alone, in_front_alone
from tests.story import at_once
from tests.workshop.room import a_participant
from workshop.models import Board, Participant, Workshop
from workshop.preparing import open_room
from workshop.trees import TREES

pytestmark = pytest.mark.both_engines
FLEETING = re.compile(
    r'name="key"[^>]*|name="csrf_token" value="[^"]+"|<label class="choice">.*</label>'
)


@pytest.fixture
def path(workshop: Workshop) -> str:
    return f"/w/{workshop.code}"


def heads(answer: TestResponse) -> dict[str, str]:
    """What an answer tells the browser, but for the moment and the words that differ."""
    known = dict(answer.headers)
    cookie = known.get("Set-Cookie", "")
    known["Set-Cookie"] = re.sub(r"session=[^;]+|Expires=[^;]+", "", cookie)
    known["Vary"] = str(sorted({*known.get("Vary", "").split(", ")} - {"Accept-Encoding"}))
    return {name: text for name, text in known.items() if name != "Content-Length"}


def stranger(app: Flask, chosen: str = "") -> FlaskClient:
    """A browser that was never here, or has *chosen* a language alone."""
    client = app.test_client()
    if chosen:
        with client.session_transaction() as browser:
            browser["language"] = chosen
    return client


def alike(app: Flask, path: str, wished: str = "en", chosen: str = "") -> bool:
    """Whether a stranger gets the page in front of the app; then it is that of the app."""
    headers = {"Accept-Language": wished}
    with in_front_alone(app):
        found = stranger(app, chosen).get(path, headers=headers)
    if found.status_code == NOT_HERE:
        return False
    with by_the_app_alone(app):
        right = stranger(app, chosen).get(path, headers=headers)
    assert FLEETING.sub("", found.text) == FLEETING.sub("", right.text)
    assert "hole-" not in found.text
    assert heads(found) == heads(right)
    return True


def fields(page: str) -> dict[str, str]:
    found = {name: re.search(rf'name="{name}"[^>]* value="([^"]+)"', page) for name in ("key",)}
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    return {name: each[1] for name, each in found.items() if each} | {
        "csrf_token": token[1] if token else ""
    }


@pytest.mark.parametrize("language", ["de", "en", "ar"])
def test_a_stranger_is_asked_for_a_name_in_their_language(
    app: Flask, path: str, language: str
) -> None:
    assert alike(app, path, language)
    assert alike(app, path, language, chosen="ru")


def test_what_the_page_says_of_the_room_is_true_at_once(
    app: Flask, session: Session, workshop: Workshop, board: Board, path: str
) -> None:
    assert alike(app, path)
    workshop.title = "Another <evening>"
    session.commit()
    assert alike(app, path)
    board.shows_names = True
    session.commit()
    assert alike(app, path)
    with in_front_alone(app):
        page = app.test_client().get(path, headers={"Accept-Language": "en"}).text
    assert "Another &lt;evening&gt;" in page
    assert "Cards hang with the names" in page


def test_trees_are_offered_that_nobody_is_called_after(
    app: Flask, session: Session, workshop: Workshop, path: str
) -> None:
    session.add_all(a_participant(workshop, tree) for tree in TREES[4:])
    session.commit()
    with in_front_alone(app):
        page = app.test_client().get(path, headers={"Accept-Language": "en"}).text
    assert re.findall(r'name="tree" value="(\w+)"', page) == sorted(TREES[:4])


@pytest.mark.parametrize(
    "typed", [{"name": " Amal\x00 <b>"}, {"tree": "Elm"}, {}, {"name": ""}]
)
def test_who_sends_the_page_is_let_in_as_by_the_app(
    app: Flask, session: Session, path: str, typed: dict[str, str]
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    front, plain = app.test_client(), app.test_client()
    with in_front_alone(app):
        came = front.post(path, data=fields(front.get(path).text) | typed)
    with by_the_app_alone(app):
        right = plain.post(path, data=fields(plain.get(path).text) | typed)
    assert came.status_code == right.status_code == 303
    assert (came.text, heads(came)) == (right.text, heads(right))
    names = session.scalars(select(Participant.name)).all()
    assert names[0] == names[1]
    seats = []
    for client in (front, plain):
        with client.session_transaction() as browser:
            assert browser.permanent
            assert len(browser["csrf_token"]) == 40
            seats.append([*browser["seats"]])
        assert client.get(path).status_code == 200
    assert seats[0] == seats[1] == [path.removeprefix("/w/")]
    session.expire_all()
    assert session.scalar(select(Workshop.hall)) == 2


def test_a_form_sent_many_times_at_once_lets_one_person_in(
    app: Flask, session: Session, path: str
) -> None:
    form = {"key": uuid4().hex, "name": "Amal"}
    client = app.test_client()
    client.get(path)
    with client.session_transaction() as browser:
        known = {**browser}

    def send(_: int) -> None:
        phone = app.test_client()
        with phone.session_transaction() as own:
            own.update(known)
        assert phone.post(path, data=form).status_code == 303

    at_once(5, send)
    assert session.scalar(select(func.count(Participant.id))) == 1
    assert session.scalar(select(Workshop.hall)) == 1


def test_of_many_who_come_at_once_each_is_counted(
    app: Flask, session: Session, workshop: Workshop, path: str
) -> None:
    pulse = workshop.board.pulse

    def come(number: int) -> None:
        for turn in range(5):
            form = {"key": uuid4().hex, "name": f"P{number}-{turn}"}
            client = app.test_client()
            client.get(path)
            assert client.post(path, data=form).status_code == 303

    at_once(8, come)
    session.expire_all()
    names = session.scalars(select(Participant.name)).all()
    assert len(names) == len({*names}) == workshop.hall == 40
    assert workshop.board.pulse == pulse + 40


def test_a_second_room_leaves_the_seat_in_the_first(
    app: Flask, phone: FlaskClient, path: str
) -> None:
    with phone.session_transaction() as browser:
        browser["seats"] = {"AAAA-AAAA": "a key"}
    with in_front_alone(app):
        phone.get(path)
        assert phone.post(path, data={"key": "k"}).status_code == 303
    with phone.session_transaction() as browser:
        assert [*browser["seats"]] == ["AAAA-AAAA", path.removeprefix("/w/")]


@pytest.mark.parametrize(
    ("form", "status"),
    [({"name": "A" * 41}, 422), ({"key": ""}, 422), ({"csrf_token": "another"}, 400)],
)
def test_what_does_not_fit_is_explained_by_the_app(
    app: Flask, session: Session, path: str, form: dict[str, str], status: int
) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    page = fields(client.get(path).text)
    assert client.post(path, data=page | form).status_code == status
    assert session.scalar(select(func.count(Participant.id))) == 0


def test_nobody_comes_into_a_room_that_was_closed(
    app: Flask, session: Session, workshop: Workshop, path: str
) -> None:
    client = app.test_client()
    page = fields(client.get(path).text)
    open_room(session, workshop, False)
    session.commit()
    assert not alike(app, path)
    assert client.post(path, data=page).status_code == 404
    assert session.scalar(select(func.count(Participant.id))) == 0
