from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from core.db import db
from home.standing import Standing
from people.current import (
    current_membership,
    current_project,
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
    role = current_membership().role
    audience = Naming.TEAM if role == Role.FACILITATOR else Naming.NETWORK
    return render_template(
        "home/overview.html",
        standing=Standing(db.session, keys(), current_project(), audience),
        may=lambda endpoint: may_open(endpoint, role),
        sectors=SECTORS,
    )
