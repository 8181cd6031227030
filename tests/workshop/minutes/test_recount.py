import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.keys import Keyring
from tests.story import NOON
from tests.workshop.room import a_participant, an_idea
from workshop.models import Board, Method, Participant, Phase
from workshop.stepping import step
from workshop.voting.marking import vote
from workshop.voting.opening import key_of

RECOUNT = Path(__file__).parents[3] / "docs" / "recount.py"
CHOICES = {
    Method.DOTS: [None, 1, 2],
    Method.APPROVAL: [None, 1],
    Method.SCORE: [None, 0, 1, 2],
    Method.OPINION: [None, -1, 0, 1, 1, 1],
}


def recounted(path: Path) -> tuple[int, str]:
    """What the script says, in a Python that knows nothing of the Werkstatt."""
    run = [sys.executable, "-I", "-S", str(RECOUNT), str(path)]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(params=[*CHOICES])
def ballots(
    request: pytest.FixtureRequest, desk: FlaskClient, session: Session, keys: Keyring,
    board: Board, amal: Participant,
) -> dict[str, Any]:  # fmt: skip
    """The file of a vote in which twelve people mark what chance says."""
    method, chance = request.param, random.Random(7)  # noqa: S311 - no secret
    board.method, board.seats, board.dots_each, board.dots_per_idea = method, 2, 20, 2
    ideas = [an_idea(board, amal, f"Idea {number}") for number in range(6)]
    people = [a_participant(board.workshop, f"P{number}") for number in range(12)]
    session.add_all([*ideas, *people])
    session.commit()
    step(session, keys, board, Phase.COLLECT, Phase.VOTE, NOON)
    session.refresh(board)
    for person in people:
        for idea in ideas:
            vote(session, keys, board, person, key_of(idea), chance.choice(CHOICES[method]))
    step(session, keys, board, Phase.VOTE, Phase.RESULT, NOON)
    session.commit()
    answer = desk.get("/p/buch/workshops/buch/boards/1/ballots/1.json")
    content: dict[str, Any] = json.loads(answer.data)
    assert content["result"]["winners"]
    return content


def test_anyone_counts_the_same_and_finds_what_was_changed(
    ballots: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "ballots.json"
    path.write_text(json.dumps(ballots))
    assert recounted(path)[0] == 0
    for part in ("papers", "options"):
        changed = json.loads(json.dumps(ballots))
        changed[part] = changed[part][1:] if part == "papers" else changed[part][::-1]
        path.write_text(json.dumps(changed))
        assert recounted(path)[0] == 1
    ballots["result"]["winners"] = ballots["result"]["winners"][:-1]
    path.write_text(json.dumps(ballots))
    status, said = recounted(path)
    assert status == 1
    assert "Chosen are" in said


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "osi-werkstatt ballots 1"}'])
def test_what_is_no_list_of_ballots_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    assert recounted(path)[0] == 2
