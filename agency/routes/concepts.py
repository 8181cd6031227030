"""Concepts: which there are, a new one from what was chosen, and the one that is written."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency
from flask import current_app, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, format_date, get_locale, gettext, lazy_gettext

from agency.concepts import beginning, checking, keeping, telling, writing
from agency.concepts.checking import Point
from agency.concepts.forms import BeginForm, FrameForm
from agency.concepts.indicators import INDICATORS
from agency.concepts.models import Concept, Section
from agency.concepts.phrasing import Phrasing
from agency.concepts.reckoning import Budget
from agency.concepts.scheduling import schedule
from agency.concepts.sections import (
    KINDS,
    QUESTIONS,
    RESTS_ON_EVIDENCE,
    TITLES,
    Content,
)
from agency.evidence import forms as evidence
from agency.evidence.collecting import Reader
from agency.funding import keeping as directory
from core import clock, web
from core.db import db
from core.errors import ChangedMeanwhile
from core.i18n import language
from core.keys import Keyring
from networks.routes.findings import figures_today
from networks.routes.speaking import Spoken
from people.current import (
    current_membership,
    current_project,
    current_staff,
    find,
    find_all,
    open_to,
    staff_blueprint,
)
from people.desk import Tab, add_tab
from people.models import Naming, Organisation, Role

bp = staff_blueprint("concepts", __name__, "/concepts")


add_tab(Tab(50, "concepts.index", lazy_gettext("Concept"), used=writing.has_ground))


class Saying(Spoken):
    """The language of a concept: also its money and its days."""

    def money(self, amount: Decimal, /) -> str:
        return str(format_currency(amount, "EUR", locale=self._locale))

    def day(self, day: date, /) -> str:
        return str(format_date(day, "d. MMMM y" if self.language == "de" else "long"))

    def month(self, day: date, /) -> str:
        return str(format_date(day, "LLL y"))


@bp.context_processor
def _words() -> dict[str, object]:
    return {
        **evidence.words(),
        "SECTIONS": [*Section],
        "TITLES": TITLES,
        "QUESTIONS": QUESTIONS,
        "COSTS": KINDS,
        "INDICATORS": INDICATORS,
        "RESTS_ON_EVIDENCE": RESTS_ON_EVIDENCE,
        "money": Saying().money,
        "month": Saying().month,
        "told": told,
        "percent": lambda share: Saying().share(float(share / 100), "0.##\u00a0%"),
        "shares_said": lambda budget: telling.shares_said(budget, Saying()),
    }


def told(point: Point) -> str:
    """Return why a point is open."""
    return said(point.open, point.values)


def said(sentence: str, values: Mapping[str, object]) -> str:
    """Return a sentence with its amounts as money."""
    return str(gettext(sentence, **telling.values_said(values, Saying())))


def reader(audience: Naming | None = None) -> Reader:
    """Return as who the person asking reads, or somebody of that *audience*."""
    seen = audience or evidence.audience_of(current_membership().role)
    return Reader(db.session, current_project(), seen, language(), clock.today(), figures_today)


def keys() -> Keyring:
    found: Keyring = current_app.extensions["keys"]
    return found


@bp.get("")
@open_to(Role.TASK_FORCE)
def index() -> ResponseReturnValue:
    """All concepts of the project, and how far they are."""
    concepts = writing.concepts_of(db.session, current_project())
    return render_template("agency/concepts/index.html", lines=[_line(e) for e in concepts])


@bp.get("/new")
def new() -> ResponseReturnValue:
    return render_template("agency/concepts/new.html", form=_begin_form())


@bp.post("")
def begin_concept() -> ResponseReturnValue:
    """Begin a concept: what was chosen arrives filled in."""
    form = _begin_form()
    if form.evidence.is_looking:
        return render_template("agency/concepts/new.html", form=form)
    if not form.validate():
        return render_template("agency/concepts/new.html", form=form), 422

    by, now, key = current_staff().called, clock.now(), form.key.data
    cited = form.evidence.kept(key, by, now)
    chosen = {int(each) for each in form.partners.data or ()}
    partners = [each for each in find_all(Organisation, deleted=None) if each.id in chosen]
    with force_locale("de"):  # a concept is a German document
        asking = Reader(db.session, current_project(), Naming.TEAM, "de", figures=figures_today)
        drafts = list(beginning.drafts(asking, cited, partners, Spoken()))
    begun = current_project(), key, form.title.data, drafts, by, now
    concept = writing.begin(db.session, *begun)
    db.session.commit()
    said = gettext("The concept has begun. What was chosen stands in it already.")
    return web.back(url_for(".concept", concept_id=concept.id), said)


@bp.get("/<id:concept_id>")
def concept(concept_id: int) -> ResponseReturnValue:
    """The concept as it is written, and what is still missing."""
    concept = find(Concept, id=concept_id)
    phrasing = phrasing_of(writing.content(db.session, concept))
    editions = keeping.editions_of(db.session, concept)
    return render_template(
        "agency/concepts/concept.html",
        concept=concept,
        editions=editions,
        comments=keeping.comments_open(db.session, editions),
        removed=writing.removed(db.session, concept),
        **shown(phrasing),
    )


@bp.get("/<id:concept_id>/frame")
def edit_frame(concept_id: int) -> ResponseReturnValue:
    """Title, duration and shares of a concept."""
    it = find(Concept, id=concept_id)
    content = writing.content(db.session, it)
    amounts = {n: getattr(content, n) for n in ("esf", "land")}
    typed = {n: "" if a is None else str(a) for n, a in amounts.items()}
    data = {"title": it.title, "starts": it.starts, "months": it.months, **typed}
    form = _frame_form(it, data={**data, "programme": it.programme, "version": it.version})
    return _frame_page(it, form, content)


@bp.post("/<id:concept_id>/frame")
def change_frame(concept_id: int) -> ResponseReturnValue:
    """Keep title, duration and shares, unless somebody has changed them meanwhile."""
    it = find(Concept, id=concept_id)
    form = _frame_form(it)
    if not form.validate():
        return _frame_page(it, form, writing.content(db.session, it)), 422

    try:
        writing.frame(db.session, it, form.frame(), form.version.data or 0)
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        db.session.refresh(it)
        form.version.data, form.version.raw_data = it.version, None
        form.form_errors = [gettext(refusal.reason)]
        return _frame_page(it, form, writing.content(db.session, it), now=it), 409
    db.session.commit()
    return web.back(url_for(".concept", concept_id=it.id), gettext("Saved."))


def phrasing_of(content: Content, audience: Naming | None = None) -> Phrasing:
    return Phrasing(reader(audience), content)


def shown(phrasing: Phrasing) -> dict[str, Any]:
    """Return what every page with a whole concept shows."""
    return {
        "content": phrasing.content,
        "phrasing": phrasing,
        "standing": checking.standing(phrasing),
        "budget": Budget(phrasing.content),
        "plan": schedule(phrasing),
    }


def _line(concept: Concept) -> Mapping[str, object]:
    editions = keeping.editions_of(db.session, concept)
    is_team = current_membership().role == Role.FACILITATOR
    phrasing = phrasing_of(writing.content(db.session, concept))
    return {
        "concept": concept,
        "title": phrasing.said(concept.title),
        "editions": editions,
        "standing": checking.standing(phrasing) if is_team else None,
        "comments": keeping.comments_open(db.session, editions),
    }


def _begin_form() -> BeginForm:
    form = BeginForm()
    form.evidence.offer(reader())
    everyone = find_all(Organisation, deleted=None)
    form.offer_partners(everyone, beginning.suggested(reader()))
    return form


def _frame_form(it: Concept, **more: Any) -> FrameForm:
    form = FrameForm(**more)
    form.offer(directory.listed(db.session, current_project()), it.programme)
    return form


def _frame_page(it: Concept, form: FrameForm, content: Content, **more: object) -> str:
    budget, locale = Budget(content), str(get_locale())
    values = {"concept": it, "form": form, "budget": budget, "locale": locale, "now": None}
    values["programme"] = writing.programme_of(db.session, it)
    return render_template("agency/concepts/frame.html", **{**values, **more})
