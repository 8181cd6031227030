"""The way of somebody's list into the directory, step by step and without scripts."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.funding import importing
from agency.funding.columns import FIELDS
from agency.funding.forms import ListForm
from agency.funding.importing import State, counted
from agency.funding.models import ProgrammeList
from agency.routes.funding_area import funding, known_words
from core import clock, web
from core.db import db
from core.downloading import download
from core.errors import Refusal
from core.sheets import write_csv
from people.current import current_project, current_staff, find

SAMPLES = 3  # cells of a column that are shown


@funding.get("/import")
def upload() -> ResponseReturnValue:
    """Step 1: choose the file."""
    return render_template("agency/funding/import/upload.html", form=ListForm())


@funding.get("/import/sample.csv")
def sample() -> ResponseReturnValue:
    """An empty list with the headings we know."""
    heads = [gettext(text) for text in FIELDS.values()]
    return download(write_csv([heads]), "csv", gettext("funding"))


@funding.post("/import")
def begin_import() -> ResponseReturnValue:
    form = ListForm()
    if not form.validate():
        return render_template("agency/funding/import/upload.html", form=form), 422

    try:
        draft = importing.begin(
            db.session, current_project(), form.table, form.filename, known_words(),
            form.key.data, clock.now(),
        )  # fmt: skip
    except Refusal as refusal:
        form.file.errors = [gettext(refusal.reason, **refusal.values)]
        return render_template("agency/funding/import/upload.html", form=form), 422
    db.session.commit()
    return redirect(url_for(".columns", list_id=draft.id), 303)


@funding.get("/import/<id:list_id>/columns")
def columns(list_id: int) -> ResponseReturnValue:
    """Step 2: say what each column holds; it is guessed."""
    draft = find(ProgrammeList, id=list_id)
    if draft.imported:
        return redirect(url_for(".imported", list_id=list_id), 303)
    return render_template(
        "agency/funding/import/columns.html",
        draft=draft,
        columns=_samples(draft),
        fields=FIELDS,
    )


@funding.post("/import/<id:list_id>/columns")
def choose_columns(list_id: int) -> ResponseReturnValue:
    draft = find(ProgrammeList, id=list_id)
    chosen = [request.form.get(f"column-{n}", old) for n, old in enumerate(draft.columns)]

    draft.columns = [name if name in FIELDS else "" for name in chosen]
    draft.head = "head" in request.form
    db.session.commit()
    if "name" not in draft.columns:
        notice = gettext("Please choose the column with the names of the programmes.")
        return web.back(url_for(".columns", list_id=list_id), notice)
    return redirect(url_for(".preview", list_id=list_id), 303)


@funding.get("/import/<id:list_id>/preview")
def preview(list_id: int) -> ResponseReturnValue:
    """Step 3: see what becomes of every row; nothing is written yet."""
    draft = find(ProgrammeList, id=list_id)
    if draft.imported:
        return redirect(url_for(".imported", list_id=list_id), 303)
    rows = importing.preview(db.session, current_project(), draft, known_words())
    counts = counted(rows)
    return render_template(
        "agency/funding/import/preview.html",
        draft=draft,
        rows=rows,
        counts=counts,
        ready=counts[State.NEW] + counts[State.CHANGED],
    )


@funding.post("/import/<id:list_id>")
def bring_in(list_id: int) -> ResponseReturnValue:
    draft = find(ProgrammeList, id=list_id)

    who, now = current_staff().called, clock.now()
    importing.bring_in(db.session, current_project(), draft, known_words(), who, now)
    db.session.commit()
    return redirect(url_for(".imported", list_id=list_id), 303)


@funding.get("/import/<id:list_id>")
def imported(list_id: int) -> ResponseReturnValue:
    """Step 4: what has become of the list."""
    draft = find(ProgrammeList, id=list_id)
    if not draft.imported:
        return redirect(url_for(".preview", list_id=list_id), 303)
    return render_template("agency/funding/import/imported.html", draft=draft)


@funding.post("/import/<id:list_id>/undoing")
def undo(list_id: int) -> ResponseReturnValue:
    draft = find(ProgrammeList, id=list_id)

    kept = importing.undo(db.session, draft, current_staff().called, clock.now())
    db.session.commit()
    notice = gettext("The import is undone.")
    if kept:
        left = gettext("Changed since and left as they are: %(codes)s.", codes=", ".join(kept))
        notice = f"{notice} {left}"
    return web.back(url_for(".imported", list_id=list_id), notice)


def _samples(draft: ProgrammeList) -> list[tuple[str, list[str]]]:
    """Return of every column its heading, if there is one, and some of its cells."""
    table, head = draft.table, draft.head
    found = []
    for number in range(len(draft.columns)):
        cells = [row[number] for row in table if number < len(row) and row[number]]
        titled = head and number < len(table[0]) and bool(table[0][number])
        title, body = (cells[0], cells[1:]) if titled else ("", cells)
        found.append((title, [cell[:80] for cell in body[:SAMPLES]]))
    return found
