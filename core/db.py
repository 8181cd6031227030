"""The database: a session per request, and migrations that happen wholly or not at all."""

import sqlite3
from inspect import iscoroutinefunction
from typing import Any

from flask.sansio.app import App
from flask_alembic import Alembic
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Engine, event

from core import sqlite
from core.models import Base

CONNECTIONS = 64  # more than the server has threads, so that nobody waits for one


class Database(SQLAlchemy):
    """Flask-SQLAlchemy-Lite without its async half, which costs every request an event loop."""

    def init_app(self, app: App) -> None:
        app.config["SQLALCHEMY_ENGINES"] = {
            "default": engine_options(app.config["DATABASE_URL"])
        }
        super().init_app(app)
        closing = app.teardown_appcontext_funcs
        closing[:] = [close for close in closing if not iscoroutinefunction(close)]


class Migrations(Alembic):
    """Flask-Alembic, with all steps in one transaction on SQLite as on PostgreSQL."""

    def rev_id(self) -> str:
        return f"{len(self.log()) + 1:04}"

    def run_migrations(self, *args: Any, **kwargs: Any) -> None:
        connection = self.migration_context.connection
        raw = connection and connection.connection.driver_connection
        if isinstance(raw, sqlite3.Connection):
            # Off, or else rebuilding a table would delete the rows that point at it.
            raw.execute("PRAGMA foreign_keys = OFF")
            raw.execute("BEGIN IMMEDIATE")
        super().run_migrations(*args, **kwargs)


def engine_options(url: str) -> dict[str, Any]:
    """Return what SQLAlchemy needs to reach the database at *url*."""
    options: dict[str, Any] = {
        "url": url,
        "pool_size": CONNECTIONS,
        "max_overflow": 0,
        "hide_parameters": True,  # an error tells of the statement, not of an answer
    }
    if url.startswith("sqlite"):
        return options | {"connect_args": {"factory": sqlite.Connection}}
    return options | {"pool_pre_ping": True}


@event.listens_for(Engine, "connect")
def prepare_sqlite(connection: object, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        sqlite.prepare(connection)


db = Database()
migrations = Migrations(metadatas=Base.metadata, run_mkdir=False)
