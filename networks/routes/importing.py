"""The way of a network out of a file into the project: upload, who is who, taken over."""

from collections.abc import Collection
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, jobs, web
from core.db import db
from core.errors import Refusal
from core.forms import tidy
from networks.exchange.forms import ChoiceForm, UploadForm
from networks.models import NetworkImport
from networks.routes.showing import desk
from people.current import current_project, current_staff, find
from people.names.matching import REASONS
from people.routes.area import known_words


@jobs.nightly(hour=3)
def forget_old_files() -> None:
    """Forget files that were looked at and never taken over."""
    from networks.exchange import importing  # noqa: PLC0415 - heavy

    importing.forget_old(db.session, clock.now())
    db.session.commit()


@desk.get("/import")
def upload() -> ResponseReturnValue:
    """Choose the file, and see what was imported before."""
    return _upload(UploadForm())


@desk.post("/import")
def begin_import() -> ResponseReturnValue:
    from networks.exchange import importing  # noqa: PLC0415 - heavy

    form = UploadForm()
    if not form.validate():
        return _upload(form), 422

    seen = form.seen.data or clock.today()
    said = form.filename, seen, current_staff().name, form.key.data, clock.now()
    try:
        draft = importing.begin(db.session, current_project(), form.network, *said)
    except Refusal as refusal:
        form.file.errors = [gettext(refusal.reason, **refusal.values)]
        return _upload(form), 422
    db.session.commit()
    return redirect(url_for(".imported", import_id=draft.id), 303)


@desk.get("/import/<id:import_id>")
def imported(import_id: int) -> ResponseReturnValue:
    """Who is who, before anything is written; afterwards what came of it."""
    draft = find(NetworkImport, id=import_id)
    if draft.taken:
        return render_template("networks/imported.html", draft=draft)
    return _preview(draft, ChoiceForm())


@desk.post("/import/<id:import_id>")
def take_over(import_id: int) -> ResponseReturnValue:
    from networks.exchange import importing  # noqa: PLC0415 - heavy

    draft, form = find(NetworkImport, id=import_id), ChoiceForm()
    if not form.validate():
        return _preview(draft, form), 422

    chosen, wrong = _chosen(), set()
    if not draft.taken:
        shown = importing.preview(db.session, current_project(), draft)
        meant = {number: shown.code_of(text) for number, text in _typed().items()}
        chosen, wrong = chosen | meant, {number for number in meant if not meant[number]}
    if wrong:
        return _preview(draft, form, wrong), 422

    words = known_words()
    said = chosen, form.sector.data or "", words, clock.now()
    try:
        importing.take_over(db.session, current_project(), draft, *said)
    except importing.NoSector as refusal:
        db.session.rollback()
        form.sector.errors = [gettext(refusal.reason)]
        return _preview(find(NetworkImport, id=import_id), form), 422
    db.session.commit()
    return redirect(url_for(".imported", import_id=import_id), 303)


@desk.post("/import/<id:import_id>/undoing")
def undo_import(import_id: int) -> ResponseReturnValue:
    from networks.exchange import importing  # noqa: PLC0415 - heavy

    draft = find(NetworkImport, id=import_id)

    stay = importing.undo(db.session, draft, clock.now())
    db.session.commit()
    notice = gettext("The import is undone.")
    if stay:
        codes = ", ".join(stay)
        notice = gettext(
            "The import is undone. Organisations in use meanwhile stay: %(codes)s.", codes=codes
        )
    return web.back(url_for(".imported", import_id=import_id), notice)


def _upload(form: UploadForm) -> str:
    from networks.exchange.importing import imports  # noqa: PLC0415 - heavy

    earlier = imports(db.session, current_project())
    return render_template("networks/import.html", form=form, earlier=earlier)


def _preview(draft: NetworkImport, form: ChoiceForm, wrong: Collection[int] = ()) -> str:
    from networks.exchange import importing  # noqa: PLC0415 - heavy

    shown = importing.preview(db.session, current_project(), draft)
    kept: dict[str, Any] = {"draft": draft, "form": form, "wrong": wrong}
    said = {"chosen": _chosen(), "typed": _typed(), "reasons": REASONS}
    return render_template("networks/import_preview.html", shown=shown, **kept, **said)


def _chosen() -> dict[int, str]:
    """Return what was chosen of each organisation, by its number in the file."""
    return _numbered("who-")


def _typed() -> dict[int, str]:
    """Return who else was named, which counts before what was chosen."""
    typed = {number: tidy(text)[:250] for number, text in _numbered("name-").items()}
    return {number: text for number, text in typed.items() if text}


def _numbered(prefix: str) -> dict[int, str]:
    sent = request.form.items()
    named = [(name.removeprefix(prefix), text) for name, text in sent if prefix in name]
    return {int(n): text for n, text in named if n.isdecimal() and len(n) < 6}
