"""The people and cards that the tests of the workshop tell of."""

import re
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from tests.story import NOON
from workshop.models import Board, Idea, Participant, Workshop

HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def a_participant(workshop: Workshop, name: str, **more: object) -> Participant:
    owner = {"project_id": workshop.project_id, "workshop_id": workshop.id}
    values = {"key_hash": uuid4().hex, "joined": NOON} | more
    return Participant(name=name, **owner, **values)


def an_idea(board: Board, author: Participant, title: str, **more: object) -> Idea:
    values: dict[str, object] = {"challenge_id": board.challenges[0].id, "form_key": title}
    owner = {"project_id": board.project_id, "board_id": board.id, "author_id": author.id}
    return Idea(title=title, **owner, **(values | more))


def browser_in(workshop: Workshop, app: Flask, name: str = "") -> FlaskClient:
    """A browser whose owner has come into the room."""
    client = app.test_client()
    client.post(f"/w/{workshop.code}", data={"key": uuid4().hex, "name": name})
    return client


def poll_of(html: str) -> str:
    """Return the address at which the live part of a page asks for news."""
    found = re.search(r'hx-get="([^"]+)"', html)
    assert found
    return found[1].replace("&amp;", "&")
