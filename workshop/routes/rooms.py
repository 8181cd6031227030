"""The pages of participants: the one page of each phase, the wall they share, being done."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import live, web
from core.db import db
from workshop import joining, readiness
from workshop.current import current_actor, current_participant, seated
from workshop.forms import JoinForm
from workshop.models import Board, Phase
from workshop.routes import arriving, casting, entering, news, sheets
from workshop.routes.seeing import page_of, wall, way_back

bp = Blueprint("workshop", __name__)
bp.record(lambda state: news.begin(state.app))
bp.record(lambda state: sheets.begin(state.app))
bp.record(lambda state: arriving.begin(state.app))
bp.record(lambda state: casting.begin(state.app))
live.watch("board", Board.version)
live.watch("pulse", Board.pulse)


@bp.get("/w/<code>")
def room(code: str) -> ResponseReturnValue:
    """The board of those who have joined; for everyone else the way in."""
    plain = joining.plain_code(code)
    if plain and plain != code:
        return redirect(url_for(".room", code=plain), 303)
    viewer = seated(code)
    return page_of(viewer) if viewer else entering.way_in(code, JoinForm())


@bp.get("/w/<code>/cards")
def cards(code: str) -> ResponseReturnValue:
    """What hangs on the wall: the part that looks for news."""
    viewer = current_participant(code)
    page = request.args.get("page", "")
    return wall(viewer, Phase(page) if page in [*Phase] else viewer.workshop.board.phase)


@bp.post("/w/<code>/ready")
def ready(code: str) -> ResponseReturnValue:
    """Somebody is done with this phase, or not yet."""
    viewer = current_participant(code)
    actor, done = current_actor(viewer), request.form.get("ready") == "yes"

    readiness.say(db.session, viewer.workshop.board, actor, done)
    db.session.commit()
    said = gettext("You are done. You can still change everything.") if done else ""
    return web.back(way_back(viewer, actor), said)
