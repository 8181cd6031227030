"""Whether anything was committed since: a mark that changes with each commit.

What was found out under a mark still holds while the mark is the same, whoever writes and in
whichever process. Read the mark before the rest: what is committed meanwhile changes the next.
"""

import sqlite3
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, event, text
from sqlalchemy.orm import Session

from core import quick

MINE = text("SELECT pg_current_snapshot()::text, pg_current_xact_id_if_assigned()::text")


class Witness:
    """A connection that never writes: SQLite tells it when another has committed."""

    def __init__(self, engine: Engine) -> None:
        self._lock, self._name = Lock(), object()
        self._connection: Any = quick.connect(engine)
        event.listen(engine, "engine_disposed", self._close)

    def mark(self) -> object:
        with self._lock:
            ((version,),) = self._connection.execute("PRAGMA data_version").fetchall()
        return self._name, version  # numbers of two connections say nothing about each other

    def _close(self, engine: Engine) -> None:
        with self._lock:
            _witnesses.pop(engine, None)
            self._connection.close()


_witnesses: WeakKeyDictionary[Engine, Witness] = WeakKeyDictionary()


def mark(session: Session) -> object:
    """Return the mark of what is committed; nothing while the session itself has written."""
    connection = session.connection()
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        snapshot, own = connection.execute(MINE).one()
        return None if own else snapshot
    if driver.in_transaction or not connection.engine.url.database:
        return None
    witness = _witnesses.get(connection.engine)
    if witness is None:
        witness = _witnesses.setdefault(connection.engine, Witness(connection.engine))
    return witness.mark()
