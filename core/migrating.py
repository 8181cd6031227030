"""The shape of the database: whether it is what this version needs, and how it gets there.

Alembic takes a tenth of a start, so it is loaded only when there is something to migrate.
"""

from pathlib import Path

from click import Command, Context, Group
from flask import Flask, current_app
from sqlalchemy import Select, column, inspect, select, table

from core.db import db

REACHED: Select[str] = select(column("version_num")).select_from(table("alembic_version"))


class Commands(Group):
    """`flask db`: what Alembic can do."""

    def list_commands(self, context: Context) -> list[str]:
        return _of_alembic(context).list_commands(context)

    def get_command(self, context: Context, name: str) -> Command | None:
        return _of_alembic(context).get_command(context, name)


def init_app(app: Flask) -> None:
    app.cli.add_command(
        Commands("db", help="Steps from one shape of the database to the next.")
    )


def is_new(app: Flask) -> bool:
    """Tell whether the database holds no table at all."""
    with app.app_context():
        return not inspect(db.engine).get_table_names()


def is_behind(app: Flask) -> bool:
    """Tell whether there are migrations that the database has not seen."""
    with app.app_context(), db.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return True
        return connection.scalars(REACHED).all() != [latest(app)]


def latest(app: Flask) -> str:
    """Return the number of the last migration: they are one chain, named by their numbers."""
    steps = Path(app.root_path, "migrations").glob("[0-9]*.py")
    return max(step.stem.partition("_")[0] for step in steps)


def migrate(app: Flask) -> None:
    """Bring the database up to date, wholly or not at all."""
    from core.stepping import migrations_of  # noqa: PLC0415 - heavy

    with app.app_context():
        migrations_of(app).upgrade()


def _of_alembic(context: Context) -> Group:
    from flask_alembic.cli import cli  # noqa: PLC0415 - heavy

    from core.stepping import migrations_of  # noqa: PLC0415 - heavy

    context.obj = migrations_of(current_app._get_current_object())  # type: ignore[attr-defined]
    return cli
