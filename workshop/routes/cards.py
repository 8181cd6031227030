"""Writing cards, changing them, and taking them back."""

from typing import TYPE_CHECKING

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.clock import now
from core.db import db
from core.forms import tidy
from workshop import posting, timing
from workshop.current import current_actor, current_participant, find_card, find_challenge
from workshop.forms import IdeaForm
from workshop.models import Board, Idea, Participant, Phase
from workshop.routes.rooms import bp
from workshop.routes.seeing import collecting, mine_of, seat_of, way_back

if TYPE_CHECKING:
    from workshop.sorting.likeness import Card


@bp.get("/w/<code>/ideas")
def ideas(code: str) -> ResponseReturnValue:
    """Whoever changes the language on a refused form comes by here."""
    return redirect(url_for(".room", code=code), 303)


@bp.get("/w/<code>/alike")
def alike(code: str) -> ResponseReturnValue:
    """Say while somebody types whether such an idea hangs already."""
    board = current_participant(code).workshop.board
    title, text = request.args.get("title", ""), request.args.get("text", "")
    return render_template("workshop/public/_alike.html", alike=_alike(board, title, text))


@bp.post("/w/<code>/ideas")
def post_idea(code: str) -> ResponseReturnValue:
    viewer, form = current_participant(code), IdeaForm()
    actor, board = current_actor(viewer), viewer.workshop.board
    challenge = find_challenge(board, form.challenge.data)
    if not form.validate():
        return collecting(viewer, form), 422

    timing.check(db.session, board, now())
    card = form.key.data, form.title.data, form.text.data
    before = [] if web.wants_part() else _alike(board, *card[1:])
    posting.post_idea(db.session, challenge, board, actor, *card)
    db.session.commit()
    return web.swap(
        "workshop/public/_mine.html",
        otherwise=way_back(viewer, actor),
        notice=_hung(before),
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


def _alike(board: Board, title: str, text: str) -> "list[Card]":
    """Return the cards that say something like it, while cards are written in the open."""
    from workshop.sorting import hinting  # noqa: PLC0415 - loads numpy

    if board.phase is not Phase.COLLECT:
        return []
    typed = tidy(title)[: posting.TITLE_LIMIT], tidy(text)[: posting.TEXT_LIMIT]
    return hinting.alike(db.session, board, *typed)


def _hung(before: "list[Card]") -> str:
    """Tell those who could not be told while they typed."""
    said: str = gettext("The card hangs on the wall.")
    if not before:
        return said
    titles = " · ".join(card.title for card in before)
    also = gettext("Something like it hangs there, too: %(titles)s", titles=titles)
    return f"{said} {also}"


def _rewriting(viewer: Participant, idea: Idea, form: IdeaForm) -> str:
    page = "workshop/public/card.html"
    return render_template(page, idea=idea, form=form, **seat_of(viewer))


def _own_card(code: str, idea_id: int) -> tuple[Participant, Idea]:
    viewer = current_participant(code)
    idea = find_card(viewer.workshop.board, idea_id)
    if idea.author_id != current_actor(viewer).id or idea.taken_down:
        abort(404)
    return viewer, idea
