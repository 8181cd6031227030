"""Sixty requests at once, round after round, while others count and watch.

``STORM_ROUNDS=100`` plays it at full length.
"""

import os
from collections import Counter
from hashlib import sha256
from threading import Event, Semaphore, Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, sessionmaker

from core.keys import Keyring
from tests.story import at_once
from tests.workshop.room import a_participant, an_idea, browser_in, go_to
from workshop.models import Board, Phase, Workshop
from workshop.voting.models import Ballot, Mark, Round
from workshop.voting.opening import counted_rounds, hash_of

ROUNDS = int(os.environ.get("STORM_ROUNDS", "2"))
PEOPLE, TABS, IDEAS = 20, 3, 7
REQUESTS = PEOPLE * TABS
DOTS, MOST, SEATS = 3, 2, 3  # as the room of the tests is set up
CLOSE = {"from": "vote", "to": "result"}


@pytest.fixture
def tabs(app: Flask, workshop: Workshop) -> list[FlaskClient]:
    """Three tabs each of twenty people."""
    name = app.config["SESSION_COOKIE_NAME"]
    tabs = []
    for number in range(PEOPLE):
        phone = browser_in(workshop, app, f"Person {number}")
        cookie = phone.get_cookie(name)
        assert cookie
        tabs.append(phone)
        for _ in range(TABS - 1):
            tabs.append(app.test_client())
            tabs[-1].set_cookie(name, cookie.value)
    return tabs


@pytest.mark.both_engines
def test_no_storm_breaks_a_budget_or_changes_a_result(
    session: Session, sessions: sessionmaker[Session], keys: Keyring, workshop: Workshop,
    board: Board, desk: FlaskClient, tabs: list[FlaskClient],
) -> None:  # fmt: skip
    writer = a_participant(workshop, "Amal")
    session.add(writer)
    session.flush()
    ideas = [an_idea(board, writer, f"Idea {number}") for number in range(IDEAS)]
    session.add_all(ideas)
    session.commit()
    options, room, strip = [f"i{idea.id}" for idea in ideas], workshop.code, workshop.slug
    answers: list[int] = []
    kept: dict[int, tuple[object, ...]] = {}
    looks: list[int] = []

    def storm(turn: int) -> None:
        """Let all tabs vote at once, and close the vote when a third has been answered."""
        enough = Semaphore(0)

        def send(which: int) -> None:
            if which == REQUESTS:
                for _ in range(REQUESTS // 3):
                    enough.acquire()
                desk.post(f"/p/buch/workshops/{strip}/phase", data=CLOSE)
                return
            option = options[(which * 5 + turn) % IDEAS]
            said = {"value": "2" if (which + turn) % 5 else "3"}
            try:
                answer = tabs[which].post(f"/w/{room}/ballot/{option}", data=said)
                answers.append(answer.status_code)
            finally:
                enough.release()

        session.rollback()
        at_once(REQUESTS + 1, send)
        session.refresh(board)

    over = Event()
    watcher = Thread(target=watch, args=(sessions, over, looks))
    watcher.start()
    try:
        for turn in range(ROUNDS):
            go_to(session, keys, board, Phase.VOTE)
            storm(turn)
            assert board.phase is Phase.RESULT
            rounds = counted_rounds(session, board)
            assert_it_counts_again(rounds[-1])
            for round in rounds:
                told = (round.result_hash, hash_of(round.papers), hash_of(round.result))
                assert kept.setdefault(round.number, told) == told
    finally:
        over.set()
        watcher.join()
    assert len(kept) == ROUNDS
    assert {*answers} == {303, 409}
    assert looks
    assert max(looks) == 0
    print(f"{ROUNDS} rounds: {dict(Counter(answers))}, looked {len(looks)} times")


def watch(sessions: sessionmaker[Session], over: Event, looks: list[int]) -> None:
    """Count through a connection of one's own, all the while, what breaks a rule."""
    wrong = or_(Ballot.spent < 0, Ballot.spent > DOTS)
    ballots = select(func.count()).select_from(Ballot).where(wrong)
    spent = select(Mark.receipt).group_by(Mark.round_id, Mark.receipt)
    spent = spent.having(or_(func.sum(Mark.value) > DOTS, func.max(Mark.value) > MOST))
    marks = select(func.count()).select_from(spent.subquery())
    while not over.wait(0.02):
        with sessions() as session:
            looks.append((session.scalar(ballots) or 0) + (session.scalar(marks) or 0))


def assert_it_counts_again(round: Round) -> None:
    """The result follows from the ballots by addition, and lots from their checksum."""
    assert round.papers is not None
    assert round.result
    points: Counter[str] = Counter()
    for paper in round.papers:
        assert sum(paper["marks"].values()) <= DOTS
        assert max(paper["marks"].values()) <= MOST
        points.update(paper["marks"])
    seed = round.result["papers_hash"]
    assert seed == hash_of(round.papers)

    def order(option: str) -> tuple[int, str]:
        return -points[option], sha256(f"{seed}:{option}".encode()).hexdigest()

    assert sorted(round.result["winners"]) == sorted(sorted(points, key=order)[:SEATS])
    assert round.result["people"] == len(round.papers)
