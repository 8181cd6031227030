"""From a gap to a question for the workshop."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency import planning
from agency.forms import QuestionForm
from agency.planning import Gap
from agency.routes.area import needs
from core import clock, web
from core.db import db
from people.current import current_project, find, find_all
from people.forms import as_choices
from people.listings.models import Listing
from people.models import Side
from workshop.boards import add_board
from workshop.models import Workshop


@needs.get("/gaps/<id:need_id>")
def gap(need_id: int) -> ResponseReturnValue:
    """A gap, and the question that it may become."""
    need = find(Listing, id=need_id, side=Side.NEED, deleted=None)
    return render_template("agency/gap.html", need=need, gap=_gap(need), form=_form(need))


@needs.post("/gaps/<id:need_id>")
def ask_workshop(need_id: int) -> ResponseReturnValue:
    """Hang the question on a board of its own, with where it comes from."""
    need = find(Listing, id=need_id, side=Side.NEED, deleted=None)
    form, gap = _form(need), _gap(need)
    if not form.validate():
        return render_template("agency/gap.html", need=need, gap=gap, form=form), 422

    workshop = find(Workshop, slug=form.workshop.data)
    board = add_board(db.session, workshop, form.key.data, need.title, [form.question.data])
    board.challenges[0].origin = _origin(need, gap)
    db.session.commit()
    said = gettext("The question hangs on a board of its own now.")
    return web.back(url_for("workshops.workshop", slug=workshop.slug), said)


def _form(need: Listing) -> QuestionForm:
    form = QuestionForm(workshop=request.args.get("workshop"))
    rooms = {each.slug: each.title for each in reversed(find_all(Workshop))}
    form.workshop.choices = as_choices(rooms)
    if not form.question.data and not form.is_submitted():
        form.question.data = gettext("How can we manage: %(title)s?", title=need.title)[:200]
    return form


def _gap(need: Listing) -> Gap | None:
    today = clock.now().date()
    plan = planning.plans_of(db.session, current_project(), today)[need.people]
    return next((each for each in plan.gaps if each.need.id == need.id), None)


def _origin(need: Listing, gap: Gap | None) -> str:
    """Return where the question comes from, in a sentence that stays with it."""
    unmet = gap.unmet if gap else 0
    text = ngettext(
        "From the list of gaps: %(code)s “%(title)s”; %(num)d of %(all)d finds nothing.",
        "From the list of gaps: %(code)s “%(title)s”; %(num)d of %(all)d find nothing.",
        unmet,
        code=need.code,
        title=need.title,
        all=need.quantity,
    )
    return str(text)
