"""No database has rows beyond 2³¹−1: whoever asks for one is told that there is none."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from workshop.models import Board, Idea, Workshop

DESK, ROOM = "/p/buch/workshops/buch", "/w/{code}"
LARGE = 2**31, 2**63  # too large for PostgreSQL, and for SQLite
pytestmark = pytest.mark.both_engines


@pytest.mark.parametrize(
    "path",
    [
        f"{DESK}/ideas/{{number}}/course",
        f"{DESK}/rounds/{{number}}/rules",
        f"{DESK}/boards/1/ballots/{{number}}.json",
        f"{DESK}/boards/{{number}}/wall.svg",
        f"{ROOM}/ideas/{{number}}",
        f"{ROOM}/ballots/{{number}}",
        f"{ROOM}/boards/{{number}}",
    ],
)
def test_an_address_with_such_a_number_leads_nowhere(
    desk: FlaskClient, phone: FlaskClient, workshop: Workshop, path: str
) -> None:
    browser = desk if path.startswith(DESK) else phone
    for number in LARGE:
        asked = path.format(code=workshop.code, number=number)
        assert browser.get(asked).status_code == 404


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"{DESK}/sorting/merging", "card"),
        (f"{DESK}/papers/differing", "number"),
        (f"{DESK}/material", "survey"),
        (ROOM, "turn"),
        (f"{ROOM}/cards?page=vote", "board"),
    ],
)
def test_such_a_number_behind_an_address_is_none(
    desk: FlaskClient, phone: FlaskClient, workshop: Workshop, voting: Board, path: str,
    name: str,
) -> None:  # fmt: skip
    browser, asked = desk if path.startswith(DESK) else phone, path.format(code=workshop.code)
    sign = "&" if "?" in asked else "?"
    for number in LARGE:
        answer = browser.get(f"{asked}{sign}{name}={number}&{name}={number}")
        assert answer.status_code in (200, 303, 404)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"{DESK}/front", {"board": ""}),
        (f"{DESK}/sorting/merging", {"card": "", "kept": ""}),
        (f"{DESK}/papers/differing", {"number": "", "seen": "x"}),
        (f"{DESK}/material", {"challenge": "", "key": "k"}),
        (f"{ROOM}/tables", {"table": ""}),
        (f"{ROOM}/next", {"person": ""}),
        (f"{ROOM}/ideas", {"challenge": "", "key": "k", "title": "A choir"}),
    ],
)
def test_such_a_number_in_a_form_is_none(
    desk: FlaskClient, phone: FlaskClient, workshop: Workshop, voting: Board, bikes: Idea,
    path: str, said: dict[str, Any],
) -> None:  # fmt: skip
    browser = desk if path.startswith(DESK) else phone
    for number in LARGE:
        data = {name: value or number for name, value in said.items()}
        answer = browser.post(path.format(code=workshop.code), data=data)
        assert answer.status_code in (200, 303, 404, 409, 422)
