"""Commenting on cards, and taking comments back."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.clock import now
from core.db import db
from workshop import timing
from workshop.cards import commenting
from workshop.current import current_actor
from workshop.forms import CommentForm
from workshop.models import Participant
from workshop.routes.reading import card_page, in_work, readable
from workshop.routes.rooms import bp


@bp.post("/w/<code>/ideas/<id:idea_id>/comments")
def comment(code: str, idea_id: int) -> ResponseReturnValue:
    (viewer, idea), form = in_work(code, idea_id), CommentForm()
    actor = current_actor(viewer)
    if not form.validate():
        return card_page(viewer, idea, commenting=form), 422

    timing.check(db.session, idea.board, now())
    said = form.key.data, form.comment.data, form.written_in
    commenting.comment(db.session, idea, actor, *said)
    db.session.commit()
    return web.back(way_to(viewer, actor, idea_id, "comments"), gettext("Your comment hangs."))


@bp.post("/w/<code>/ideas/<id:idea_id>/comments/<id:comment_id>/removal")
def take_back_comment(code: str, idea_id: int, comment_id: int) -> ResponseReturnValue:
    viewer, idea = readable(code, idea_id)
    actor, there = current_actor(viewer), commenting.comments_on(db.session, idea)
    found = next((each for each in there if each.id == comment_id), None) or abort(404)

    commenting.take_back(db.session, found, actor)
    db.session.commit()
    said = gettext("Your comment is taken back.")
    return web.back(way_to(viewer, actor, idea_id, "comments"), said)


def way_to(viewer: Participant, actor: Participant, idea_id: int, place: str = "") -> str:
    """Return the page of a card, as *actor* sees it."""
    turn = None if actor.id == viewer.id else actor.id
    where = {"code": viewer.workshop.code, "idea_id": idea_id, "turn": turn}
    return url_for("workshop.card", **where, _anchor=place or None)  # type: ignore[arg-type]
