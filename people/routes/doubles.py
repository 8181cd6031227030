"""Entries of the register that are one organisation: found, merged, and taken apart again."""

from collections.abc import MutableMapping

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, web
from core.db import db
from core.forms import tidy
from people.current import current_project, current_staff, find
from people.forms import MergeForm
from people.models import Organisation
from people.names import merging
from people.names.doubling import doubles as find_doubles
from people.names.matching import REASONS
from people.names.models import Merge
from people.names.searching import Hit, Index, index_of
from people.naming import registered
from people.routes.area import register

SIDES = ("gone", "kept")


def hits(words: str) -> list[Hit]:
    """Return the organisations that fit what is typed."""
    shelf: MutableMapping[int, tuple[object, Index]] = current_app.extensions.setdefault(
        "names of registers", {}
    )
    typed = tidy(words)[:200]
    return index_of(db.session, current_project(), shelf).find(typed) if typed else []


@register.get("/names/doubles")
def doubles() -> ResponseReturnValue:
    """Entries that may be one, and what was merged."""
    return _page(MergeForm(formdata=None))


@register.get("/names/found")
def found() -> ResponseReturnValue:
    """The part that shows who fits, while somebody types."""
    side = request.args.get("side", "")
    field = side if side in SIDES else "organisation"
    words = request.args.get(f"q-{field}", "")
    return render_template(
        "people/names/_found.html", field=field, words=words, hits=hits(words)
    )


@register.post("/names/merges")
def merge() -> ResponseReturnValue:
    form = MergeForm()
    if not form.validate():
        return _page(form), 422
    gone = find(Organisation, id=form.gone.data)
    kept = find(Organisation, id=form.kept.data)

    project, by = current_project(), current_staff().called
    done = merging.merge(
        db.session, project, gone, kept, by=by, now=clock.now(), reason=form.reason.data or ""
    )
    db.session.commit()
    notice = gettext("%(gone)s is part of %(kept)s now.", gone=gone.name, kept=kept.name)
    return web.back(url_for(".doubles"), notice, undo=url_for(".undo_merge", number=done.id))


@register.post("/names/merges/<id:number>/removal")
def undo_merge(number: int) -> ResponseReturnValue:
    done = find(Merge, id=number)

    merging.undo(db.session, done, by=current_staff().called, now=clock.now())
    db.session.commit()
    notice = gettext("%(name)s stands for itself again.", name=done.gone.name)
    return web.back(url_for(".doubles"), notice)


def _page(form: MergeForm) -> str:
    listed = registered(db.session, current_project())
    log = merging.merges(db.session, current_project())
    apart = {frozenset((each.gone_id, each.kept_id)) for each in log if each.undone}
    words = {side: request.args.get(f"q-{side}", "") for side in SIDES}
    return render_template(
        "people/names/doubles.html",
        form=form,
        pairs=find_doubles(listed, apart),
        log=log,
        reasons=REASONS,
        words=words,
        hits={side: hits(typed) for side, typed in words.items()},
    )
