"""Reading at leisure: a session that sees one moment, whatever is written meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session


@contextmanager
def still(engine: Engine) -> Iterator[Session]:
    """Open a session for reading only; what is committed after its first look it never sees."""
    is_sqlite = engine.dialect.name == "sqlite"
    level = {} if is_sqlite else {"isolation_level": "REPEATABLE READ"}
    with engine.connect().execution_options(**level) as connection:
        if is_sqlite:
            connection.exec_driver_sql("BEGIN")  # the driver begins at the first write only
        with Session(connection, join_transaction_mode="control_fully") as session:
            yield session
            session.rollback()
