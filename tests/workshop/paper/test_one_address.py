"""A room comes in and votes through one router, while somebody there guesses codes."""

from collections import Counter
from pathlib import Path
from threading import Event, Thread
from uuid import uuid4

from sqlalchemy import func, select

from core.db import db
from tests.crash import Client
from tests.server import serve
from tests.story import NOON
from tests.world import a_copy, filled
from workshop.models import Participant, Phase
from workshop.stepping import step
from workshop.voting.models import Ballot, Mark
from workshop.voting.opening import latest_round

__all__ = ["filled"]  # fixture
PEOPLE, VOTES, AT_ONCE = 60, 10, 6


def test_a_right_code_is_never_slowed_down(filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "world"
    with a_copy(filled, folder) as world, world.app.app_context():
        workshop, keys = world.workshop(), world.app.extensions["keys"]
        step(db.session, keys, workshop.board, workshop.board.phase, Phase.VOTE, NOON)
        db.session.commit()
        round = latest_round(db.session, workshop.board)
        assert round
        code, option, round_id = workshop.code, round.options[0]["key"], round.id
        before = db.session.scalar(select(func.count(Participant.id))) or 0
    answers: Counter[tuple[str, int]] = Counter()
    done = Event()

    def take_part(client: Client) -> None:
        page = f"/w/{code}"
        form = {"csrf_token": client.token(page), "key": uuid4().hex}
        answers["join", client.send(page, form)[0]] += 1
        for vote in range(VOTES):
            form = {"csrf_token": form["csrf_token"], "value": str((vote + 1) % 2)}
            answers["vote", client.send(f"{page}/ballot/{option}", form)[0]] += 1

    def come(_which: int) -> None:
        for _ in range(PEOPLE // AT_ONCE):
            take_part(Client(server))

    def guess() -> None:
        client, number = Client(server), 0
        while not done.is_set() and number < 100:
            number += 1
            answers["guess", client.send(f"/w/AAAA-{2000 + number}")[0]] += 1

    with serve(folder, DEMO="0", SECRET_KEY="test" * 10) as server:
        rooms = [Thread(target=come, args=(which,)) for which in range(AT_ONCE)]
        guessing = Thread(target=guess)
        for thread in (guessing, *rooms):
            thread.start()
        for thread in rooms:
            thread.join()
        done.set()
        guessing.join()
    found = {what: number for what, number in answers.items() if what[0] != "guess"}
    assert found == {("join", 303): PEOPLE, ("vote", 303): PEOPLE * VOTES}
    assert answers["guess", 429] > 0
    with a_copy(folder, tmp_path / "after") as world, world.app.app_context():
        people = db.session.scalar(select(func.count(Participant.id))) or 0
        ballots = select(func.count()).select_from(Ballot).filter_by(round_id=round_id)
        marks = select(func.count()).select_from(Mark).filter_by(round_id=round_id)
        counted = people - before, db.session.scalar(ballots), db.session.scalar(marks)
    assert counted == (PEOPLE, PEOPLE, 0)  # an even number of presses takes the dot back
