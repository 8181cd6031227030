"""The projects of someone of the staff, and beginning one."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, web
from core.db import db
from people import beginning
from people.current import account_blueprint, current_staff, signed_in_only
from people.routes.forms import BeginForm
from people.staffing import ROLES

bp = signed_in_only(account_blueprint("projects", __name__))


@bp.get("/projects")
def projects() -> ResponseReturnValue:
    """Lead straight into the only project; else show them all."""
    mine = beginning.projects_of(db.session, current_staff().id)
    if len(mine) == 1 and "all" not in request.args:
        return redirect(url_for("project.overview", project=mine[0][0].slug), 303)
    return _page(BeginForm(formdata=None))


@bp.post("/projects")
def begin() -> ResponseReturnValue:
    """Begin a project of one's own."""
    form = BeginForm()
    if not form.validate():
        return _page(form), 422

    project = beginning.begin_project(
        db.session, current_staff(), form.key.data, form.name.data, clock.now()
    )
    db.session.commit()
    page = url_for("project.overview", project=project.slug)
    return web.back(page, gettext("The project is there. It is yours to fill."))


def _page(form: BeginForm) -> str:
    mine = beginning.projects_of(db.session, current_staff().id)
    return render_template(
        "people/accounts/projects.html",
        projects=[(project, ROLES[role]) for project, role in mine],
        form=form,
        user=current_staff(),
    )
