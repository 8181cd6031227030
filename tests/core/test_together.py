import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from core import sqlite, together
from people.models import Project
from tests.story import a_project, at_once

RENAME = "UPDATE project SET name = ?, version = version + 1 WHERE id = ?"
Rename = tuple[str, tuple[Any, ...]]


@pytest.fixture
def engine(session: Session) -> Engine:
    bind: Any = session.get_bind()
    return bind  # type: ignore[no-any-return]


@pytest.fixture
def groups(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many writes each commit that was tried held."""
    found: list[int] = []
    real = together._committed

    def counted(engine: Engine, writes: Any) -> list[int]:
        found.append(len(writes))
        return real(engine, writes)

    monkeypatch.setattr(together, "_committed", counted)
    return found


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


def while_the_disk_is_busy(
    session: Session, engine: Engine, pool: ThreadPoolExecutor, *writes: Rename
) -> list[Future[int]]:
    """Let each be written, one after the other, while somebody else writes."""
    session.add(a_project("busy"))
    session.flush()
    futures: list[Future[int]] = []
    for number, (text, values) in enumerate(writes):
        futures.append(pool.submit(together.write, engine, text, values))
        waiting = together._together.setdefault(engine, together.Together())
        while not waiting._busy or len(waiting._waiting) < number:
            pass
    return futures


def test_what_comes_while_the_disk_is_busy_is_committed_together(
    session: Session, engine: Engine, project: Project, pool: ThreadPoolExecutor,
    groups: list[int],
) -> None:  # fmt: skip
    names = ["Buch", "Mitte", "Wedding", "Pankow"]
    futures = while_the_disk_is_busy(
        session, engine, pool, *((RENAME, (name, project.id)) for name in names)
    )
    session.commit()
    assert [each.result() for each in futures] == [1, 1, 1, 1]
    assert sum(groups) == 4
    assert len(groups) == 2  # the first that came, then all others
    session.refresh(project)
    assert (project.name, project.version) == ("Pankow", 5)


def test_each_hears_how_many_rows_it_has_touched(
    session: Session, engine: Engine, project: Project, pool: ThreadPoolExecutor
) -> None:
    as_read = f"{RENAME} AND version = ?"
    futures = while_the_disk_is_busy(
        session, engine, pool,
        (RENAME, ("Mitte", 0)), (as_read, ("Buch", project.id, 1)),
        (as_read, ("Pankow", project.id, 1)),
    )  # fmt: skip
    session.commit()
    assert [each.result() for each in futures] == [0, 1, 0]
    session.refresh(project)
    assert project.name == "Buch"


def test_whose_write_is_refused_is_the_only_one_who_hears_of_it(
    session: Session, engine: Engine, project: Project, pool: ThreadPoolExecutor
) -> None:
    mitte, nameless = (RENAME, ("Mitte", project.id)), (RENAME, (None, project.id))
    futures = while_the_disk_is_busy(session, engine, pool, mitte, mitte, nameless, mitte)
    session.commit()
    with pytest.raises(sqlite3.IntegrityError):
        futures.pop(2).result()
    assert [each.result() for each in futures] == [1, 1, 1]
    session.refresh(project)
    assert (project.name, project.version) == ("Mitte", 4)


def test_nobody_waits_twice_for_a_disk_that_stays_busy(
    session: Session, engine: Engine, project: Project, pool: ThreadPoolExecutor,
    groups: list[int], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(sqlite, "PATIENCE", 0.2)
    mitte = (RENAME, ("Mitte", project.id))
    futures = while_the_disk_is_busy(session, engine, pool, mitte, mitte, mitte)
    for each in futures:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            each.result()
    assert len({id(each.exception()) for each in futures}) == 3  # none is raised twice
    assert sum(groups) == 3
    session.commit()
    assert together.write(engine, *mitte) == 1


def test_whose_write_was_stopped_on_the_way_hears_of_it_and_writes_for_nobody_else(
    session: Session, engine: Engine, project: Project, pool: ThreadPoolExecutor,
    groups: list[int], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    real = together._committed

    def stopped(engine: Engine, writes: Any) -> list[int]:
        if len(writes) > 1:
            raise KeyboardInterrupt
        return real(engine, writes)

    monkeypatch.setattr(together, "_committed", stopped)
    mitte = (RENAME, ("Mitte", project.id))
    first, *others = while_the_disk_is_busy(session, engine, pool, mitte, mitte, mitte, mitte)
    session.commit()
    errors = [type(each.exception(timeout=20)) for each in others]
    assert sorted(each.__name__ for each in errors) == [
        "KeyboardInterrupt", "Unwritten", "Unwritten",
    ]  # fmt: skip
    assert first.result() == 1 and groups == [1]
    assert together.write(engine, *mitte) == 1


@pytest.mark.both_engines
@pytest.mark.parametrize("others", [0, 3])
def test_of_several_statements_all_or_none_are_written(
    session: Session, engine: Engine, project: Project, pool: ThreadPoolExecutor, others: int
) -> None:
    text = RENAME if engine.dialect.name == "sqlite" else RENAME.replace("?", "%s")

    def act(cursor: Any) -> int:
        cursor.execute(text, ("Mitte", project_id))
        raise LookupError

    project_id = project.id
    if others and engine.dialect.name == "sqlite":
        buch = (text, ("Buch", project_id))
        futures = while_the_disk_is_busy(session, engine, pool, *[buch] * others)
        refused = pool.submit(together.write_all, engine, act)
        while len(together._together[engine]._waiting) < others:
            pass
        session.commit()
        assert [each.result() for each in futures] == [1] * others
        with pytest.raises(LookupError):
            refused.result()
    else:
        with pytest.raises(LookupError):
            together.write_all(engine, act)
        others = 0
    session.commit()
    session.refresh(project)
    assert (project.name == "Mitte", project.version) == (False, 1 + others)


@pytest.mark.both_engines
def test_eight_threads_write_and_nothing_is_lost(
    session: Session, sessions: sessionmaker[Session], engine: Engine, project: Project
) -> None:
    text = RENAME if engine.dialect.name == "sqlite" else RENAME.replace("?", "%s")
    number = project.id

    def write(which: int) -> None:
        for _ in range(20):
            assert together.write(engine, text, (f"Name {which}", number)) == 1

    at_once(8, write)
    with sessions() as fresh:
        assert fresh.get_one(Project, number).version == 161
