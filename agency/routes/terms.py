"""The terms of a project: what needs and offers are called, and which can be chosen."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.routes.area import needs
from agency.terms.forms import TermForm, TogetherForm
from agency.terms.using import used
from core import clock, web
from core.db import db
from core.errors import ChangedMeanwhile, Refusal
from core.i18n import language
from people.current import current_project, current_staff, current_terms
from people.naming import fold
from people.taxonomy import GROUPS, Term
from people.terms import keeping


@needs.get("/terms")
def terms() -> ResponseReturnValue:
    """All terms by their groups, how often each is used, and what became of it."""
    known, q = current_terms(), request.args.get("q", "").strip()[:100]
    wanted = fold(q)
    found = [term for term in known if wanted in fold(f"{term.code} {term.de} {term.en}")]
    tongue = "de" if language() == "de" else "en"
    return render_template(
        "agency/terms.html",
        q=q,
        groups=[
            (names[tongue], [term for term in found if term.group == code])
            for code, names in GROUPS.items()
        ],
        number=len(found),
        used=used(db.session, current_project(), known.resolve),
        touched=keeping.versions(db.session, current_project()),
    )


@needs.get("/terms/new")
def new_term() -> ResponseReturnValue:
    return _page(TermForm(language(), data={"group": request.args.get("group", "")}))


@needs.post("/terms")
def add_term() -> ResponseReturnValue:
    form = TermForm(language())
    if not form.validate():
        return _page(form), 422

    by, key = current_staff().called, form.key.data
    try:
        added = keeping.add(
            db.session, current_project(), form.group.data, form.words, key, by, clock.now()
        )
    except keeping.CalledSoAlready as refusal:
        form.de.errors = [gettext(refusal.reason)]
        return _page(form), 422
    db.session.commit()
    return web.back(url_for(".terms"), gettext("“%(name)s” is a term now.", name=added.de))


@needs.get("/terms/<code>")
def term(code: str) -> ResponseReturnValue:
    it = _term(code)
    version = keeping.versions(db.session, current_project()).get(code, 1)
    return _page(TermForm(language(), it, data=vars(it) | {"version": version}), it)


@needs.post("/terms/<code>")
def change_term(code: str) -> ResponseReturnValue:
    it = _term(code)
    form = TermForm(language(), it)
    if not form.validate():
        return _page(form, it), 422

    project, by, shown = current_project(), current_staff().called, form.version.data or 0
    try:
        keeping.change(db.session, project, code, form.words, shown, by, clock.now())
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        form.version.data = keeping.versions(db.session, current_project()).get(code, 1)
        form.version.raw_data = None
        form.form_errors = [gettext(refusal.reason)]
        return _page(form, _term(code)), 409
    except keeping.CalledSoAlready as refusal:
        db.session.rollback()
        form.de.errors = [gettext(refusal.reason)]
        return _page(form, _term(code)), 422
    db.session.commit()
    said = gettext("The term is called “%(name)s” now.", name=form.words.de)
    return web.back(url_for(".terms"), said)


@needs.post("/terms/<code>/rest")
def rest_term(code: str) -> ResponseReturnValue:
    """Offer it no more, or again."""
    it, rests = _term(code), request.form.get("rests") == "yes"

    by, now = current_staff().called, clock.now()
    keeping.rest(db.session, current_project(), code, rests, by, now)
    db.session.commit()
    name = it.label(language())
    if rests:
        said = gettext("“%(name)s” is not offered any more. Entries keep it.", name=name)
    else:
        said = gettext("“%(name)s” can be chosen again.", name=name)
    return web.back(url_for(".terms"), said)


@needs.post("/terms/<code>/together")
def put_together(code: str) -> ResponseReturnValue:
    """Let another term stand for this one, or this one for itself again."""
    it, form = _term(code), TogetherForm(current_terms(), language(), code)
    if not form.validate():
        return _page(TermForm(language(), it, formdata=None, data=vars(it)), it, form), 422

    into, by, now = form.into.data, current_staff().called, clock.now()
    try:
        keeping.merge(db.session, current_project(), code, into, by, now)
    except Refusal as refusal:
        db.session.rollback()
        form.form_errors = [gettext(refusal.reason)]
        again = TermForm(language(), it, formdata=None, data=vars(it))
        return _page(again, _term(code), form), 409
    db.session.commit()
    name = it.label(language())
    if not into:
        return web.back(
            url_for(".terms"), gettext("“%(name)s” stands for itself again.", name=name)
        )
    said = gettext(
        "“%(other)s” stands for “%(name)s” now, too.",
        name=name, other=current_terms().label(into, language()),
    )  # fmt: skip
    return web.back(url_for(".terms"), said)


def _term(code: str) -> Term:
    known = current_terms()
    return known[code] if code in known else abort(404)


def _page(form: TermForm, it: Term | None = None, other: TogetherForm | None = None) -> str:
    known = current_terms()
    if it and other is None:
        other = TogetherForm(known, language(), it.code, formdata=None, data={"into": it.into})
    return render_template(
        "agency/term.html",
        form=form,
        other=other,
        it=it,
        stands_for=known.merged_into(it.code) if it else (),
    )
