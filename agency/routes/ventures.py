"""All ventures of a project by their stages, and the way to begin one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext

from agency.routes.ventures_saying import say
from agency.ventures import beginning, gating, words
from agency.ventures.budgeting import Liquidity
from agency.ventures.canvassing import FIELDS
from agency.ventures.forms import BeginForm
from agency.ventures.gating import Gate
from agency.ventures.models import Job, Stage, Venture
from agency.ventures.reading import Dossier, dossier, dossiers, euros
from agency.words import LEVELS
from core import clock, web
from core.db import db
from core.forms import tidy
from people.current import current_project, current_staff, find, staff_blueprint
from people.desk import Tab, add_tab
from people.naming import fold
from people.words import LEGAL_FORMS

desk = staff_blueprint("ventures", __name__, "/ventures")
add_tab(Tab(60, "ventures.portfolio", lazy_gettext("Ventures"), used=beginning.may_begin))
FIRST = 12  # cards offered, before anybody has searched


@dataclass(frozen=True)
class Entry:
    """A venture as the portfolio shows it."""

    dossier: Dossier
    gate: Gate | None
    filled: list[Job]
    money: Liquidity | None  # none: nothing is planned yet

    @property
    def missing(self) -> Decimal:
        return self.money.missing if self.money else Decimal(0)


@desk.context_processor
def _words() -> dict[str, object]:
    names = ("STAGES", "MEANINGS", "CONDITIONS", "REMEDIES", "BACKINGS", "SUBSIDIES", "ACTS")
    more = ("DIRECTIONS", "FUNDING_STATES", "PROGRESS", "LINES")
    told = {name: getattr(words, name) for name in (*names, *more)}
    tools = {"say": say, "euros": euros, "Stage": Stage, "FIELDS": FIELDS}
    return told | tools | {"LEVELS": LEVELS, "LEGAL_FORMS": LEGAL_FORMS}


@desk.get("")
def portfolio() -> ResponseReturnValue:
    """All ventures: where they stand, and what they need next."""
    day = clock.today()
    found = [_entry(each, day) for each in dossiers(db.session, current_project())]
    first = min(
        (
            (job.filled, job, each)
            for each in found
            for job in each.dossier.jobs
            if job.filled and job.filled <= day
        ),
        key=lambda told: told[0],
        default=None,
    )
    gone = beginning.removed(db.session, current_project())
    return render_template(
        "agency/ventures/portfolio.html", entries=found, first=first, gone=gone
    )


@desk.get("/new")
def new() -> ResponseReturnValue:
    """The cards of all boards, and a form for what hangs on none."""
    return _new(BeginForm())


@desk.post("")
def begin() -> ResponseReturnValue:
    """Begin a venture from a concept, a card or a heading, or from what was typed."""
    who, now, project = current_staff().called, clock.now(), current_project()
    if key := request.form.get("origin"):
        start = beginning.origin(db.session, project, key) or abort(404)
        if start.venture:
            return web.back(url_for(".venture", venture_id=start.venture.id), "")
        venture = beginning.begin(db.session, project, start, who, now)
        db.session.commit()
        return _begun(venture)

    form = BeginForm()
    if not form.validate():
        return _new(form), 422

    said = form.key.data, form.title.data, form.text.data or ""
    venture = beginning.begin_anew(db.session, project, *said, who, now)
    db.session.commit()
    return _begun(venture)


def the_venture(venture_id: int) -> Venture:
    """Return the venture of an address, or answer 404."""
    return find(Venture, id=venture_id, deleted=None)


def the_dossier(venture_id: int) -> Dossier:
    """Return the venture of an address with its plans, or answer 404."""
    return dossier(db.session, current_project(), the_venture(venture_id))


def _entry(each: Dossier, day: date) -> Entry:
    money = each.liquidity() if each.has_money_plan else None
    return Entry(each, gating.gate(each, day), each.filled(day), money)


def _new(form: BeginForm) -> str:
    wanted = tidy(request.args.get("q"))[:100]
    every = beginning.origins(db.session, current_project())
    sought = fold(wanted).split()
    found = [
        each
        for each in every
        if all(word in fold(f"{each.title} {each.text} {each.source}") for word in sought)
    ]
    shown = found if wanted or "all" in request.args else found[:FIRST]
    return render_template(
        "agency/ventures/new.html",
        form=form,
        origins=shown,
        more=len(found) - len(shown),
        any=bool(every),
        wanted=wanted,
    )


def _begun(venture: Venture) -> ResponseReturnValue:
    page = url_for(".venture", venture_id=venture.id)
    return web.back(page, gettext("The venture has begun. Its first gate waits below."))
