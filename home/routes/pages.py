from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from people.current import staff_blueprint
from people.desk import Tab, add_tab

site = Blueprint("home", __name__)
desk = staff_blueprint("project", __name__)
blueprints = [site, desk]
add_tab(Tab(10, "project.overview", lazy_gettext("Overview")))


@site.get("/")
def start() -> ResponseReturnValue:
    """What this is, and the way in for everyone."""
    return render_template("home/start.html")


@desk.get("")
def overview() -> ResponseReturnValue:
    """Where the project stands."""
    return render_template("home/overview.html")
