"""The projects of someone of the staff, and beginning one."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, web
from core.db import db
from people import beginning
from people.current import account_blueprint, current_staff, first_page, signed_in_only
from people.models import Role
from people.routes.forms import BeginForm
from people.staffing import ROLES

bp = signed_in_only(account_blueprint("projects", __name__))


@bp.get("/projects")
def projects() -> ResponseReturnValue:
    """Lead straight into the only project; else show them all."""
    mine = beginning.projects_of(db.session, current_staff().id)
    if len(mine) == 1 and "all" not in request.args:
        return redirect(first_page(*mine[0]), 303)
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
    page = first_page(project, Role.FACILITATOR)
    return web.back(page, gettext("The project is there. It is yours to fill."))


def _page(form: BeginForm) -> str:
    mine = beginning.projects_of(db.session, current_staff().id)
    return render_template(
        "people/accounts/projects.html",
        projects=[(one, ROLES[role], first_page(one, role)) for one, role in mine],
        form=form,
        user=current_staff(),
    )
