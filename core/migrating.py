"""The shape of the database: whether it is what this version needs, and how it gets there."""

from flask import Flask
from sqlalchemy import inspect

from core.db import db, migrations


def is_new(app: Flask) -> bool:
    """Tell whether the database holds no table at all."""
    with app.app_context():
        return not inspect(db.engine).get_table_names()


def is_behind(app: Flask) -> bool:
    """Tell whether there are migrations that the database has not seen."""
    with app.app_context():
        heads = set(migrations.script_directory.get_heads())
        return heads != set(migrations.migration_context.get_current_heads())


def migrate(app: Flask) -> None:
    """Bring the database up to date, wholly or not at all."""
    with app.app_context():
        migrations.upgrade()
