"""A copy of a whole database while others write to it, on both engines."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Collection
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, create_engine, func, inspect, select, text
from sqlalchemy.engine import URL, Connection, make_url

from core.errors import Refusal, message
from core.models import Base

Counts = dict[str, int]  # rows by table
Look = Callable[[Connection], object]


class NotSound(Refusal):
    """A copy of the database is not what it should be."""

    reason = message("The copy is not sound: %(trouble)s")


class ProgramMissing(Refusal):
    """A program of PostgreSQL is not on this machine."""

    reason = message("The program %(name)s is missing. Install the package postgresql-client.")


def dump(
    engine: Engine, target: Path, without: Collection[str] = (), look: Look | None = None
) -> Counts:
    """Write a copy of the database to *target* and return how many rows it holds.

    It holds every commit that was acknowledged before the call, but tables named in *without*
    are empty in it; *look* is called with a connection that sees what is copied, and them.
    """
    if engine.dialect.name == "sqlite":
        source = Path(engine.url.database or "")
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
        _take_out(target, without, look)
        return _told(check_sqlite(target), without)
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        # The rows are counted in the very snapshot that is dumped.
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        counts = _told(_counts(connection), without)
        if look:
            look(connection)
        where = ["--format=custom", f"--snapshot={snapshot}", f"--file={target}"]
        where += [f"--exclude-table-data={name}" for name in without]
        _run("pg_dump", engine.url, *where)
    return counts


def check(engine: Engine, dumped: Path) -> Counts | None:
    """Look whether a copy can be read; return its rows where they can be counted in it."""
    if engine.dialect.name == "sqlite":
        return check_sqlite(dumped)
    _run("pg_restore", None, "--list", str(dumped))
    return None


def is_empty(engine: Engine) -> bool:
    """Tell whether there is no table in the database."""
    return not inspect(engine).get_table_names()


def load(engine: Engine, dumped: Path) -> Counts:
    """Put the copy in the place of the database; return how many rows there are then."""
    if engine.dialect.name == "sqlite":
        target = Path(engine.url.database or "")
        engine.dispose()
        beside = target.with_suffix(".restored")
        shutil.copyfile(dumped, beside)
        for rest in ("-wal", "-shm"):
            Path(f"{target}{rest}").unlink(missing_ok=True)
        beside.replace(target)
        return check_sqlite(target)
    options = ["--clean", "--if-exists", "--no-owner", "--single-transaction"]
    _run("pg_restore", engine.url, *options, str(dumped))
    with engine.connect() as connection:
        return _counts(connection)


def check_sqlite(path: Path) -> Counts:
    """Return the rows of a database in a file.

    :raise NotSound: when SQLite finds something wrong with it
    """
    engine = create_engine(f"sqlite:///{path}")
    try:
        with engine.connect() as connection:
            found = connection.scalar(text("PRAGMA integrity_check"))
            if found != "ok":
                raise NotSound(trouble=str(found)[:200])
            return _counts(connection)
    finally:
        engine.dispose()


def _told(counts: Counts, without: Collection[str]) -> Counts:
    return {name: number for name, number in counts.items() if name not in without}


def _take_out(path: Path, tables: Collection[str], look: Look | None) -> None:
    """Empty some tables of a copy; the places in a page would tell the order of the rest."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        if look:
            look(connection)
        for table in {*tables} & {*inspect(connection).get_table_names()}:
            connection.execute(text(f'DELETE FROM "{table}"'))  # noqa: S608 - our own words
    engine.dispose()
    with closing(sqlite3.connect(path)) as copy:
        copy.execute("VACUUM")


def _counts(connection: Connection) -> Counts:
    there = set(inspect(connection).get_table_names())
    tables = [table for table in Base.metadata.sorted_tables if table.name in there]
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in tables
    }


def _run(program: str, url: URL | None, *arguments: str) -> None:
    """Run a program of PostgreSQL; the password goes by the environment, not the list."""
    found = shutil.which(program)
    if not found:
        raise ProgramMissing(name=program)
    environment = dict(os.environ)
    where = []
    if url:
        url = make_url(url)
        environment["PGPASSWORD"] = url.password or ""
        plain = url.set(drivername="postgresql", password=None)
        where = [f"--dbname={plain.render_as_string()}"]
    done = subprocess.run(  # noqa: S603 - our own arguments
        [found, *where, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotSound(trouble=done.stderr.strip()[:300])
