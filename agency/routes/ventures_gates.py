"""A venture: where it stands, its gate, its team, and the history of it all."""

from typing import Any

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.routes.ventures import desk, the_dossier, the_venture
from agency.routes.ventures_forms import VentureForm, kept_of, label_of
from agency.ventures import gating, keeping
from agency.ventures.canvassing import BY_CODE
from agency.ventures.forms import GateForm
from agency.ventures.gating import NotYet
from agency.ventures.models import Stage, Venture
from agency.ventures.words import STAGES
from core import clock, web
from core.db import db
from core.errors import ChangedMeanwhile
from people.current import current_project, current_staff, find
from people.models import Organisation
from people.naming import registered


@desk.get("/<id:venture_id>")
def venture(venture_id: int) -> ResponseReturnValue:
    """Where a venture stands, and what comes next."""
    return _page(venture_id, GateForm())


@desk.get("/<id:venture_id>/history")
def history(venture_id: int) -> ResponseReturnValue:
    """Who did what, and when."""
    it = the_venture(venture_id)
    return render_template(
        "agency/ventures/history.html",
        it=it,
        events=keeping.history(db.session, it),
        label_of=label_of,
        BY_CODE=BY_CODE,
    )


@desk.post("/<id:venture_id>/gates/<stage>")
def pass_gate(venture_id: int, stage: str) -> ResponseReturnValue:
    """Let a venture into a stage; with a reason, also when something is missing."""
    found, to = the_dossier(venture_id), _stage(stage)
    form = GateForm()
    if not form.validate():
        return _page(venture_id, form), 422

    said = form.reason.data or "", current_staff().called, clock.now(), clock.today()
    try:
        gating.pass_gate(db.session, found, to, *said)
    except NotYet as refusal:
        db.session.rollback()
        form.reason.errors = [gettext(refusal.reason)]
        return _page(venture_id, form), 422
    db.session.commit()
    name = gettext(STAGES[to])
    said = gettext("The gate is passed. The venture is at the stage “%(name)s” now.", name=name)
    return web.back(url_for(".venture", venture_id=venture_id), said)


@desk.post("/<id:venture_id>/gates/<stage>/return")
def go_back(venture_id: int, stage: str) -> ResponseReturnValue:
    """Let a venture stand one stage earlier again."""
    it, from_here = the_venture(venture_id), _stage(stage)
    form = GateForm(prefix="back")
    if not form.validate() or not form.reason.data:
        form.reason.errors = form.reason.errors or [gettext("Please say why.")]
        return _page(venture_id, GateForm(formdata=None), form), 422

    gating.go_back(
        db.session, it, from_here, form.reason.data, current_staff().called, clock.now()
    )
    db.session.commit()
    said = gettext("The venture stands one stage earlier now. All that was entered is there.")
    return web.back(url_for(".venture", venture_id=venture_id), said)


@desk.get("/<id:venture_id>/text")
def edit_venture(venture_id: int) -> ResponseReturnValue:
    it = the_venture(venture_id)
    return _text(it, VentureForm(known=_known(), data=kept_of(it)))


@desk.post("/<id:venture_id>/text")
def change_venture(venture_id: int) -> ResponseReturnValue:
    it = the_venture(venture_id)
    form = VentureForm(known=_known())
    if not form.validate():
        return _text(it, form), 422

    said = form.version.data or 0, form.values(), current_staff().called, clock.now()
    try:
        keeping.change(db.session, it, it, *said)
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        form.version.data, form.version.raw_data = it.version, None
        form.form_errors = [gettext(refusal.reason)]
        return _text(it, form, kept_of(it)), 409
    db.session.commit()
    return web.back(url_for(".venture", venture_id=it.id), gettext("Saved."))


@desk.post("/<id:venture_id>/removal")
def remove_venture(venture_id: int) -> ResponseReturnValue:
    it = find(Venture, id=venture_id)

    keeping.remove(db.session, it, it, current_staff().called, clock.now())
    db.session.commit()
    undo = url_for(".bring_back_venture", venture_id=it.id)
    said = gettext("“%(title)s” is deleted.", title=it.title)
    return web.back(url_for(".portfolio"), said, undo=undo)


@desk.post("/<id:venture_id>/return")
def bring_back_venture(venture_id: int) -> ResponseReturnValue:
    it = find(Venture, id=venture_id)

    keeping.bring_back(db.session, it, it, current_staff().called, clock.now())
    db.session.commit()
    said = gettext("“%(title)s” is there again.", title=it.title)
    return web.back(url_for(".venture", venture_id=it.id), said)


def _page(venture_id: int, form: GateForm, back: GateForm | None = None) -> str:
    found = the_dossier(venture_id)
    return render_template(
        "agency/ventures/venture.html",
        it=found.venture,
        dossier=found,
        gate=gating.gate(found, clock.today()),
        form=form,
        back=back or GateForm(formdata=None, prefix="back"),
        places=_places(found.venture),
        events=keeping.history(db.session, found.venture)[:5],
        label_of=label_of,
        BY_CODE=BY_CODE,
    )


def _places(it: Venture) -> dict[str, str]:
    """Return where each condition of a gate is met."""
    here: dict[str, Any] = {"venture_id": it.id}

    def line(kind: str) -> str:
        return url_for(".new_line", kind=kind, **here)

    text, canvas = url_for(".edit_venture", **here), url_for(".canvas", **here)
    return {
        "paragraph": text,
        "legal_form": text,
        "team": line("team"),
        "experience": line("team"),
        "canvas": canvas,
        "evidence": canvas,
        "asked": line("backing"),
        "letter": line("backing"),
        "jobs": line("jobs"),
        "milestones": line("milestones"),
        "months": line("months"),
        "liquidity": url_for(".money", **here),
        "paid_job": url_for(".jobs", **here),
    }


def _text(it: Venture, form: VentureForm, now: dict[str, object] | None = None) -> str:
    return render_template(
        "agency/ventures/form.html",
        it=it,
        form=form,
        now=now,
        title=gettext("What is it about?"),
        action=url_for(".change_venture", venture_id=it.id),
        page=url_for(".venture", venture_id=it.id),
        removal="",
    )


def _stage(name: str) -> Stage:
    found = next((each for each in Stage if each == name and each.before), None)
    return found or abort(404)


def _known() -> list[Organisation]:
    return registered(db.session, current_project())
