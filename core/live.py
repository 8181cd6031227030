"""Unchanged polls, answered in front of the app: no session, no token, no ORM.

A live part of a page asks again and again whether there is news; almost always there is
none. Its address carries a seal: which number it watches, in which row, what it was when
the part was shown, and a MAC over the three. Only who was shown the part has its seal, so
"nothing new" tells nobody anything. With news, or with a seal that does not fit, the
request goes on to the app, which asks who is there.
"""

import hmac
from collections import deque
from hashlib import blake2b
from typing import Any

from flask import Flask, current_app
from sqlalchemy import Engine, event
from sqlalchemy.orm import InstrumentedAttribute

from core import front
from core.db import db
from core.front import Answer, Environ

WATCHED: dict[str, tuple[str, str]] = {}  # table and column by the name in a seal
PLACEHOLDERS = {"qmark": "?", "format": "%s", "pyformat": "%s"}
NOTHING_NEW = Answer("204 NO CONTENT", [("Cache-Control", "no-store")])


def watch(name: str, column: InstrumentedAttribute[int]) -> None:
    """Let seals called *name* watch a column of numbers that only grow."""
    WATCHED[name] = column.class_.__tablename__, column.key


def seal(name: str, row_id: int, number: int) -> str:
    """Return the seal of who is shown *number*."""
    live: Live = current_app.extensions["live"]
    return live.seal(name, row_id, number)


class Numbers:
    """Reads single numbers on connections of its own, which wait for the next reader."""

    def __init__(self, engine: Engine) -> None:
        self._dialect, self._url = engine.dialect, engine.url
        self._idle: deque[Any] = deque()
        sign = PLACEHOLDERS[engine.dialect.paramstyle]
        self._questions = {
            name: f"SELECT {column} FROM {table} WHERE id = {sign}"  # noqa: S608 - our own names
            for name, (table, column) in WATCHED.items()
        }
        event.listen(engine, "engine_disposed", lambda _engine: self.close())

    def read(self, name: str, row_id: int) -> int | None:
        """Return the number, or nothing when it cannot be had: then the app shall look."""
        try:
            connection = self._idle.pop() if self._idle else self._connect()
        except (IndexError, self._dialect.dbapi.Error):  # type: ignore[union-attr]
            return None
        try:
            found = connection.execute(self._questions[name], (row_id,)).fetchone()
        except (KeyError, self._dialect.dbapi.Error):  # type: ignore[union-attr]
            connection.close()
            return None
        self._idle.append(connection)
        return found[0] if found else None

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _connect(self) -> Any:
        arguments, given = self._dialect.create_connect_args(self._url)
        options = dict(given)
        if self._dialect.name == "sqlite":
            options |= {"check_same_thread": False, "isolation_level": None}
        else:
            options |= {"autocommit": True}
        return self._dialect.connect(*arguments, **options)


class Live:
    """Answers 204 to whoever shows the current number already."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._key = blake2b(app.config["SECRET_KEY"].encode(), person=b"live").digest()
        self._numbers: Numbers | None = None

    def answer(self, environ: Environ) -> Answer | None:
        _, sealed, rest = environ.get("QUERY_STRING", "").partition("seen=")
        return NOTHING_NEW if sealed and self._is_current(rest) else None

    def seal(self, name: str, row_id: int, number: int) -> str:
        return self._seal(f"{name}.{row_id}.{number}")

    def _seal(self, claim: str) -> str:
        mac = blake2b(claim.encode(), key=self._key, digest_size=12).hexdigest()
        return f"{claim}.{mac}"

    def _is_current(self, rest: str) -> bool:
        shown = rest.partition("&")[0]
        claim, _, _ = shown.rpartition(".")
        if not hmac.compare_digest(self._seal(claim).encode(), shown.encode()):
            return False
        name, row_id, number = claim.split(".")
        return self._read(name, int(row_id)) == int(number)

    def _read(self, name: str, row_id: int) -> int | None:
        if self._numbers is None:
            with self._app.app_context():
                self._numbers = Numbers(db.engine)
        return self._numbers.read(name, row_id)


def init_app(app: Flask) -> None:
    app.extensions["live"] = live = Live(app)
    front.add(app, live.answer)
