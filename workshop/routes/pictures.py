"""Pictures of cards: hanging them up, and showing them to the room and the team only."""

from flask import Response, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.clock import now
from core.db import db
from people.current import find, open_to
from people.models import Role
from workshop import timing
from workshop.cards import picturing
from workshop.current import current_actor, find_card
from workshop.forms import PictureForm
from workshop.models import Idea, Participant, Workshop
from workshop.routes.comments import way_to
from workshop.routes.desk import bp as desk
from workshop.routes.reading import card_page, own, readable
from workshop.routes.rooms import bp

ROOM_FOR_FIELDS = 100_000


@bp.get("/w/<code>/ideas/<id:idea_id>/picture")
def picture(code: str, idea_id: int) -> ResponseReturnValue:
    _, idea = readable(code, idea_id)
    return _shown(idea)


@bp.post("/w/<code>/ideas/<id:idea_id>/pictures")
@web.takes(picturing.LARGEST + ROOM_FOR_FIELDS)
def hang_picture(code: str, idea_id: int) -> ResponseReturnValue:
    """Hang a picture up, or change only the words beside the one that hangs."""
    (viewer, idea), form = own(code, idea_id), PictureForm()
    actor = current_actor(viewer)
    content = form.picture.data.read() if form.picture.data else b""
    fits = form.validate()
    if fits and not content and not picturing.picture_of(db.session, idea):
        form.picture.errors = [gettext("Please choose a picture.")]
    if not fits or form.picture.errors:
        return card_page(viewer, idea, picturing=form), 422

    timing.check(db.session, idea.board, now())
    try:
        _hang(idea, actor, content, form.description.data)
    except picturing.NoPicture as refusal:
        form.picture.errors = [gettext(refusal.reason)]
        return card_page(viewer, idea, picturing=form), 422
    db.session.commit()
    return web.back(way_to(viewer, actor, idea_id), gettext("The picture hangs on the card."))


@bp.post("/w/<code>/ideas/<id:idea_id>/pictures/removal")
def take_picture_away(code: str, idea_id: int) -> ResponseReturnValue:
    viewer, idea = own(code, idea_id)
    actor = current_actor(viewer)

    picturing.take_away(db.session, idea, actor)
    db.session.commit()
    return web.back(way_to(viewer, actor, idea_id), gettext("The picture is gone."))


@desk.get("/<slug>/ideas/<id:idea_id>/picture")
@open_to(Role.TASK_FORCE)
def picture_for_team(slug: str, idea_id: int) -> ResponseReturnValue:
    return _shown(find_card(find(Workshop, slug=slug), idea_id))


def _hang(idea: Idea, actor: Participant, content: bytes, description: str) -> None:
    if content:
        picturing.picture(db.session, idea, actor, content, description)
    else:
        picturing.describe(db.session, idea, actor, description)


def _shown(idea: Idea) -> ResponseReturnValue:
    """Answer with a picture; its address names its content, so it may be kept."""
    found = picturing.picture_of(db.session, idea) or abort(404)
    content = found.small if request.args.get("size") == "small" else found.content
    answer = Response(content, mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=86400, immutable"
    return answer
