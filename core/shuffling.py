"""Rows without an order, and files without remains: what each engine needs for both.

Both engines tell in which order rows came: SQLite by their place in a page, PostgreSQL by
ctid and xmin. Rows written anew in one transaction and at random tell nothing.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from secrets import SystemRandom
from typing import Any

from sqlalchemy import ColumnElement, Engine, delete, insert, select, text, update
from sqlalchemy.orm import Session

from core.models import Base

PATIENCE = 10.0  # seconds to wait for others who read or write


def shuffle(session: Session, model: type[Base], which: ColumnElement[bool]) -> None:
    """Write rows to which no other row refers anew, at random."""
    table: Any = model.__table__
    rows = [dict(row._mapping) for row in session.execute(select(table).where(which))]
    SystemRandom().shuffle(rows)
    session.execute(delete(table).where(which))
    if rows:
        session.execute(insert(table), rows)


def touch(session: Session, model: type[Base], which: ColumnElement[bool]) -> None:
    """Write rows to which others refer anew, at random."""
    table: Any = model.__table__
    numbers = list(session.scalars(select(table.c.id).where(which)))
    SystemRandom().shuffle(numbers)
    for number in numbers:
        session.execute(update(table).where(table.c.id == number).values(id=number))


def scour(place: Session | Engine, tables: Sequence[str]) -> None:
    """Leave nothing of deleted rows in the files of the database; not in a transaction."""
    engine: Any = place.get_bind() if isinstance(place, Session) else place
    if engine.dialect.name == "sqlite":
        _scour_sqlite(Path(engine.url.database or ""))
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = '{PATIENCE:.0f}s'"))  # the job comes again
        for table in tables:
            connection.execute(text(f'VACUUM (FULL, ANALYZE) "{table}"'))
        connection.execute(text("RESET lock_timeout"))


def _scour_sqlite(path: Path) -> None:
    """Write the file anew; the journal beside it is emptied before and after.

    :raise sqlite3.OperationalError: when somebody reads for so long that it cannot be emptied
    """
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        for statement in (
            "PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)",
        ):  # fmt: skip
            for busy, *_ in connection.execute(statement).fetchall():
                if busy:
                    raise sqlite3.OperationalError("database is locked")
