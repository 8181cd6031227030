"""Questions that are asked with every page, and what is written with each: no session.

The text of the statement is made once. Connections wait for the next who asks; each sees
what was committed last. Values come as the driver gives them.
"""

from collections import deque
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Executable, event
from sqlalchemy.orm import Session

from core import together


class Question:
    """A statement with named values, ready to be asked of any engine."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._texts: WeakKeyDictionary[Engine, tuple[str, tuple[str, ...]]] = (
            WeakKeyDictionary()
        )

    def ask(self, place: Engine | Session, **values: Any) -> tuple[Any, ...] | None:
        """Return the first row of the answer: of what is committed, or of a session's own."""
        rows = self.ask_all(place, _most=1, **values)
        return rows[0] if rows else None

    def ask_all(
        self, place: Engine | Session, _most: int = 10_000, **values: Any
    ) -> list[tuple[Any, ...]]:
        """Return the rows of the answer, at most as many as one page could ever need."""
        if isinstance(place, Session):
            return self._ask_within(place, values, _most)
        idle = _idle.get(place)
        if idle is None:
            idle = _begin(place)
        try:
            connection = idle.pop()
        except IndexError:
            connection = connect(place)
        try:
            rows = self._ask(place, connection, values, _most)
        except Exception:
            connection.close()
            raise
        idle.append(connection)
        return rows

    def _ask_within(self, session: Session, values: Any, most: int) -> list[tuple[Any, ...]]:
        """Ask within the transaction of a session; errors are those of SQLAlchemy."""
        engine: Any = session.get_bind()
        text, names = self._texts.get(engine) or self._written(engine)
        asked = tuple(values[name] for name in names)
        found = session.connection().exec_driver_sql(text, asked)
        rows = [tuple(row) for row in found.fetchmany(most)]
        found.close()
        return rows

    def _ask(
        self, engine: Engine, connection: Any, values: Any, most: int
    ) -> list[tuple[Any, ...]]:
        text, names = self._texts.get(engine) or self._written(engine)
        cursor = connection.execute(text, [values[name] for name in names])
        rows: list[tuple[Any, ...]] = cursor.fetchmany(most)
        cursor.close()  # or SQLite would go on seeing this moment
        return rows

    def _written(self, engine: Engine) -> tuple[str, tuple[str, ...]]:
        style = {"qmark": "qmark"}.get(engine.dialect.paramstyle, "format")
        dialect = type(engine.dialect)(paramstyle=style)  # type: ignore[call-arg]
        statement: Any = self._statement
        compiled = statement.compile(dialect=dialect)
        fixed = {name: value for name, value in compiled.params.items() if value is not None}
        assert not fixed, "a question has named values only"  # noqa: S101 - our own mistake
        written = self._texts[engine] = str(compiled), tuple(compiled.positiontup)
        return written


class Command:
    """A statement that writes, ready to be carried out and committed by itself."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._compiled: WeakKeyDictionary[Engine, Any] = WeakKeyDictionary()

    def carry_out(self, engine: Engine, **values: Any) -> int:
        """Commit it, and return how many rows it has touched."""
        return together.write(engine, *self._written(engine, values))

    def carry_out_on(self, cursor: Any, engine: Engine, **values: Any) -> int:
        """Do so within what somebody else commits (``together.write_all``)."""
        cursor.execute(*self._written(engine, values))
        return int(cursor.rowcount)

    def _written(self, engine: Engine, values: Any) -> tuple[str, list[Any]]:
        compiled = self._compiled.get(engine) or self._compile(engine)
        ready = compiled.params | values
        for name, process in compiled._bind_processors.items():
            ready[name] = process(ready[name])
        return str(compiled), [ready[name] for name in compiled.positiontup]

    def _compile(self, engine: Engine) -> Any:
        style = {"qmark": "qmark"}.get(engine.dialect.paramstyle, "format")
        dialect = type(engine.dialect)(paramstyle=style)  # type: ignore[call-arg]
        statement: Any = self._statement
        compiled = self._compiled[engine] = statement.compile(dialect=dialect)
        return compiled


_idle: WeakKeyDictionary[Engine, deque[Any]] = WeakKeyDictionary()


def _begin(engine: Engine) -> deque[Any]:
    idle = _idle.setdefault(engine, deque())
    event.listen(engine, "engine_disposed", _close)
    return idle


def _close(engine: Engine) -> None:
    idle = _idle.get(engine)
    while idle:
        idle.pop().close()


def connect(engine: Engine) -> Any:
    """Return a connection of the driver, on which each statement stands for itself."""
    arguments, options = engine.dialect.create_connect_args(engine.url)
    if engine.dialect.name == "sqlite":
        options.update(check_same_thread=False, isolation_level=None)
    else:
        options.update(autocommit=True)
    return engine.dialect.connect(*arguments, **options)
