"""Who needs what, who has what: proposals, decisions on them, and what is missing."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency import planning
from agency.forms import DecisionForm
from agency.routes.area import needs
from core import clock, web
from core.db import db
from core.errors import Refusal
from people.current import current_project, current_staff, find
from people.listings.models import For, Listing
from people.models import Side

FIRST = 8  # proposals on a page, before all are asked for


@needs.get("")
def plan() -> ResponseReturnValue:
    """Proposals and gaps of both markets."""
    return page()


@needs.post("/pairs/<id:need_id>/<id:offer_id>")
def decide(need_id: int, offer_id: int) -> ResponseReturnValue:
    """Let so many come together; 0 says that it does not fit."""
    need, offer = _pair(need_id, offer_id)
    form = DecisionForm()
    if not form.validate():
        trouble = gettext("Please give a whole number of people or places.")
        return page(trouble, again=(need, offer)), 422

    decided, who = form.decided.data or 0, current_staff().called
    quantity = decided + (form.quantity.data or 0)
    try:
        planning.decide(db.session, need, offer, quantity, who, clock.now())
    except Refusal as refusal:
        db.session.rollback()
        trouble = gettext(refusal.reason, **refusal.values)
        return page(trouble, again=(need, offer)), 409
    db.session.commit()
    said = gettext("Confirmed, with your name and today's date.")
    if not quantity:
        said = gettext("Noted: this does not fit. It is not proposed any more.")
    undo = (
        "" if decided else url_for(".take_back", need_id=need.id, offer_id=offer.id, **_kept())
    )
    return web.back(url_for(".plan", **_kept()), said, undo=undo)


@needs.post("/pairs/<id:need_id>/<id:offer_id>/removal")
def take_back(need_id: int, offer_id: int) -> ResponseReturnValue:
    need, offer = _pair(need_id, offer_id)

    planning.take_back(db.session, need, offer)
    db.session.commit()
    return web.back(url_for(".plan", **_kept()), gettext("Open again."))


def page(trouble: str = "", again: tuple[Listing, Listing] | None = None) -> str:
    """Show all proposals; what was refused of a pair stands above them as it was typed."""
    is_fair = "fair" in request.args
    today = clock.now().date()
    plans = planning.plans_of(db.session, current_project(), today, fair=is_fair)
    return render_template(
        "agency/plan.html",
        plans=plans,
        persons=plans[For.PERSONS],
        is_fair=is_fair,
        kept=_kept(),
        first=None if "all" in request.args else FIRST,
        trouble=trouble,
        again=again,
        typed=request.form.get("quantity", ""),
        decided=request.form.get("decided", "0"),
    )


def _kept() -> dict[str, Any]:
    """Return how the page was looked at, for the addresses that lead back to it."""
    return {name: "1" for name in ("fair", "all") if name in request.args}


def _pair(need_id: int, offer_id: int) -> tuple[Listing, Listing]:
    return (
        find(Listing, id=need_id, side=Side.NEED, deleted=None),
        find(Listing, id=offer_id, side=Side.OFFER, deleted=None),
    )
