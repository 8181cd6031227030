from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from core.db import db

PHONE = {"REMOTE_ADDR": "192.168.1.23"}


@pytest.fixture
def room(tmp_path: Path) -> FlaskClient:
    app = create_app(DATA=tmp_path, JOBS="now", SECRET_KEY="x", TESTING=True, ROOM=True)
    with app.app_context():
        db.engine.dispose()
    return app.test_client()


@pytest.mark.parametrize("path", ["/", "/p/buch", "/s/firms", "/i/token", "/r", "/sign-in"])
def test_phones_in_the_room_reach_no_answers_and_no_desk(room: FlaskClient, path: str) -> None:
    answer = room.get(path, environ_overrides=PHONE, headers={"Accept-Language": "en"})
    assert answer.status_code == 403
    assert "Only boards are open here" in answer.text


@pytest.mark.parametrize("path", ["/healthz", "/static/x/icons.svg"])
def test_phones_reach_what_boards_need(room: FlaskClient, path: str) -> None:
    assert room.get(path, environ_overrides=PHONE).status_code == 200


def test_this_machine_keeps_everything(room: FlaskClient) -> None:
    assert room.get("/").status_code == 200
    assert room.get("/", environ_overrides={"REMOTE_ADDR": "::1"}).status_code == 200


def test_without_the_room_everybody_gets_in(client: FlaskClient) -> None:
    assert client.get("/", environ_overrides=PHONE).status_code == 200
