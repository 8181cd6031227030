from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session, sessionmaker

from core import commits
from core.models import Base
from core.quick import Command
from people.models import Project
from tests.story import NOON, a_project


@pytest.mark.both_engines
def test_a_mark_stays_until_somebody_commits(
    session: Session, sessions: sessionmaker[Session]
) -> None:
    first = commits.mark(session)
    assert first is not None
    assert commits.mark(session) == first
    with sessions() as other:
        other.add(a_project("one"))
        other.flush()
        assert commits.mark(session) == first or session.get_bind().dialect.name != "sqlite"
        before = commits.mark(session)
        other.commit()
    second = commits.mark(session)
    assert second not in (first, before)
    assert commits.mark(session) == second


@pytest.mark.both_engines
def test_who_has_written_and_not_committed_has_no_mark(session: Session) -> None:
    first = commits.mark(session)
    session.add(a_project("one"))
    session.flush()
    assert commits.mark(session) is None
    session.commit()
    assert commits.mark(session) not in (None, first)


@pytest.mark.both_engines
def test_what_is_written_without_a_session_changes_the_mark(session: Session) -> None:
    first = commits.mark(session)
    values = {"slug": "one", "name": "Eins", "created": NOON, "is_demo": False, "version": 0}
    Command(insert(Project).values(**dict.fromkeys(values))).carry_out(
        session.get_bind(),  # type: ignore[arg-type]
        **values,
    )
    assert commits.mark(session) != first


def test_a_mark_from_before_the_database_was_opened_anew_means_nothing(tmp_path: Path) -> None:
    engine, other = (create_engine(f"sqlite:///{tmp_path / 'a.db'}") for _ in range(2))
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        before = commits.mark(session)
    engine.dispose()
    with Session(other) as writer:
        writer.add(a_project("one"))
        writer.commit()
    with Session(engine) as session:
        assert commits.mark(session) not in (None, before)
    for each in (engine, other):
        each.dispose()
