"""Writing cards, changing them, and taking them back."""

from typing import TYPE_CHECKING

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.clock import now
from core.db import db
from core.forms import tidy
from core.i18n import language
from core.languages import SPOKEN
from workshop import posting, timing
from workshop.boards import check_front
from workshop.cards.reading import table_of
from workshop.cards.tongues import fitting
from workshop.current import current_actor, current_participant, find_challenge
from workshop.forms import IdeaForm
from workshop.models import Board, Participant, Phase
from workshop.routes.reading import card_page, own
from workshop.routes.rooms import bp
from workshop.routes.seeing import collecting, mine_of, way_back

if TYPE_CHECKING:
    from workshop.sorting.likeness import Card


@bp.get("/w/<code>/ideas")
def ideas(code: str) -> ResponseReturnValue:
    """Whoever changes the language on a refused form comes by here."""
    return redirect(url_for(".room", code=code), 303)


@bp.get("/w/<code>/alike")
def alike(code: str) -> ResponseReturnValue:
    """Say while somebody types whether such an idea hangs already."""
    viewer = current_participant(code)
    title, text = request.args.get("title", ""), request.args.get("text", "")
    chosen = request.args.get("language", "")
    spoken = fitting(chosen if chosen in SPOKEN else language(), f"{title} {text}")
    found = _alike(viewer, viewer.workshop.board, title, text, spoken)
    return render_template("workshop/public/_alike.html", alike=found)


@bp.post("/w/<code>/ideas")
def post_idea(code: str) -> ResponseReturnValue:
    viewer, form = current_participant(code), IdeaForm()
    actor = current_actor(viewer)
    board, challenge = find_challenge(viewer.workshop, form.challenge.data)
    if not form.validate():
        return collecting(viewer, form), 422

    check_front(board)
    timing.check(db.session, board, now())
    words = form.title.data, form.text.data, form.written_in
    before = [] if web.wants_part() else _alike(viewer, board, *words)
    card = form.key.data, *words
    idea = posting.post_idea(
        db.session, challenge, board, actor, *card, table_of(board, viewer)
    )
    db.session.commit()
    return web.swap(
        "workshop/public/_mine.html",
        otherwise=way_back(viewer, actor),
        notice=_hung(before, idea.is_waiting),
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


def _alike(
    viewer: Participant, board: Board, title: str, text: str, spoken: str
) -> "list[Card]":
    """Return the cards that say something like it, of those that *viewer* can read."""
    from workshop.sorting import hinting  # noqa: PLC0415 - loads numpy

    if board.phase is not Phase.COLLECT:
        return []
    typed = tidy(title)[: posting.TITLE_LIMIT], tidy(text)[: posting.TEXT_LIMIT]
    at = table_of(board, viewer)
    return hinting.alike(db.session, board, *typed, language=spoken, table=at)


def _hung(before: "list[Card]", is_waiting: bool) -> str:
    """Tell where the card is, and what is like it: nobody was told while they typed."""
    waits = gettext("The card waits until the facilitator hangs it up.")
    said: str = waits if is_waiting else gettext("The card hangs on the wall.")
    if not before:
        return said
    titles = " · ".join(card.title for card in before)
    also = gettext("Something like it hangs there, too: %(titles)s", titles=titles)
    return f"{said} {also}"
