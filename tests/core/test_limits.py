from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from core import limits
from core.db import db


@pytest.fixture(params=["memory", "redis"])
def door(request: pytest.FixtureRequest, tmp_path: Path) -> FlaskClient:
    """A door with the code "right"; wrong ones are counted in memory, or in Redis."""
    url = request.getfixturevalue("redis") if request.param == "redis" else ""
    return door_of(tmp_path, url)


def door_of(folder: Path, url: str) -> FlaskClient:
    app = create_app(
        DATA=folder, JOBS="now", SECRET_KEY=str(folder), TESTING=True, REDIS_URL=url
    )

    def enter(code: str) -> str:
        if code != "right":
            limits.wrong("door")
        return code

    app.add_url_rule("/enter/<code>", view_func=enter)
    with app.app_context():
        db.engine.dispose()
    return app.test_client()


def test_guessing_is_slowed_down_and_a_right_code_never_is(door: FlaskClient) -> None:
    tried = [door.get("/enter/wrong").status_code for _ in range(15)]
    assert tried == [200] * 10 + [429] * 5
    assert [door.get("/enter/right").status_code for _ in range(600)] == [200] * 600


def test_somebody_else_may_still_mistype(door: FlaskClient) -> None:
    for _ in range(15):
        door.get("/enter/wrong", environ_overrides={"REMOTE_ADDR": "127.0.0.2"})
    assert door.get("/enter/wrong").status_code in {200}


def test_with_redis_the_count_holds_across_processes(redis: str, tmp_path: Path) -> None:
    doors = [door_of(tmp_path, redis) for _ in range(2)]
    tried = [doors[number % 2].get("/enter/wrong").status_code for number in range(12)]
    assert tried == [200] * 10 + [429] * 2


def test_the_page_says_to_wait(app: Flask, client: FlaskClient) -> None:
    def guess() -> str:
        limits.wrong("guess")
        return "wrong"

    app.add_url_rule("/guess", view_func=guess)
    answers = [client.get("/guess", headers={"Accept-Language": "en"}) for _ in range(11)]
    assert "Please wait a minute, then try again." in answers[-1].text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8:0:1::1", "2001:db8:0:1:aaaa::9", True),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", False),
        ("192.0.2.1", "192.0.2.2", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("", "", True),
    ],
)
def test_whoever_changes_the_free_half_of_an_address_is_still_the_same(
    one: str, other: str, same: bool
) -> None:
    assert (limits.network(one) == limits.network(other)) is same
