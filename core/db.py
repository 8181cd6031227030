"""The database: a session per request."""

import sqlite3
from inspect import iscoroutinefunction
from typing import Any

from flask.sansio.app import App
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Engine, event

from core import sqlite

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
