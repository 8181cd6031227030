"""Writing cards, changing them, and taking them back."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.clock import now
from core.db import db
from workshop import posting, timing
from workshop.current import current_actor, current_participant, find_card, find_challenge
from workshop.forms import IdeaForm
from workshop.models import Idea, Participant
from workshop.routes.rooms import bp
from workshop.routes.seeing import collecting, mine_of, seat_of, way_back


@bp.get("/w/<code>/ideas")
def ideas(code: str) -> ResponseReturnValue:
    """Whoever changes the language on a refused form comes by here."""
    return redirect(url_for(".room", code=code), 303)


@bp.post("/w/<code>/ideas")
def post_idea(code: str) -> ResponseReturnValue:
    viewer, form = current_participant(code), IdeaForm()
    actor, board = current_actor(viewer), viewer.workshop.board
    challenge = find_challenge(board, form.challenge.data)
    if not form.validate():
        return collecting(viewer, form), 422

    timing.check(db.session, board, now())
    card = form.key.data, form.title.data, form.text.data
    posting.post_idea(db.session, challenge, board, actor, *card)
    db.session.commit()
    return web.swap(
        "workshop/public/_mine.html",
        otherwise=way_back(viewer, actor),
        notice=gettext("The card hangs on the wall."),
        **mine_of(viewer, IdeaForm(formdata=None, challenge=challenge.id)),
    )


@bp.get("/w/<code>/ideas/<id:idea_id>")
def card(code: str, idea_id: int) -> ResponseReturnValue:
    viewer, idea = _own_card(code, idea_id)
    return _rewriting(viewer, idea, IdeaForm(obj=idea))


@bp.post("/w/<code>/ideas/<id:idea_id>")
def rewrite_idea(code: str, idea_id: int) -> ResponseReturnValue:
    (viewer, idea), form = _own_card(code, idea_id), IdeaForm()
    actor, board = current_actor(viewer), viewer.workshop.board
    if not form.validate():
        return _rewriting(viewer, idea, form), 422

    timing.check(db.session, board, now())
    words = form.title.data, form.text.data
    posting.rewrite_idea(db.session, board, idea, actor, *words)
    db.session.commit()
    return web.back(way_back(viewer, actor), gettext("The card is changed."))


@bp.post("/w/<code>/ideas/<id:idea_id>/removal")
def take_back_idea(code: str, idea_id: int) -> ResponseReturnValue:
    viewer, idea = _own_card(code, idea_id)
    actor = current_actor(viewer)

    posting.take_back_idea(db.session, viewer.workshop.board, idea, actor)
    db.session.commit()
    return web.back(way_back(viewer, actor), gettext("The card is taken from the wall."))


def _rewriting(viewer: Participant, idea: Idea, form: IdeaForm) -> str:
    page = "workshop/public/card.html"
    return render_template(page, idea=idea, form=form, **seat_of(viewer))


def _own_card(code: str, idea_id: int) -> tuple[Participant, Idea]:
    viewer = current_participant(code)
    idea = find_card(viewer.workshop.board, idea_id)
    if idea.author_id != current_actor(viewer).id or idea.taken_down:
        abort(404)
    return viewer, idea
