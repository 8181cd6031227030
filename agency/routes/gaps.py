"""From a gap to a question for the workshop."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency import planning
from agency.forms import QuestionForm
from agency.planning import Gap, Plan
from agency.routes import proposals
from agency.routes.area import needs
from agency.routes.planning import search_for
from core import clock, web
from core.db import db
from core.i18n import language
from people.current import current_project, current_terms, find, find_all
from people.forms import as_choices
from people.listings.models import For, Listing
from people.models import Naming, Side
from workshop.boards import add_board
from workshop.models import Workshop

FEWEST = 10  # people of whom a number is told where everyone can read it


@needs.get("/gaps/<id:need_id>")
def gap(need_id: int) -> ResponseReturnValue:
    """A gap, and the question that it may become."""
    need = find(Listing, id=need_id, side=Side.NEED, deleted=None)
    plan = _plan(need)
    form, gap = _form(plan, need), _gap(plan, need)
    return _page(need, plan, gap, form)


@needs.post("/gaps/<id:need_id>")
def ask_workshop(need_id: int) -> ResponseReturnValue:
    """Hang the question on a board of its own, with where it comes from."""
    need = find(Listing, id=need_id, side=Side.NEED, deleted=None)
    plan = _plan(need)
    form, gap = _form(plan, need), _gap(plan, need)
    if not form.validate():
        return _page(need, plan, gap, form), 422

    workshop = find(Workshop, slug=form.workshop.data)
    title = _title(plan, need)
    board = add_board(db.session, workshop, form.key.data, title, [form.question.data])
    board.challenges[0].origin = _origin(plan, need, gap)
    db.session.commit()
    said = gettext("The question hangs on a board of its own now.")
    return web.back(url_for("workshops.show_boards", slug=workshop.slug), said)


def _page(need: Listing, plan: Plan, gap: Gap | None, form: QuestionForm) -> str:
    page = {"need": need, "gap": gap, "form": form, "known": plan.found}
    return render_template("agency/gap.html", **page, roots=proposals.roots_of(need))


def _form(plan: Plan, need: Listing) -> QuestionForm:
    form = QuestionForm(workshop=request.args.get("workshop"))
    rooms = {each.slug: each.title for each in reversed(find_all(Workshop))}
    form.workshop.choices = as_choices(rooms)
    if not form.question.data and not form.is_submitted():
        title = _title(plan, need)
        form.question.data = gettext("How can we manage: %(title)s?", title=title)[:200]
    return form


def _plan(need: Listing) -> Plan:
    return planning.plans_of(db.session, current_project(), clock.today())[need.people]


def _gap(plan: Plan, need: Listing) -> Gap | None:
    search_for(plan)
    return plan.gap(need)


def _title(plan: Plan, need: Listing) -> str:
    """Return what a need is called where everyone can read it."""
    owner = plan.owner(need)
    is_public = not owner or owner.naming == Naming.PUBLIC
    return need.title if is_public else current_terms().label(need.term, language())


def _origin(plan: Plan, need: Listing, gap: Gap | None) -> str:
    """Return where the question comes from, in a sentence that everyone can read.

    Of people no number is told that is so small that somebody could be meant, nor one
    that leaves so few others.
    """
    if not gap:
        return ""
    said = {"code": need.code, "title": _title(plan, need)}
    served = need.quantity - gap.unmet
    if need.people == For.PERSONS and (gap.unmet < FEWEST or 0 < served < FEWEST):
        text = gettext(
            "From the list of gaps: %(code)s “%(title)s”; some find nothing.", **said
        )
        return str(text)
    text = ngettext(
        "From the list of gaps: %(code)s “%(title)s”; %(num)d of %(all)d finds nothing.",
        "From the list of gaps: %(code)s “%(title)s”; %(num)d of %(all)d find nothing.",
        gap.unmet,
        all=need.quantity,
        **said,
    )
    return str(text)
