"""Entries of a concept: added, changed, moved, removed and brought back."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from agency.concepts import writing
from agency.concepts.forms import EntryForm
from agency.concepts.models import Concept, Entry, Section
from agency.concepts.sections import Content, Part, part_of
from agency.concepts.writing import Draft
from agency.routes.concepts import bp, phrasing_of, reader
from core import clock, web
from core.db import db
from core.errors import ChangedMeanwhile
from people.current import current_project, current_staff, find
from people.naming import registered

NUMBERS = {"begins", "ends", "month", "year"}


@bp.get("/<id:concept_id>/entries/new")
def new_entry(concept_id: int) -> ResponseReturnValue:
    concept = find(Concept, id=concept_id)
    return _page(concept, _form(_section(request.args.get("section"))))


@bp.post("/<id:concept_id>/entries")
def add_entry(concept_id: int) -> ResponseReturnValue:
    """Add something to a section."""
    concept, form = find(Concept, id=concept_id), _form(_section(request.args.get("section")))
    if _is_looking(form):
        return _page(concept, form)
    if not form.validate():
        return _page(concept, form), 422

    draft, key = _draft(form), form.key.data
    values = current_staff().called, clock.now()
    writing.add(db.session, concept, key, draft, *values)
    db.session.commit()
    return web.back(_place(concept, form.section), gettext("Added."))


@bp.get("/<id:concept_id>/entries/<id:entry_id>")
def entry(concept_id: int, entry_id: int) -> ResponseReturnValue:
    concept, it = _found(concept_id, entry_id)
    return _page(concept, _filled(it), it)


@bp.post("/<id:concept_id>/entries/<id:entry_id>")
def change_entry(concept_id: int, entry_id: int) -> ResponseReturnValue:
    """Keep a new wording; two who write at once are both kept until somebody chooses."""
    concept, it = _found(concept_id, entry_id)
    form = _form(it.section, part_of(it))
    if _is_looking(form):
        return _page(concept, form, it)
    if not form.validate():
        return _page(concept, form, it), 422

    draft, values = _draft(form), (current_staff().called, clock.now())
    if "both" in request.form:
        writing.add(db.session, concept, form.key.data, draft, *values)
        db.session.commit()
        return web.back(_place(concept, it.section), gettext("Both stand there now."))
    try:
        writing.change(db.session, it, draft, form.version.data or 0, *values)
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        db.session.refresh(it)
        form.version.data, form.version.raw_data = it.version, None
        form.form_errors = [gettext(refusal.reason)]
        return _page(concept, form, it, is_conflict=True), 409
    db.session.commit()
    return web.back(_place(concept, it.section), gettext("Saved."))


@bp.post("/<id:concept_id>/entries/<id:entry_id>/position")
def move_entry(concept_id: int, entry_id: int) -> ResponseReturnValue:
    """Let an entry stand before the one above it."""
    concept, it = _found(concept_id, entry_id)

    writing.move_up(db.session, it)
    db.session.commit()
    return web.back(_place(concept, it.section), "")


@bp.post("/<id:concept_id>/entries/<id:entry_id>/removal")
def remove_entry(concept_id: int, entry_id: int) -> ResponseReturnValue:
    concept, it = _found(concept_id, entry_id)

    writing.remove(it, clock.now())
    db.session.commit()
    undo = url_for(".return_entry", concept_id=concept.id, entry_id=it.id)
    return web.back(_place(concept, it.section), gettext("Deleted."), undo=undo)


@bp.post("/<id:concept_id>/entries/<id:entry_id>/return")
def return_entry(concept_id: int, entry_id: int) -> ResponseReturnValue:
    concept, it = _found(concept_id, entry_id)

    writing.bring_back(it)
    db.session.commit()
    return web.back(_place(concept, it.section), gettext("It stands there again."))


def _found(concept_id: int, entry_id: int) -> tuple[Concept, Entry]:
    concept = find(Concept, id=concept_id)
    return concept, find(Entry, id=entry_id, concept_id=concept.id)


def _section(text: str | None) -> Section:
    return next((each for each in Section if each == text), Section.PROBLEM)


def _place(concept: Concept, section: Section) -> str:
    return url_for(".concept", concept_id=concept.id, _anchor=section.value)


def _form(section: Section, part: Part | None = None, **data: object) -> EntryForm:
    known = registered(db.session, current_project())
    cited = part.evidence if part else ()
    form = EntryForm(section, known, data={"evidence": cited, **data})
    if "evidence" in form:
        form.evidence.offer(reader())
    return form


def _filled(it: Entry) -> EntryForm:
    owner = phrasing_of(Content("", None, 1, None, None, ())).partner(it.organisation_id)
    facts = {name: value for name, value in it.facts.items() if value}
    numbers = {name: int(v) for name, v in facts.items() if name in NUMBERS and v.isdecimal()}
    said = {"text": it.text, "organisation": owner}
    return _form(it.section, part_of(it), version=it.version, **{**facts, **numbers, **said})


def _is_looking(form: EntryForm) -> bool:
    return "evidence" in form and form.evidence.is_looking


def _draft(form: EntryForm) -> Draft:
    """Return what was typed, with its evidence; what comes by itself comes in German."""
    by, now = current_staff().called, clock.now()
    cited = form.evidence.kept(form.key.data, by, now) if "evidence" in form else ()
    with force_locale("de"):
        return form.draft(cited)


def _page(
    concept: Concept, form: EntryForm, it: Entry | None = None, *, is_conflict: bool = False
) -> str:
    content = writing.content(db.session, concept)
    return render_template(
        "agency/concepts/entry.html",
        concept=concept,
        form=form,
        it=it,
        now=part_of(it) if it and is_conflict else None,
        phrasing=phrasing_of(content),
    )
