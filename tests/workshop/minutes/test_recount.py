import json
import random
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.keys import Keyring
from tests.story import NOON
from tests.workshop.room import a_participant, an_idea
from workshop.exchange.reading import read
from workshop.models import Board, Method, Participant, Phase
from workshop.paper.walls import count_wall
from workshop.stepping import step
from workshop.voting.choosing import profile_of
from workshop.voting.marking import vote
from workshop.voting.models import Round
from workshop.voting.opening import key_of, latest_round

RECOUNT = Path(__file__).parents[3] / "docs" / "recount.py"
CHOICES = {
    Method.DOTS: [None, 1, 2],
    Method.APPROVAL: [None, 1],
    Method.SCORE: [None, 0, 1, 2],
    Method.OPINION: [None, -1, 0, 1, 1, 1],
    Method.BUDGET: [None, 1],
}
WALLS = {Method.DOTS, Method.APPROVAL}


def recounted(*paths: Path) -> tuple[int, str]:
    """What the script says, in a Python that knows nothing of the Werkstatt."""
    run = [sys.executable, "-I", "-S", str(RECOUNT), *map(str, paths)]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(params=[method for method in CHOICES if method is not Method.BUDGET])
def ballots(
    request: pytest.FixtureRequest, desk: FlaskClient, session: Session, keys: Keyring,
    board: Board, amal: Participant,
) -> dict[str, Any]:  # fmt: skip
    return a_vote(desk, session, keys, board, amal, request.param)


@pytest.fixture
def budget(
    desk: FlaskClient, session: Session, keys: Keyring, board: Board, amal: Participant
) -> dict[str, Any]:
    return a_vote(desk, session, keys, board, amal, Method.BUDGET)


def a_vote(
    desk: FlaskClient, session: Session, keys: Keyring, board: Board, amal: Participant,
    method: Method,
) -> dict[str, Any]:  # fmt: skip
    """The file of a vote in which twelve people mark what chance says, some on a wall."""
    chance = random.Random(7)  # noqa: S311 - no secret
    board.method, board.seats, board.dots_each, board.dots_per_idea = method, 2, 20, 2
    board.money = 900
    ideas = [an_idea(board, amal, f"Idea {n}", cost=150 + 50 * n) for n in range(6)]
    people = [a_participant(board.workshop, f"P{number}") for number in range(12)]
    session.add_all([*ideas, *people])
    session.commit()
    step(session, keys, board, Phase.COLLECT, Phase.VOTE, NOON)
    session.refresh(board)
    for person in people:
        for idea in ideas:
            vote(session, keys, board, person, key_of(idea), chance.choice(CHOICES[method]))
    if method in WALLS:
        round = latest_round(session, board)
        assert round
        count_wall(session, keys, board, round, 4, {key_of(ideas[4]): 4, key_of(ideas[5]): 3})
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
    status, said = recounted(path)
    assert status == 0
    assert "Checksums, people and what was chosen fit." in said
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


def test_a_budget_is_counted_from_the_table_that_is_written_and_then_compared(
    app: Flask, budget: dict[str, Any], tmp_path: Path
) -> None:
    path, counted = tmp_path / "ballots.json", tmp_path / "counted.json"
    path.write_text(json.dumps(budget))
    status, said = recounted(path)
    assert status == 0
    assert "what was chosen fit" not in said
    order = next(line for line in said.splitlines() if "workshop tally" in line)
    args = shlex.split(order.partition("--app app ")[2].partition(" >")[0])
    assert args[args.index("--lot") + 1] == budget["result"]["papers_hash"]
    told = app.test_cli_runner().invoke(args=args)
    assert told.exit_code == 0
    assert json.loads(told.output)["winners"] == budget["result"]["winners"]
    counted.write_text(told.output)
    status, said = recounted(path, counted)
    assert status == 0
    assert "Checksums, people and what was chosen fit." in said
    counted.write_text(json.dumps({"winners": budget["result"]["winners"][1:]}))
    status, said = recounted(path, counted)
    assert status == 1
    assert "Chosen are" in said


def test_the_table_holds_a_wall_as_ballots_of_one_option_each(
    budget: dict[str, Any], tmp_path: Path
) -> None:
    one, two = (option["key"] for option in budget["options"][:2])
    wall = {"receipt": "wall", "people": 3, "marks": {one: 3, two: 2}}
    budget["papers"].append(wall)
    path = tmp_path / "ballots.json"
    path.write_text(json.dumps(budget))
    assert recounted(path)[0] == 1  # the checksums are those of before
    method, money = Method.BUDGET, budget["money"]
    round = Round(method=method, options=budget["options"], money=money)
    there = read(tmp_path / "ballots.table.csv")
    here = profile_of(round, budget["papers"])
    assert (there.support, there.voters) == (here.support, here.voters)
    assert (there.costs, there.budget) == (here.costs, here.budget)


@pytest.mark.parametrize("text", ["", "{}", '{"winners": 3}'])
def test_what_is_no_count_is_said(budget: dict[str, Any], tmp_path: Path, text: str) -> None:
    path, counted = tmp_path / "ballots.json", tmp_path / "counted.json"
    path.write_text(json.dumps(budget))
    counted.write_text(text)
    assert recounted(path, counted)[0] == 2


def test_no_file_is_written_over(budget: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "ballots.csv"
    path.write_text(json.dumps(budget))
    assert recounted(path)[0] == 0
    assert json.loads(path.read_text()) == budget


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "osi-werkstatt ballots 1"}'])
def test_what_is_no_list_of_ballots_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text)
    assert recounted(path)[0] == 2
