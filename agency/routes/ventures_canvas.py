"""The canvas of a venture: thirteen questions, each on a page of its own."""

from itertools import pairwise
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.evidence import forms as evidence
from agency.evidence.citing import resolved
from agency.evidence.collecting import Reader
from agency.evidence.references import from_json
from agency.routes.ventures import desk, the_dossier, the_venture
from agency.ventures import canvassing
from agency.ventures.canvassing import BY_CODE, FIELDS, Field
from agency.ventures.forms import CanvasForm
from agency.ventures.models import Venture
from core import clock, web
from core.db import db
from core.errors import ChangedMeanwhile
from core.i18n import language
from networks.routes.findings import figures_today
from people.current import current_membership, current_project, current_staff


@desk.context_processor
def _evidence() -> dict[str, Any]:
    return {**evidence.words()}


@desk.get("/<id:venture_id>/canvas")
def canvas(venture_id: int) -> ResponseReturnValue:
    """All fields with what they rest on, also for paper."""
    found = the_dossier(venture_id)
    cited = {code: from_json(each.evidence) for code, each in found.canvas.items()}
    known = resolved(_reader(), (each for some in cited.values() for each in some))
    return render_template(
        "agency/ventures/canvas.html",
        it=found.venture,
        texts=found.canvas,
        cited={code: [known[each] for each in some] for code, some in cited.items()},
    )


@desk.get("/<id:venture_id>/canvas/<field>")
def canvas_field(venture_id: int, field: str) -> ResponseReturnValue:
    """A question, its answer, and what it rests on."""
    it, asked = the_venture(venture_id), _field(field)
    return _page(it, asked, _form(it, asked))


@desk.post("/<id:venture_id>/canvas/<field>")
def write_canvas_field(venture_id: int, field: str) -> ResponseReturnValue:
    """Keep an answer; the next question follows if somebody wants it."""
    it, asked = the_venture(venture_id), _field(field)
    form = _form(it, asked)
    is_valid = form.validate()
    if form.evidence.is_looking:
        return _page(it, asked, form)
    if not is_valid:
        return _page(it, asked, form), 422

    who, now, text = current_staff().called, clock.now(), form.text.data or ""
    cited = form.evidence.kept(form.key.data, who, now)
    number = form.number.data or 0
    try:
        canvassing.write(db.session, it, field, number, text, cited, who, now)
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        last = canvassing.canvas_of(db.session, it)[field]
        form.number.data, form.number.raw_data = last.number, None
        form.text.errors = [gettext(refusal.reason)]
        return _page(it, asked, form, last.text), 409
    db.session.commit()
    after = dict(pairwise(FIELDS)).get(asked)
    if after and "next" in request.form:
        page = url_for(".canvas_field", venture_id=it.id, field=after.code)
    else:
        page = url_for(".canvas", venture_id=it.id, _anchor=field)
    return web.back(page, gettext("Saved."))


def _form(it: Venture, asked: Field) -> CanvasForm:
    last = canvassing.canvas_of(db.session, it).get(asked.code)
    data = {"number": 0, "text": "", "evidence": ()}
    if last:
        data = {
            "number": last.number, "text": last.text, "evidence": from_json(last.evidence)
        }  # fmt: skip
    form = CanvasForm(data=data)
    form.evidence.offer(_reader())
    return form


def _page(it: Venture, asked: Field, form: CanvasForm, now: str | None = None) -> str:
    return render_template(
        "agency/ventures/canvas_field.html",
        it=it,
        asked=asked,
        place=FIELDS.index(asked),
        form=form,
        now=now,
        earlier=canvassing.earlier(db.session, it, asked.code)[1:],
    )


def _reader() -> Reader:
    audience = evidence.audience_of(current_membership().role)
    return Reader(
        db.session, current_project(), audience, language(), clock.today(), figures_today
    )


def _field(code: str) -> Field:
    return BY_CODE.get(code) or abort(404)
