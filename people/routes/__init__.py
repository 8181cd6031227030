"""The pages of people, by area."""

import re

from flask import Blueprint, abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

import people.names.models  # noqa: F401 - its tables belong to the database
from core import i18n
from people.routes import (  # the register's are views of one blueprint
    account,
    consenting,  # noqa: F401
    doubles,  # noqa: F401
    entering,
    importing,  # noqa: F401
    organisations,  # noqa: F401
    projects,
    task_force,  # noqa: F401
    team,
)
from people.routes.area import register

site = Blueprint("people", __name__)
HERE = re.compile(r"/(?![/\\])[^\s\x00-\x1f\x7f]*")  # browsers drop tabs: "/\t/" is "//"
blueprints = [site, register, account.bp, entering.bp, projects.bp, team.bp]


@site.post("/language")
def choose_language() -> ResponseReturnValue:
    """Keep the language for this browser and lead back to the page it came from."""
    choice, page = request.form.get("language"), request.form.get("page", "")
    if choice not in i18n.LANGUAGES:
        abort(422)

    session["language"] = choice
    return redirect(page if HERE.fullmatch(page) else url_for("home.start"), 303)
