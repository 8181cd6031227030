"""Deciding on each idea, on one page in the order of the result."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.clock import now
from core.db import db
from people.current import current_project, current_staff, find
from people.naming import Known, registered
from workshop.following import deciding
from workshop.following.deciding import Line
from workshop.following.forms import DecisionForm, Hanging, decision_form
from workshop.following.saying import OUTCOMES
from workshop.models import Board, Idea, Workshop
from workshop.moving import Act, allows
from workshop.routes.desk import bp


@bp.get("/<slug>/decisions")
def decisions(slug: str) -> ResponseReturnValue:
    """All ideas of the workshop with what is decided on them."""
    return _page(find(Workshop, slug=slug))


@bp.post("/<slug>/ideas/<id:idea_id>/decision")
def decide(slug: str, idea_id: int) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    idea = idea_of(workshop, idea_id)
    organisations = registered(db.session, current_project())
    lines = deciding.lines(db.session, idea.board)
    line = next((each for each in lines if each.idea is idea), Line(idea, None, []))
    hanging = Hanging(each.idea for each in lines)
    form = decision_form(line, hanging, Known(organisations), typed=True)
    if not form.validate():
        return _page(workshop, form, idea), 422

    made = deciding.decide(db.session, idea, form.verdict, current_staff().called, now())
    db.session.commit()
    number = made.number if made else 0
    undo = url_for(".undo_decision", slug=slug, idea_id=idea.id, number=number)
    page = url_for(".decisions", slug=slug, _anchor=f"idea-{idea.id}")
    return web.back(page, gettext("Decided: %(title)s", title=idea.title), undo=undo)


@bp.post("/<slug>/ideas/<id:idea_id>/decisions/<id:number>/removal")
def undo_decision(slug: str, idea_id: int, number: int) -> ResponseReturnValue:
    idea = idea_of(find(Workshop, slug=slug), idea_id)

    undone = deciding.undo(db.session, idea, number, current_staff().called, now())
    db.session.commit()
    said = (
        gettext("The decision before counts again.")
        if undone
        else gettext("This was undone already, or something else was decided since.")
    )
    return web.back(url_for(".decisions", slug=slug, _anchor=f"idea-{idea.id}"), said)


def _page(workshop: Workshop, tried: DecisionForm | None = None, at: Idea | None = None) -> str:
    organisations = registered(db.session, current_project())
    known = Known(organisations)
    walls = [_wall(board, known) for board in workshop.boards]
    if tried and at:
        walls = [
            (board, [(line, tried if line.idea is at else form) for line, form in lines])
            for board, lines in walls
        ]
    return render_template(
        "workshop/decisions.html",
        workshop=workshop,
        walls=[(board, lines, allows(board, Act.DECIDE)) for board, lines in walls],
        tried=at,
        organisations=organisations,
        outcomes=OUTCOMES,
        can_follow=any(allows(board, Act.FOLLOW) for board in workshop.boards),
    )


def _wall(board: Board, known: Known) -> tuple[Board, list[tuple[Line, DecisionForm]]]:
    lines = deciding.lines(db.session, board)
    hanging = Hanging(line.idea for line in lines)
    return board, [(line, decision_form(line, hanging, known)) for line in lines]


def idea_of(workshop: Workshop, number: int) -> Idea:
    """Return an idea on any board of *workshop*, or answer 404."""
    boards = {board.id for board in workshop.boards}
    idea = find(Idea, id=number)
    return idea if idea.board_id in boards else abort(404)
