from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from core import clock
from core.db import db
from home import timing, weekly
from home.routes.todos import to_read, todos
from home.standing import Standing
from home.words import STAGES
from people.current import (
    current_membership,
    current_project,
    current_staff,
    may_open,
    open_to,
    staff_blueprint,
)
from people.desk import Tab, add_tab
from people.models import Naming, Role
from people.words import SECTORS
from surveys.routes.visiting import keys

site = Blueprint("home", __name__)
desk = staff_blueprint("project", __name__)
blueprints = [site, desk]
add_tab(Tab(10, "project.overview", lazy_gettext("Overview")))


@site.get("/")
def start() -> ResponseReturnValue:
    """What this is, and the way in for everyone."""
    return render_template("home/start.html")


@desk.get("")
@open_to(*Role)
def overview() -> ResponseReturnValue:
    """Where the project stands, and what to do next."""
    role, project = current_membership().role, current_project()
    audience = Naming.TEAM if role == Role.FACILITATOR else Naming.NETWORK
    standing = Standing(db.session, keys(), project, audience)

    def may(endpoint: str) -> bool:
        return may_open(endpoint, role)

    return render_template(
        "home/overview.html",
        standing=standing,
        jobs_filled=standing.jobs_filled(clock.today()),
        todos=todos(standing, current_membership(), may, clock.now()),
        to_read=to_read(standing, may),
        plan=timing.plan_of(db.session, project, clock.today()),
        weekly=weekly.wants(db.session, project, current_staff()),
        may=may,
        sectors=SECTORS,
    )


@desk.app_template_filter()
def stage_name(stage: timing.Stage) -> str:
    return str(gettext(STAGES[stage]))
