"""The demo project, by command."""

import click
from flask import current_app
from flask.cli import AppGroup

from core.db import db
from demo import loading

demo = AppGroup("demo", help="The fictitious Pankow project.")
commands: list[click.Command] = [demo]


@demo.command("load")
def load() -> None:
    """Bring the demo project in, unless it is there."""
    project = loading.load(db.session, db.engine, current_app.extensions["keys"])
    db.session.commit()
    click.echo(f"/p/{project.slug}")


@demo.command("clear")
def clear() -> None:
    """Delete the demo project and all that is in it."""
    if not loading.clear(db.session):
        raise click.ClickException("There is no demo project.")
    db.session.commit()
