import sqlite3
from contextlib import closing
from threading import Event, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from core import shuffling, sqlite
from core.db import db
from core.sqlite import Line
from people.models import Project
from tests.story import a_project, at_once


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 10000),
        ("secure_delete", 1),
    ],
)
def test_what_was_acknowledged_survives(session: Session, setting: str, value: Any) -> None:
    assert session.scalar(text(f"PRAGMA {setting}")) == value


def test_a_transaction_begins_with_the_first_write(session: Session) -> None:
    said: list[str] = []
    driver: Any = session.connection().connection.driver_connection
    driver.set_trace_callback(said.append)
    session.add(a_project("buch"))
    session.scalar(text("SELECT 1"))
    session.commit()
    assert said[0] == "BEGIN IMMEDIATE"

    said.clear()
    session.scalar(text("SELECT 1"))
    session.commit()
    assert said == ["SELECT 1"]


def test_reading_keeps_nobody_from_writing(
    session: Session, sessions: sessionmaker[Session], project: Project
) -> None:
    assert project.name == "Campus Buch"
    with sessions() as other:
        other.get_one(Project, project.id).name = "Pankow"
        other.commit()

    session.refresh(project)
    assert project.name == "Pankow"


def test_writers_come_in_the_order_in_which_they_queued() -> None:
    line, served = Line(), list[int]()
    line.enter()
    writers = []
    for number in range(5):
        queued = Event()

        def write(number: int = number, queued: Event = queued) -> None:
            queued.set()
            line.enter()
            served.append(number)
            line.leave()

        writers.append(Thread(target=write))
        writers[-1].start()
        queued.wait()
        while len(line._waiting) <= number:  # it has said so, and now takes its place
            pass
    line.leave()
    for writer in writers:
        writer.join()
    assert served == [0, 1, 2, 3, 4]


def test_whoever_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.01)
    line = Line()
    line.enter()
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        line.enter()
    line.leave()
    line.enter()  # and nobody stays behind in the line


def test_a_writer_who_fails_or_leaves_hands_the_turn_on(
    session: Session, sessions: sessionmaker[Session], project: Project
) -> None:
    project.name = "Mitte"
    session.flush()
    session.rollback()
    broken = sessions()
    broken.execute(text("UPDATE project SET name = 'Wedding'"))
    broken.close()
    with pytest.raises(Exception, match="no such column"):
        session.execute(text("UPDATE project SET nought = 1"))
    session.rollback()

    with sessions() as other:
        other.get_one(Project, project.id).name = "Pankow"
        other.commit()
    session.refresh(project)
    assert project.name == "Pankow"


def test_eight_threads_write_without_a_refusal(
    sessions: sessionmaker[Session], project: Project
) -> None:
    id = project.id

    def write(_number: int) -> None:
        for _ in range(20):
            with sessions() as session:
                session.get_one(Project, id).changed()
                session.commit()

    at_once(8, write)
    with sessions() as session:
        assert session.get_one(Project, id).version == 161


def test_requests_have_sessions_of_their_own(app: Flask) -> None:
    with app.app_context():
        first = db.session
    with app.app_context():
        assert db.session is not first


def test_a_reader_in_the_way_does_not_let_remains_pass_unnoticed(
    session: Session, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The journal cannot be emptied while somebody reads: the job must come again."""
    monkeypatch.setattr(shuffling, "PATIENCE", 0.1)
    bind: Any = session.get_bind()
    with closing(sqlite3.connect(bind.url.database, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM project").fetchall()
        project.name = "Pankow"
        session.commit()
        with pytest.raises(sqlite3.OperationalError):
            shuffling.scour(session, [])
        reader.execute("COMMIT")
        shuffling.scour(session, [])
