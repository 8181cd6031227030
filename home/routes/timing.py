"""The timetable: what is planned when, and where the project is."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, web
from core.db import db
from home import timing
from home.forms import TimetableForm
from home.routes.pages import desk
from home.words import STAGES
from people.current import current_membership, current_project, open_to
from people.models import Role


@desk.get("/timetable")
@open_to(*Role)
def timetable() -> ResponseReturnValue:
    """The stages and their weeks, drawn and as a table."""
    plan = _plan()
    form = TimetableForm.of(plan) if current_membership().role == Role.FACILITATOR else None
    return _page(plan, form)


@desk.post("/timetable")
def set_timetable() -> ResponseReturnValue:
    form = TimetableForm()
    begins, weeks = form.begins.data, form.weeks.data
    if not form.validate() or begins is None or weeks is None:
        return _page(_plan(), form), 422

    timing.set_plan(db.session, current_project(), begins, weeks, form.spans)
    db.session.commit()
    return web.back(url_for(".timetable"), gettext("The timetable is saved."))


def _plan() -> timing.Plan | None:
    return timing.plan_of(db.session, current_project(), clock.today())


def _page(plan: timing.Plan | None, form: TimetableForm | None) -> str:
    return render_template("home/timetable.html", plan=plan, form=form, STAGES=STAGES)
