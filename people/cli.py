"""The commands of this context."""

import json

import click
from flask import current_app, url_for
from flask.cli import AppGroup

from core import clock, web
from core.db import db
from people import entering

staff = AppGroup("staff", help="Accounts of the staff.")
commands: list[click.Command] = [staff]


@staff.command()
@click.option("--email", help="Whose link; without it, the first administrator's.")
@click.option("--without-second-step", is_flag=True, help="For a lost phone without codes.")
@click.option("--json", "as_json", is_flag=True, help="Print machine-readable output.")
def link(email: str | None, without_second_step: bool, as_json: bool) -> None:
    """Print a link that signs someone in once, within 24 hours.

    A server without an administrator gets one.
    """
    now = clock.now()
    who = entering.user_with(db.session, email) if email else entering.administrator(db.session)
    if who is None:
        raise click.ClickException("There is no account with this address.")
    if without_second_step:
        entering.drop_second_step(who)
    key = entering.make_key(db.session, who, entering.BY_COMMAND, now)
    db.session.commit()
    with current_app.test_request_context():
        path = url_for("entering.welcome", key=key)
    found = {"link": web.public(path), "path": path, "expires": now + entering.BY_COMMAND}
    click.echo(json.dumps(found, default=str) if as_json else found["link"])
