"""Material for the wall: what was said before, chosen by the facilitator of a workshop."""

from collections.abc import Sequence

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from core import jobs, web
from core.db import db
from core.errors import message
from core.i18n import language
from home import bringing
from home.bringing import Kind, Piece
from people.current import current_project, find, staff_blueprint
from surveys.routes.wording import in_my_language
from workshop.cards.bringing import bring, brought_to
from workshop.cards.tongues import fitting
from workshop.current import find_challenge
from workshop.models import Workshop

desk = staff_blueprint("material", __name__, "/workshops/<slug>/material")
MOST = 200  # on a page; searching finds the others
KINDS = {
    Kind.QUOTE: message("Quote"),
    Kind.IDEA: message("From a conversation"),
    Kind.ANSWER: message("Answer in a survey"),
    Kind.GAP: message("Gap: several need it, nobody offers it"),
}


@jobs.nightly(hour=4)
def sweep_walls() -> None:
    """Take cards away whose source may not hang any more, whoever looks or not."""
    for project_id in bringing.projects_with_walls(db.session):
        bringing.sweep(db.session, project_id)
        db.session.commit()


@desk.get("")
def material(slug: str) -> ResponseReturnValue:
    workshop, there = find(Workshop, slug=slug), _pieces()
    bringing.sweep(db.session, current_project().id, there)
    db.session.commit()
    return _page(workshop, there)


@desk.post("")
def bring_material(slug: str) -> ResponseReturnValue:
    """Hang up what was chosen, as far as it may hang at this moment."""
    workshop, chosen = find(Workshop, slug=slug), {*request.form.getlist("material")}
    asked = request.form.get("challenge", type=web.row_id)
    board, challenge = find_challenge(workshop, asked)
    there = _pieces()
    found = [each for each in there if each.key in chosen]
    if not found:
        return _page(workshop, there, gettext("Please choose at least one.")), 422

    cards = [
        bring(
            db.session, board, challenge, each.key, each.words,
            language=fitting(each.language, each.words), source=_source(each),
            response_id=each.response_id, interview_id=each.interview_id,
        )
        for each in found
    ]  # fmt: skip
    db.session.commit()
    hung = sum(card is not None for card in cards)
    said = ngettext("%(num)s card hangs on the wall.", "%(num)s cards hang on the wall.", hung)
    wanted, survey = _asked()
    page = url_for(".material", slug=slug, q=wanted or None, survey=survey)
    return web.back(page, said)


def _pieces() -> list[Piece]:
    return bringing.pieces(db.session, current_project().id, language())


def _asked() -> tuple[str, int | None]:
    """Return which words are searched, and in which survey."""
    survey: int | None = request.values.get("survey", type=web.row_id)
    return request.values.get("q", "")[:100], survey


def _page(workshop: Workshop, there: Sequence[Piece], trouble: str = "") -> str:
    wanted, survey = _asked()
    found = bringing.matching(there, wanted, survey)
    surveys = {each.survey_id: in_my_language(each.survey) for each in there if each.survey}
    return render_template(
        "home/material.html",
        workshop=workshop,
        board=workshop.board,
        found=found[:MOST],
        number=len(found),
        there=len(there),
        brought={*brought_to(db.session, workshop.board)},
        chosen={*request.form.getlist("material")},
        surveys=surveys,
        wanted=wanted,
        survey=survey,
        source=_source,
        trouble=trouble,
    )


def _source(piece: Piece) -> str:
    """Say where a piece comes from, as everyone may read it."""
    title = in_my_language(piece.survey) if piece.survey else ""
    parts = [gettext(KINDS[piece.kind]), piece.who, title]
    return ", ".join(part for part in parts if part)
