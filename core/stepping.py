"""The steps from one shape of the database to the next. Heavy: loaded when some are needed."""

import sqlite3
from typing import Any

from flask import Flask
from flask_alembic import Alembic

from core.models import Base


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


def migrations_of(app: Flask) -> Migrations:
    """Return what migrates the database of *app*."""
    if "alembic" not in app.extensions:
        made = Migrations(metadatas=Base.metadata, run_mkdir=False, command_name="")
        made.init_app(app)
    migrations: Migrations = app.extensions["alembic"]
    return migrations
