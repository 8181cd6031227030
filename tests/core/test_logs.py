import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
from flask import Flask, abort
from sqlalchemy.exc import OperationalError

from app import create_app
from core.db import db
from core.logs import Line

SECRETS = ["Jana", "jana@example.org", "T0KEN", "+4930123", "203.0.113.7", "Firefox", "C00KIE"]


class Lines(logging.Handler):
    """What the log says, line by line."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(Line())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@contextmanager
def listening(level: int) -> Iterator[list[str]]:
    """What the log says meanwhile, from a *level* on."""
    handler, root = Lines(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(level)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.fixture
def lines() -> Iterator[list[str]]:
    with listening(logging.DEBUG) as lines:
        yield lines


@pytest.fixture
def site(tmp_path: Path) -> Flask:
    """An app as it runs for users, with pages that fail."""
    app = create_app(DATA=tmp_path, JOBS="now", SECRET_KEY="x", WTF_CSRF_ENABLED=False)

    def fail(name: str) -> NoReturn:
        raise ValueError(f"cannot do {name}")

    def lock() -> NoReturn:
        raise OperationalError("UPDATE x SET name = 'Jana'", {}, Exception("disk is full"))

    app.add_url_rule("/fail/<name>", view_func=fail, methods=["GET", "POST"])
    app.add_url_rule("/lock", view_func=lock, methods=["POST"])
    app.add_url_rule("/no/<int:code>", view_func=lambda code: abort(code), endpoint="no")
    with app.app_context():
        db.engine.dispose()
    return app


def send(site: Flask, path: str, method: str = "POST", **data: str) -> Any:
    client = site.test_client()
    client.set_cookie("session", "C00KIE")
    headers = {
        "User-Agent": "Firefox",
        "Accept-Language": "en",
        "X-Forwarded-For": "203.0.113.7",
    }
    address = {"REMOTE_ADDR": "203.0.113.7"}
    return client.open(
        path, method=method, data=data, headers=headers, environ_overrides=address
    )


def test_no_line_tells_of_a_person(site: Flask, lines: list[str]) -> None:
    for path in ("/fail/Jana?mail=jana@example.org", "/lock?token=T0KEN", "/nowhere/Jana"):
        send(site, path, phone="+4930123", name="Jana")
    assert len(lines) >= 5
    assert not [line for line in lines for secret in SECRETS if secret in line]


def test_every_line_is_one_record_of_json(site: Flask, lines: list[str]) -> None:
    send(site, "/fail/a%0Ab%C2%85", name="x\r\ny")
    logging.getLogger("werkstatt").warning("a\nb\x85c", extra={"rule": "\u2028"})
    assert all("\n" not in line and line.isascii() for line in lines)
    assert all(json.loads(line)["at"] for line in lines)


def test_an_incident_is_found_by_its_number(site: Flask, lines: list[str]) -> None:
    answer = send(site, "/fail/x", idea="A very long idea that must not be lost by this")
    (line,) = [json.loads(line) for line in lines if '"incident"' in line]
    assert answer.status_code == 500
    assert f"Number of this incident: {line['incident']}." in answer.text
    assert line["error"] == "ValueError"
    assert "A very long idea that must not be lost by this" in answer.text


def test_what_was_not_saved_is_said_and_kept(site: Flask) -> None:
    answer = send(site, "/lock", idea="A very long idea that must not be lost by this")
    assert answer.status_code == 503
    assert "This was not saved." in answer.text
    assert "A very long idea that must not be lost by this" in answer.text


@pytest.mark.parametrize("code", [400, 401, 403, 404, 409, 413, 422, 429, 500, 503])
@pytest.mark.parametrize(("language", "lang"), [("de", "de"), ("en", "en"), ("ar", "ar")])
def test_every_refusal_has_a_page_in_the_language_of_the_reader(
    site: Flask, code: int, language: str, lang: str
) -> None:
    answer = site.test_client().get(f"/no/{code}", headers={"Accept-Language": language})
    assert answer.status_code == code
    assert f'<html lang="{lang}"' in answer.text
    assert 'role="alert"' in answer.text
