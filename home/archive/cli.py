"""A whole project as one archive, from the command line."""

import json
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from core import clock
from core.db import db
from core.errors import Refusal
from core.stillness import still
from home.archive import keeping
from home.archive.bringing import bring
from home.archive.opening import about_to_json, look
from home.archive.writing import write
from people import entering
from people.models import Project

project_group = AppGroup("project", help="Whole projects: out into an archive, and in again.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print machine-readable output.")


@project_group.command("export")
@click.argument("slug")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--contacts", is_flag=True, help="With contact data and names of participants.")
@as_json
def export(slug: str, output: Path, contacts: bool, as_json: bool) -> None:
    """Write a project into one archive of open formats."""
    project = db.session.scalar(select(Project).filter_by(slug=slug))
    if not project:
        _refuse("There is no project with this address.")
    now = clock.now()
    noted = keeping.begin(db.session, project, "", None, now, with_contacts=contacts)
    db.session.commit()
    beside = output.with_name(f"{output.name}.part")
    try:
        with still(db.engine) as session:
            one = session.get_one(Project, project.id)
            keys = current_app.extensions["keys"]
            manifest = write(session, keys, one, beside, with_contacts=contacts)
        beside.replace(output)
    except OSError as error:
        beside.unlink(missing_ok=True)
        _refuse(f"{output}: {error.strerror}")
    noted.done, noted.digest = now, keeping.digest_of(output)
    noted.size, noted.rows = output.stat().st_size, sum(manifest["rows"].values())
    db.session.commit()
    said = {name: manifest[name] for name in ("format", "date", "contacts", "rows", "left_out")}
    said |= {"path": str(output), "bytes": noted.size, "sha256": noted.digest}
    click.echo(json.dumps(said) if as_json else f"{output}: {noted.rows} rows.")


@project_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slug", help="Another address than the project had.")
@click.option("--email", help="Whose project it is; without it, the first administrator's.")
@click.option("--check", is_flag=True, help="Say what is in it and write nothing.")
@as_json
def bring_in(
    file: Path, slug: str | None, email: str | None, check: bool, as_json: bool
) -> None:
    """Bring a project in from its archive: all of it, or nothing."""
    session, data = db.session, current_app.config["DATA"]
    user = entering.user_with(session, email) if email else entering.administrator(session)
    if user is None:
        _refuse("There is no account with this address.")
    try:
        about = look(file)
        address = slug or about.slug
        if not check:
            keys, today = current_app.extensions["keys"], clock.today()
            bring(session, keys, data, file, address, user, today)
            session.commit()
    except Refusal as refusal:
        session.rollback()
        _refuse(refusal.reason % refusal.values)
    said = about_to_json(about) | {"slug": address, "imported": not check}
    click.echo(json.dumps(said) if as_json else f"{address}: {sum(about.rows.values())} rows.")


def _refuse(reason: str) -> NoReturn:
    raise click.ClickException(reason)
