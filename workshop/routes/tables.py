"""Choosing the table at which one sits."""

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.db import db
from workshop.cards.sitting import sit
from workshop.current import current_actor, current_participant
from workshop.routes.rooms import bp
from workshop.routes.seeing import way_back


@bp.post("/w/<code>/tables")
def choose_table(code: str) -> ResponseReturnValue:
    """Sit down at a table, or stand up."""
    viewer = current_participant(code)
    actor, table = current_actor(viewer), request.form.get("table", type=web.row_id)

    sit(db.session, viewer.workshop.board, viewer, table)
    db.session.commit()
    said = gettext("You sit at table %(number)s.", number=table) if table else ""
    return web.back(way_back(viewer, actor), said)
