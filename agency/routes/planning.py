"""Who needs what, who has what: proposals, decisions on them, and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any, Generic, TypeVar, cast

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from agency import deciding, planning, solving
from agency.forms import DecisionForm
from agency.planning import Gap, Pair, Plan
from agency.routes.area import needs
from core import clock, jobs, web
from core.db import db
from core.errors import Refusal
from core.forms import tidy
from core.i18n import language
from core.web import row_id
from people.current import current_project, current_staff, current_terms, find
from people.listings.models import For, Listing
from people.models import Project, Side
from people.naming import fold

T = TypeVar("T")

AT_ONCE = 10  # pairs, or gaps, on a page


@dataclass(frozen=True)
class Look:
    """How somebody looks at the plan: for what, how shared out, and from where on."""

    fair: bool = False
    q: str = ""
    pairs: int = 1
    gaps: int = 1

    @classmethod
    def of(cls, args: MultiDict[str, str]) -> "Look":
        pages = {name: max(1, args.get(name, 1, row_id)) for name in ("pairs", "gaps")}
        return cls("fair" in args, tidy(args.get("q"))[:80], **pages)

    def kept(self, **other: Any) -> dict[str, Any]:
        """Return it for an address; what says nothing is left out."""
        said = vars(self) | other
        every = {"fair": False, "q": "", "pairs": 1, "gaps": 1}
        return {
            name: int(value) if name == "fair" else value
            for name, value in said.items()
            if value != every[name]
        }

    def matches(self, *listings: Listing) -> bool:
        told = (
            f"{each.code} {each.title} {current_terms().label(each.term, language())}"
            for each in listings
        )
        known = fold(" ".join(told)) if self.q else ""
        return all(word in known for word in fold(self.q).split())


@dataclass(frozen=True)
class Part(Generic[T]):
    """Some of many, page by page."""

    all: Sequence[T]
    number: int

    @property
    def pages(self) -> int:
        return max(1, ceil(len(self.all) / AT_ONCE))

    @property
    def page(self) -> int:
        return min(self.number, self.pages)

    @property
    def shown(self) -> Sequence[T]:
        return self.all[(self.page - 1) * AT_ONCE : self.page * AT_ONCE]


@dataclass(frozen=True)
class Market:
    """A market as somebody looks at it."""

    plan: Plan
    look: Look

    @cached_property
    def pairs(self) -> Part[Pair]:
        """What is confirmed, then what is proposed where that is known."""
        proposed = self.plan.proposed if self.plan.found else []
        every = [*self.plan.confirmed, *proposed]
        found = [each for each in every if self.look.matches(each.need, each.offer)]
        return Part(found, self.look.pairs)

    @cached_property
    def gaps(self) -> Part[Gap]:
        gaps = self.plan.gaps if self.plan.found else []
        return Part([each for each in gaps if self.look.matches(each.need)], self.look.gaps)


@needs.get("")
def plan() -> ResponseReturnValue:
    """Proposals and gaps of both markets."""
    return page()


@needs.get("/progress/<people>")
def progress(people: str) -> ResponseReturnValue:
    """How far a search is; nothing new is to be said before it is over."""
    look = Look.of(request.args)
    plan = _plans(look).get(cast(For, people)) or abort(404)
    search_for(plan)
    return render_template("agency/_progress.html", plan=plan, look=look, now=clock.now())


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
        deciding.decide(db.session, need, offer, quantity, who, clock.now())
    except Refusal as refusal:
        db.session.rollback()
        trouble = gettext(refusal.reason, **refusal.values)
        return page(trouble, again=(need, offer)), 409
    db.session.commit()
    said = gettext("Confirmed, with your name and today's date.")
    if not quantity:
        said = gettext("Noted: this does not fit. It is not proposed any more.")
    kept = Look.of(request.args).kept()
    address = url_for(".take_back", need_id=need.id, offer_id=offer.id, **kept)
    return web.back(url_for(".plan", **kept), said, undo="" if decided else address)


@needs.post("/pairs/<id:need_id>/<id:offer_id>/removal")
def take_back(need_id: int, offer_id: int) -> ResponseReturnValue:
    """Open a pair again, also one of which one side is gone."""
    need = find(Listing, id=need_id, side=Side.NEED)
    offer = find(Listing, id=offer_id, side=Side.OFFER)

    deciding.take_back(db.session, need, offer)
    db.session.commit()
    kept = Look.of(request.args).kept()
    return web.back(url_for(".plan", **kept), gettext("Open again."))


def page(trouble: str = "", again: tuple[Listing, Listing] | None = None) -> str:
    """Show the plan; what was refused of a pair stands above it as it was typed."""
    look = Look.of(request.args)
    plans = _plans(look)
    for each in plans.values():
        search_for(each)
    return render_template(
        "agency/plan.html",
        markets={kind: Market(plan, look) for kind, plan in plans.items()},
        look=look,
        kept=look.kept(),
        now=clock.now(),
        trouble=trouble,
        again=again,
        typed=request.form.get("quantity", ""),
        decided=request.form.get("decided", "0"),
    )


def search_for(plan: Plan) -> None:
    """Begin to search for the best, where that takes long and nobody does yet."""
    if plan.found or not plan.kind:
        return
    project, now = current_project(), clock.now()
    if solving.begin(db.session, project, plan.kind, plan.task, now):
        db.session.commit()
        search.later(project.id, plan.kind.value, plan.fair)
        plan.solved = solving.solved_of(db.session, project, plan.fair)[plan.kind]


@jobs.task
def search(project_id: int, people: str, fair: bool) -> None:
    """Find the best for a large market."""
    if project := db.session.get(Project, project_id):
        plans = planning.plans_of(db.session, project, clock.today(), fair=fair)
        solving.note(db.session, project, For(people), plans[For(people)].task)
        db.session.commit()


def _plans(look: Look) -> Mapping[For, Plan]:
    today = clock.today()
    return planning.plans_of(db.session, current_project(), today, fair=look.fair)


def _pair(need_id: int, offer_id: int) -> tuple[Listing, Listing]:
    return (
        find(Listing, id=need_id, side=Side.NEED, deleted=None),
        find(Listing, id=offer_id, side=Side.OFFER, deleted=None),
    )
