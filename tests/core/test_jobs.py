import logging
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from core import jobs
from core.db import db
from people.models import Project
from tests.story import NOON, a_project, at_once

DONE: list[object] = []
ARRIVED = threading.Event()


@jobs.task
def note(word: str, *, fails: bool = False) -> None:
    DONE.append(word)
    ARRIVED.set()
    if fails:
        raise RuntimeError("the lamp is broken")


@jobs.task
def count_projects() -> None:
    DONE.append(len(db.session.query(Project).all()))


@pytest.fixture(autouse=True)
def nothing_done() -> None:
    DONE.clear()
    ARRIVED.clear()


@pytest.fixture
def waiting(app: Flask) -> jobs.Queue:
    """A queue that others work off."""
    app.config["JOBS"] = "thread"
    queue: jobs.Queue = app.extensions["jobs"]
    return queue


def do_next(queue: jobs.Queue) -> None:
    queue.huey.execute(queue.huey.dequeue())


def test_a_job_is_done_when_the_request_is_over(app: Flask) -> None:
    with app.app_context():
        note.later("later")
        assert not DONE
    assert DONE == ["later"]


def test_a_job_sees_what_was_committed_only(app: Flask) -> None:
    with app.app_context():
        db.session.add(a_project("kept"))
        db.session.commit()
        db.session.add(a_project("forgotten"))
        db.session.flush()
        count_projects.later()
    assert DONE == [1]


def test_a_job_can_be_done_at_once(app: Flask) -> None:
    with app.app_context():
        note("now")
        assert DONE == ["now"]


def test_a_waiting_job_survives_in_the_queue(app: Flask, waiting: jobs.Queue) -> None:
    with app.app_context():
        note.later("waited")
    assert not DONE
    do_next(waiting)
    assert DONE == ["waited"]


def test_a_failing_job_is_tried_again_ever_later(
    app: Flask, waiting: jobs.Queue, caplog: pytest.LogCaptureFixture
) -> None:
    with app.app_context():
        note.later("tried", fails=True)
    waits = []
    for _ in range(3):
        before = datetime.now(UTC).replace(tzinfo=None)
        do_next(waiting)
        (again,) = waiting.huey.scheduled()
        waits.append((again.eta - before).total_seconds())
        waiting.huey.storage.flush_schedule()
        again.eta = None
        waiting.huey.enqueue(again)
    assert [round(wait, -1) for wait in waits] == [30, 90, 270]
    assert DONE == ["tried"] * 3


def test_a_message_with_a_wrong_signature_is_not_opened(waiting: jobs.Queue) -> None:
    waiting.huey.storage.enqueue(b"cos\nsystem\n:wrong")
    with pytest.raises(ValueError, match="mismatch"):
        waiting.huey.dequeue()


def test_an_answer_stands_although_the_queue_is_broken(
    app: Flask, waiting: jobs.Queue, caplog: pytest.LogCaptureFixture
) -> None:
    waiting.huey.storage.filename = app.config["DATA"] / "missing" / "jobs.db"
    waiting.huey.storage.close()
    with app.app_context():
        note.later("lost")
    assert "job not queued" in caplog.text


def test_a_thread_beside_the_server_works_off_the_queue(
    app: Flask, waiting: jobs.Queue, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    consumer = jobs.start(app)
    with app.app_context():
        note.later("beside")
    assert ARRIVED.wait(20)
    consumer.stop(graceful=True)
    assert not caplog.records


@pytest.mark.both_engines
def test_a_queue_lies_where_the_database_lies(app: Flask, waiting: jobs.Queue) -> None:
    with app.app_context():
        note.later("stored")
    do_next(waiting)
    waiting.huey.storage.close()
    assert DONE == ["stored"]


@pytest.mark.both_engines
def test_of_all_processes_one_is_the_scheduler(sessions: sessionmaker[Session]) -> None:
    for at in (NOON + timedelta(minutes=minute) for minute in range(0, 40, 2)):
        elected: list[int] = []

        def stand(which: int, at: datetime = at, elected: list[int] = elected) -> None:
            with sessions() as session:
                if jobs.take_turn(session, f"process {which}", at):
                    elected.append(which)
                session.commit()

        at_once(5, stand)
        assert len(elected) == 1


def test_the_scheduler_stays_until_it_falls_silent(session: Session) -> None:
    assert jobs.take_turn(session, "first", NOON)
    assert jobs.take_turn(session, "first", NOON + timedelta(seconds=50))
    assert not jobs.take_turn(session, "second", NOON + timedelta(seconds=100))
    assert jobs.take_turn(session, "second", NOON + timedelta(seconds=111))


@pytest.mark.both_engines
def test_a_night_comes_once_for_all(sessions: sessionmaker[Session]) -> None:
    routine = jobs.Routine(jobs.Task("sweep", DONE.clear), lambda now: jobs.next_night(now, 2))
    with sessions() as session:
        assert not jobs.due(session, routine, NOON)
        session.commit()

    def ask(_which: int) -> None:
        with sessions() as session:
            if jobs.due(session, routine, NOON + timedelta(days=3)):
                DONE.append("swept")
            session.commit()

    at_once(5, ask)
    assert DONE == ["swept"]


def test_night_is_by_the_clock_on_the_wall() -> None:
    summer = datetime(2026, 7, 1, 12, tzinfo=UTC)
    before_the_change = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert jobs.next_night(NOON, 2) == datetime(2026, 11, 3, 1, tzinfo=UTC)
    assert jobs.next_night(summer, 2) == datetime(2026, 7, 2, 0, tzinfo=UTC)
    assert jobs.next_night(before_the_change, 4) == datetime(2026, 10, 25, 3, tzinfo=UTC)


def test_routines_start_with_the_scheduler(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "ROUTINES", {})
    jobs.every(minutes=5)(lambda: DONE.append("swept"))
    for minute in (0, 1, 6, 7, 12):
        with app.app_context():
            jobs.tick(db.session, "me", NOON + timedelta(minutes=minute))
        with app.app_context():
            jobs.tick(db.session, "other", NOON + timedelta(minutes=minute))
    assert DONE == ["swept", "swept"]


def test_an_app_starts_no_thread(tmp_path: Path) -> None:
    check = (
        "import sys, threading, app;"
        "app.create_app(SECRET_KEY='x', TESTING=True, DATA=sys.argv[1]);"
        "sys.exit(threading.active_count() > 1 or 'huey' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", check, tmp_path], check=False).returncode == 0


def test_mail_is_looked_after_by_the_clock(app: Flask) -> None:
    assert {"core.mail.deliver_waiting", "core.mail.forget_sent"} <= jobs.ROUTINES.keys()
