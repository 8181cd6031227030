"""Writes that come at the same moment, committed together: one wait for the disk for all.

Whoever comes first writes at once. What comes while the disk is busy waits, and the first of
those writes for all of them. Each is told only when its write is safely stored.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine

Act = Callable[[Any], int]  # writes with a cursor; it may be begun anew


class Unwritten(Exception):
    """Whoever wrote for all was stopped before this write was safe."""


@dataclass(slots=True, eq=False)
class Write:
    """What somebody writes, and what became of it: *rows* it touched, or an *error*."""

    act: Act
    rows: int | None = None
    error: Exception | None = None
    called: Lock = field(default_factory=Lock)  # open when it is done, or is to be the first

    @property
    def done(self) -> bool:
        return self.rows is not None or self.error is not None


class Together:
    """Writes to one database by the threads of this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._busy = False
        self._waiting: list[Write] = []

    def write(self, engine: Engine, act: Act) -> int:
        """Carry *act* out, commit it, and return how many rows it has touched.

        :raise Exception: as the driver refuses a statement or the commit, or as *act* does
        """
        mine = Write(act)
        mine.called.acquire()
        with self._lock:
            self._waiting.append(mine)
            is_first, self._busy = not self._busy, True
        if not is_first:
            mine.called.acquire()
        if not mine.done:
            self._write_all(engine)
        if mine.error:
            raise mine.error
        return mine.rows or 0

    def _write_all(self, engine: Engine) -> None:
        """Write for all who wait, and call the next who came meanwhile."""
        with self._lock:
            _, *others = ours = self._waiting
            self._waiting = []
        try:
            _carry_out(engine, ours)
        except BaseException as error:  # each hears of it in its own thread
            for each in ours:
                if not each.done:
                    each.error = Unwritten(repr(error))
            raise
        finally:
            with self._lock:
                self._busy = bool(self._waiting)
                following = self._waiting[:1]
            for each in (*following, *others):
                each.called.release()


_together: WeakKeyDictionary[Engine, Together] = WeakKeyDictionary()


def write(engine: Engine, text: str, values: Sequence[Any]) -> int:
    """Carry a statement out, commit it, and return how many rows it has touched."""

    def act(cursor: Any) -> int:
        cursor.execute(text, values)
        return int(cursor.rowcount)

    return write_all(engine, act)


def write_all(engine: Engine, act: Act) -> int:
    """Let *act* carry out several statements, all or none, and return what it does.

    On SQLite, where one writes at a time, it is committed together with those that wait.
    """
    if engine.dialect.name == "sqlite":
        return _together.setdefault(engine, Together()).write(engine, act)
    return _committed(engine, [Write(act)])[0]


def _carry_out(engine: Engine, writes: Sequence[Write]) -> None:
    """Write all in one transaction; or each in its own, if one of them is refused."""
    driver: Any = engine.dialect.dbapi
    try:
        for each, rows in zip(writes, _committed(engine, writes), strict=True):
            each.rows = rows
    except Exception as error:
        if len(writes) > 1 and not isinstance(error, driver.OperationalError):
            for each in writes:
                _carry_out(engine, [each])
            return
        for each in writes:  # it is locked or full, for all of them
            each.error = copy(error) if len(writes) > 1 else error


def _committed(engine: Engine, writes: Sequence[Write]) -> list[int]:
    connection = engine.raw_connection()
    try:
        cursor, rows = connection.cursor(), []
        for each in writes:
            rows.append(each.act(cursor))
        cursor.close()
        connection.commit()
    finally:
        connection.close()  # what was not committed is rolled back
    return rows
