"""The agency's desk: one tab, behind it an area for each kind of work."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from agency.areas import AREAS, any_used
from core.db import db
from people.current import (
    current_membership,
    current_project,
    may_open,
    open_to,
    staff_blueprint,
)
from people.desk import Tab, add_tab
from people.models import Role


def area_blueprint(name: str, import_name: str, address: str) -> Blueprint:
    """Make a blueprint of the agency's desk; its templates extend ``agency/desk.html``."""
    bp = staff_blueprint(name, import_name, address)
    bp.context_processor(_areas)
    return bp


def _areas() -> dict[str, object]:
    def areas() -> list[object]:
        role = current_membership().role
        return [each for each in AREAS if may_open(each.endpoint, role)]

    return {"areas": areas}


desk = area_blueprint("agency", __name__, "/agency")
BEHIND = ("advice", "calendar", "funding", "income", "meetings")
add_tab(Tab(70, "agency.overview", lazy_gettext("Agency"), used=any_used, also=BEHIND))


@desk.get("")
@open_to(Role.ADVISER, Role.COUNSELLOR, Role.TASK_FORCE)
def overview() -> ResponseReturnValue:
    """What the agency does, and the way into each area."""
    used = {each.endpoint for each in AREAS if each.used(db.session, current_project())}
    return render_template("agency/overview.html", used=used)
