"""The people and cards that the tests of the workshop tell of."""

import re
from collections.abc import Mapping
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.keys import Keyring
from tests.story import NOON
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.stepping import step
from workshop.voting.ballots import voter_of
from workshop.voting.marking import left, marks_of, vote
from workshop.voting.opening import key_of, latest_round

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


def go_to(session: Session, keys: Keyring, board: Board, *phases: Phase) -> None:
    """Let the facilitator move the room from phase to phase."""
    for phase in phases:
        step(session, keys, board, board.phase, phase, NOON)
        session.commit()


def lay_dots(
    session: Session, keys: Keyring, board: Board, idea: Idea, voter: Participant, dots: int
) -> None:
    """Let exactly so many dots of *voter* lie on *idea*."""
    vote(session, keys, board, voter, key_of(idea), dots)


def dots_left(session: Session, keys: Keyring, board: Board, voter: Participant) -> int:
    round = latest_round(session, board)
    assert round
    return left(session, round, voter_of(keys, round, voter))


def dots_by(
    session: Session, keys: Keyring, board: Board, voter: Participant
) -> Mapping[str, int]:
    round = latest_round(session, board)
    assert round
    return marks_of(session, round, voter_of(keys, round, voter))
