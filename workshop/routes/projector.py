"""The page for the projector: what everyone may see, and nothing to press."""

from urllib.parse import urlsplit

from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from core import live, qr
from core.clock import now
from core.db import db
from core.i18n import language
from people.current import find, open_to, staff_blueprint
from people.models import Role
from workshop import counting, posting, showing
from workshop.cards import hanging
from workshop.models import Workshop
from workshop.routes.seeing import words
from workshop.sorting.grouping import clusters_on
from workshop.voting.opening import latest_round

bp = staff_blueprint("projector", __name__, "/workshops/<slug>/projector")


@bp.get("")
@open_to(Role.TASK_FORCE)
def projector(slug: str) -> ResponseReturnValue:
    return render_template("workshop/projector.html", **_wall(find(Workshop, slug=slug)))


@bp.get("/wall")
@open_to(Role.TASK_FORCE)
def wall(slug: str) -> ResponseReturnValue:
    """The part that looks for news: all of it, so that the code goes when the room closes."""
    return render_template("workshop/_projector.html", **_wall(find(Workshop, slug=slug)))


def _wall(workshop: Workshop) -> dict[str, object]:
    board = workshop.board
    seen = live.seal("pulse", board.id, board.pulse)
    ideas = posting.ideas_on(db.session, board)
    clusters = clusters_on(db.session, board)
    address = current_app.config["PUBLIC_URL"] + url_for("workshop.room", code=workshop.code)
    return {
        "workshop": workshop,
        "board": board,
        "square": qr.square(address),
        "host": urlsplit(address).netloc,
        "news": url_for(".wall", slug=workshop.slug, seen=seen),
        "pace": showing.pace(workshop.hall),
        "clock_now": int(now().timestamp() * 1000),
        "round": latest_round(db.session, board),
        "turnout": counting.turnout(db.session, board),
        "number": len(ideas),
        "hung": hanging.cards_of(db.session, ideas, language()),
        "columns": [] if board.is_covered else showing.columns(board, ideas, clusters),
        "places": counting.result(db.session, board)[: showing.ON_A_WALL],
        "courses": showing.afterwards(db.session, board),
        **words(),
    }
