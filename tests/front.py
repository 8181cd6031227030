"""Which requests are answered in front of the app, and whether it would answer alike."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

NOT_HERE = 299


@contextmanager
def by_the_app_alone(app: Flask) -> Iterator[None]:
    front = app.extensions["front"]
    answerers, front.answerers = front.answerers, {}
    try:
        yield
    finally:
        front.answerers = answerers


@contextmanager
def in_front_alone(app: Flask) -> Iterator[None]:
    front = app.extensions["front"]
    go_on, front._go_on = front._go_on, lambda _, start: [start("299 NOT HERE", []), b""][1:]
    try:
        yield
    finally:
        front._go_on = go_on


def answered_alike(app: Flask, client: FlaskClient, path: str, **headers: str) -> bool:
    """Whether a page is answered in front of the app; then it is the page of the app."""
    with in_front_alone(app):
        found = client.get(path, headers=headers)
    with by_the_app_alone(app):
        right = client.get(path, headers=headers)
    if found.status_code == NOT_HERE:
        return False
    assert (found.status_code, found.text) == (200, right.text)
    assert _heads(found) == _heads(right)
    return True


def _heads(answer: TestResponse) -> dict[str, set[str]]:
    """The headers; a cookie that is only made to last longer may wait for another page."""
    found: dict[str, set[str]] = {}
    for name, value in answer.headers:
        if name != "Set-Cookie":
            found.setdefault(name, set()).update(value.split(", "))
    return found
