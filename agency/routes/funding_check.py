"""Who may have which money: what is asked, what the directory says, and what is kept of it."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from agency.funding import keeping, knowing, recording
from agency.funding.checking import Result, State, check_all
from agency.funding.forms import AnswersForm, KeepForm
from agency.funding.knowing import Known
from agency.funding.models import Check
from agency.funding.words import CONDITIONS
from agency.routes.funding_area import funding, tell, told
from core import clock, web
from core.db import db
from core.i18n import language
from people.current import current_project, current_staff, find, open_to
from people.models import Role
from people.naming import registered

KNOWN = ("legal_form", "place", "themes")
ASKED = ("themes", "amount", "own", "months", "start", "gets")


@funding.get("/check")
@open_to(Role.ADVISER)
def check() -> ResponseReturnValue:
    """Ask what is not known yet, and say what the directory answers."""
    form, known = _asked()
    if not form.validate():
        return _page(form, known, None), 422
    return _page(form, known, _results(form) if _is_asked() else None)


@funding.post("/checks")
@open_to(Role.ADVISER)
def keep_check() -> ResponseReturnValue:
    """Keep a check as evidence; its answers stand in the address as on the page."""
    (form, known), keeps = _asked(), KeepForm()
    if not (form.validate() and keeps.validate()):
        return _page(form, known, None), 422

    told = [_plain(each) for each in _results(form)]
    kept = recording.keep(
        db.session, current_project(), form.about(), form.answers(), told, language(),
        keeps.key.data, current_staff().called, clock.now(),
    )  # fmt: skip
    db.session.commit()
    said = gettext("The check is kept, with today's date and your name.")
    return web.back(url_for(".kept_check", check_id=kept.id), said)


@funding.get("/checks")
@open_to(Role.ADVISER)
def checks() -> ResponseReturnValue:
    """The checks that were kept, the newest first."""
    kept = recording.kept(db.session, current_project())
    return render_template(
        "agency/funding/checks.html", checks=[(each, recording.counted(each)) for each in kept]
    )


@funding.get("/checks/<id:check_id>")
@open_to(Role.ADVISER)
def kept_check(check_id: int) -> ResponseReturnValue:
    """A check as it was read on its day."""
    it = find(Check, id=check_id, deleted=None)
    answers = recording.from_json(it.answers)
    return render_template(
        "agency/funding/kept.html",
        it=it,
        answers=answers,
        counts=recording.counted(it),
        retold=_retold,
    )


@funding.post("/checks/<id:check_id>/removal")
@open_to(Role.ADVISER)
def remove_check(check_id: int) -> ResponseReturnValue:
    it = find(Check, id=check_id)

    recording.remove(it, clock.now())
    db.session.commit()
    undo = url_for(".bring_check_back", check_id=it.id)
    return web.back(url_for(".checks"), gettext("The check is deleted."), undo=undo)


@funding.post("/checks/<id:check_id>/return")
@open_to(Role.ADVISER)
def bring_check_back(check_id: int) -> ResponseReturnValue:
    it = find(Check, id=check_id)

    recording.bring_back(it)
    db.session.commit()
    return web.back(url_for(".checks"), gettext("The check is there again."))


def _asked() -> tuple[AnswersForm, Known]:
    """Return the form with what is in the address, filled with what is known already."""
    organisations = registered(db.session, current_project())
    given = MultiDict(request.args)
    owner = AnswersForm(organisations, formdata=given).owner()
    known = knowing.known_of(db.session, owner) if owner else Known()
    if not _is_asked():
        for name in KNOWN:
            value = getattr(known, name)
            if value and not given.get(name):
                given.setlist(name, [*value] if isinstance(value, tuple) else [value])
    return AnswersForm(organisations, formdata=given), known


def _is_asked() -> bool:
    """Tell whether all is answered, and not only to be filled in with what is known."""
    return "asked" in request.args and "fill" not in request.args


def _results(form: AnswersForm) -> list[Result]:
    everything = keeping.listed(db.session, current_project())
    return check_all(everything, form.answers(), clock.today())


def _page(form: AnswersForm, known: Known, results: list[Result] | None) -> str:
    everything = keeping.listed(db.session, current_project())
    used = {code for each in everything for code in each.conditions.split()}
    return render_template(
        "agency/funding/check.html",
        form=form,
        owner=form.owner(),
        sources={name: told(*source) for name, source in known.sources.items()},
        funds_used=known.funds_used,
        conditions=[code for code in CONDITIONS if code in used],
        results=results,
        states=[*State],
        any=bool(everything),
        keeps=KeepForm(formdata=None),
        address=request.args.to_dict(flat=False),
    )


def _retold(kept: Mapping[str, Any]) -> str:
    """Say a kept reason in the language of the page; nothing where only its words are kept."""
    reason = recording.reason_of(kept)
    return tell(reason) if reason else ""


def _plain(result: Result) -> dict[str, Any]:
    """Return a result with its sentences, as it is kept."""
    return {
        "code": result.code,
        "name": result.name,
        "funder": result.funder,
        "kind": result.kind,
        "state": str(result.state),
        "source": result.source,
        "is_old": result.is_old,
        "reasons": [
            {**recording.to_plain(each), "sentence": tell(each)} for each in result.reasons
        ],
    }
