"""A workshop as one file, from the command line."""

from pathlib import Path
from uuid import uuid4

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from core.db import db
from core.errors import Refusal
from people.models import Project
from workshop.archive.reading import bring
from workshop.archive.writing import write
from workshop.models import Workshop


@click.command("export")
@click.argument("slug")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True)
@click.option("--names", is_flag=True, help="With names of people and organisations.")
@with_appcontext
def export(slug: str, output: Path, names: bool) -> None:
    """Write a workshop into one file: everything but keys."""
    workshop = db.session.scalar(select(Workshop).filter_by(slug=slug))
    if not workshop:
        raise click.ClickException("There is no workshop with this address.")
    try:
        output.write_bytes(write(db.session, workshop, with_names=names))
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror}") from None
    click.echo(output)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--project", required=True, help="The address of the project.")
@with_appcontext
def bring_in(file: Path, project: str) -> None:
    """Read a workshop from its file, as a record that stays closed."""
    owner = db.session.scalar(select(Project).filter_by(slug=project))
    if not owner:
        raise click.ClickException("There is no project with this address.")
    keys = current_app.extensions["keys"]
    try:
        workshop = bring(db.session, keys, owner, file.read_bytes(), uuid4().hex)
    except Refusal as refusal:
        raise click.ClickException(refusal.reason % refusal.values) from None
    db.session.commit()
    click.echo(workshop.slug)
