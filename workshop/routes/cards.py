"""Writing cards, changing them, and taking them back."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.clock import now
from core.db import db
from workshop import posting, timing
from workshop.boards import check_front
from workshop.cards.reading import table_of
from workshop.current import current_actor, current_participant, find_challenge
from workshop.forms import IdeaForm
from workshop.routes.reading import card_page, own
from workshop.routes.rooms import bp
from workshop.routes.seeing import collecting, mine_of, way_back


@bp.get("/w/<code>/ideas")
def ideas(code: str) -> ResponseReturnValue:
    """Whoever changes the language on a refused form comes by here."""
    return redirect(url_for(".room", code=code), 303)


@bp.post("/w/<code>/ideas")
def post_idea(code: str) -> ResponseReturnValue:
    viewer, form = current_participant(code), IdeaForm()
    actor = current_actor(viewer)
    board, challenge = find_challenge(viewer.workshop, form.challenge.data)
    if not form.validate():
        return collecting(viewer, form), 422

    check_front(board)
    timing.check(db.session, board, now())
    card = form.key.data, form.title.data, form.text.data, form.written_in
    idea = posting.post_idea(
        db.session, challenge, board, actor, *card, table_of(board, viewer)
    )
    db.session.commit()
    waits = gettext("The card waits until the facilitator hangs it up.")
    return web.swap(
        "workshop/public/_mine.html",
        otherwise=way_back(viewer, actor),
        notice=waits if idea.is_waiting else gettext("The card hangs on the wall."),
        **mine_of(viewer, IdeaForm(formdata=None, challenge=challenge.id)),
    )


@bp.post("/w/<code>/ideas/<id:idea_id>")
def rewrite_idea(code: str, idea_id: int) -> ResponseReturnValue:
    (viewer, idea), form = own(code, idea_id), IdeaForm()
    actor, board = current_actor(viewer), idea.board
    if not form.validate():
        return card_page(viewer, idea, writing=form), 422

    timing.check(db.session, board, now())
    words = form.title.data, form.text.data, form.written_in
    posting.rewrite_idea(db.session, board, idea, actor, *words)
    db.session.commit()
    return web.back(way_back(viewer, actor), gettext("The card is changed."))


@bp.post("/w/<code>/ideas/<id:idea_id>/removal")
def take_back_idea(code: str, idea_id: int) -> ResponseReturnValue:
    viewer, idea = own(code, idea_id)
    actor = current_actor(viewer)

    posting.take_back_idea(db.session, idea.board, idea, actor)
    db.session.commit()
    return web.back(way_back(viewer, actor), gettext("The card is taken from the wall."))
