"""The command of needs and offers: ``flask --app app match``."""

import json

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from core import clock
from core.db import db
from people.models import Project


@click.command("match")
@click.option("--project", help="The project, where there are several.")
@click.option("--fair", is_flag=True, help="Serve the worst served need as well as possible.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@with_appcontext
def match(project: str | None, fair: bool, as_json: bool) -> None:
    """Bring the needs and offers of a project together, and say what is missing."""
    from agency.telling import told  # noqa: PLC0415 - heavy

    query = select(Project).order_by(Project.id)
    found = db.session.scalars(query.filter_by(slug=project) if project else query).all()
    if len(found) != 1:
        reason = "There are several projects. Please name one with --project."
        click.echo(reason if found else "There is no such project.", err=True)
        raise SystemExit(1)
    all_ = told(db.session, found[0], clock.today(), fair=fair)
    if as_json:
        click.echo(json.dumps(all_, ensure_ascii=False, allow_nan=False))
        return
    for pair in all_["pairs"]:
        click.echo(
            f"{pair['need']} – {pair['offer']}: {pair['quantity']} ({pair['score']:.4f})"
        )
    for gap in all_["gaps"]:
        click.echo(f"{gap['need']}: {gap['unmet']} find nothing")


commands: list[click.Command] = [match]
