"""The way of an address list into the register, step by step and without scripts."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, jobs, web
from core.db import db
from core.downloading import download
from core.errors import Refusal
from core.sheets import write_csv
from people import importing as acts
from people.columns import FIELDS
from people.comparing import Row, State, counted
from people.current import current_project, find
from people.desk import steps_after_import
from people.forms import SettingsForm, UploadForm
from people.models import ImportDraft
from people.routes.area import heads, keys, known_words, register

ON_A_PAGE = 100
SAMPLE = ["name", "short_name", "sector", "kind", "legal_form", "locality"]
SAMPLE += ["salutation", "contact", "email", "phone", "street", "postcode", "city", "language"]


@register.get("/import")
def upload() -> ResponseReturnValue:
    """Step 1: choose the file."""
    return render_template("people/import/upload.html", form=UploadForm())


@register.get("/import/sample.csv")
def sample() -> ResponseReturnValue:
    """An empty list with the headings we know, for those who have none yet."""
    return download(write_csv([heads(SAMPLE)]), "csv", "adressliste")


@register.post("/import")
def begin_import() -> ResponseReturnValue:
    form = UploadForm()
    if not form.validate():
        return render_template("people/import/upload.html", form=form), 422

    try:
        draft = acts.begin(
            db.session,
            keys(),
            current_project(),
            form.table,
            form.filename,
            form.key.data,
            clock.now(),
        )
    except Refusal as refusal:
        form.file.errors = [gettext(refusal.reason, **refusal.values)]
        return render_template("people/import/upload.html", form=form), 422
    db.session.commit()
    return redirect(url_for(".columns", draft_id=draft.id), 303)


@register.get("/import/<id:draft_id>/columns")
def columns(draft_id: int) -> ResponseReturnValue:
    """Step 2: say what each column holds; it is guessed."""
    draft = find(ImportDraft, id=draft_id)
    if draft.imported:
        return redirect(url_for(".imported", draft_id=draft_id), 303)
    table = acts.table_of(keys(), draft)
    return render_template(
        "people/import/columns.html",
        draft=draft,
        columns=_samples(table, draft.settings["head"]),
        fields=FIELDS,
    )


@register.post("/import/<id:draft_id>/columns")
def choose_columns(draft_id: int) -> ResponseReturnValue:
    draft = find(ImportDraft, id=draft_id)
    known = draft.settings["columns"]
    chosen = [request.form.get(f"column-{n}", old) for n, old in enumerate(known)]
    fields = [name if name in FIELDS else "" for name in chosen]

    acts.settle(draft, columns=fields, head="head" in request.form)
    db.session.commit()
    if "name" not in fields:
        notice = gettext("Please choose the column with the names of the organisations.")
        return web.back(url_for(".columns", draft_id=draft_id), notice)
    return redirect(url_for(".preview", draft_id=draft_id), 303)


@register.get("/import/<id:draft_id>/preview")
def preview(draft_id: int) -> ResponseReturnValue:
    """Step 3: see what becomes of every row; nothing is written yet."""
    draft = find(ImportDraft, id=draft_id)
    if draft.imported:
        return redirect(url_for(".imported", draft_id=draft_id), 303)
    return _preview(draft, SettingsForm(data=draft.settings))


@register.post("/import/<id:draft_id>/settings")
def settle(draft_id: int) -> ResponseReturnValue:
    draft, form = find(ImportDraft, id=draft_id), SettingsForm()
    if not form.validate():
        return _preview(draft, form), 422

    acts.settle(draft, sector=form.sector.data, existing=form.existing.data)
    db.session.commit()
    return redirect(url_for(".preview", draft_id=draft_id), 303)


@register.post("/import/<id:draft_id>")
def bring_in(draft_id: int) -> ResponseReturnValue:
    draft = find(ImportDraft, id=draft_id)

    acts.bring_in(db.session, keys(), current_project(), draft, known_words(), clock.now())
    db.session.commit()
    return redirect(url_for(".imported", draft_id=draft_id), 303)


@register.get("/import/<id:draft_id>")
def imported(draft_id: int) -> ResponseReturnValue:
    """Step 4: what has become of the list, and what comes next."""
    draft = find(ImportDraft, id=draft_id)
    if not draft.imported:
        return redirect(url_for(".preview", draft_id=draft_id), 303)
    return render_template(
        "people/import/imported.html", draft=draft, steps=steps_after_import()
    )


@register.post("/import/<id:draft_id>/undoing")
def undo(draft_id: int) -> ResponseReturnValue:
    draft = find(ImportDraft, id=draft_id)

    kept = acts.undo(db.session, keys(), draft, clock.now())
    db.session.commit()
    notice = gettext("The import is undone.")
    if kept:
        codes = ", ".join(kept)
        notice += " " + gettext("Changed since and left as they are: %(codes)s.", codes=codes)
    return web.back(url_for(".imported", draft_id=draft_id), notice)


def _preview(draft: ImportDraft, form: SettingsForm) -> str:
    rows = acts.preview(db.session, keys(), current_project(), draft, known_words())
    counts = counted(rows)
    show = request.args.get("show", "")
    shown = [row for row in rows if show in ("", row.state)]
    page = max(1, request.args.get("page", 1, int))
    return render_template(
        "people/import/preview.html",
        draft=draft,
        form=form,
        rows=shown[(page - 1) * ON_A_PAGE : page * ON_A_PAGE],
        counts=counts,
        ready=_ready(draft, counts),
        states=State,
        show=show,
        page=page,
        pages=max(1, -(-len(shown) // ON_A_PAGE)),
        missing_sector=any(_lacks_sector(row) for row in rows) or draft.settings["sector"],
    )


def _ready(draft: ImportDraft, counts: dict[str, int]) -> int:
    """Return how many rows would change the register."""
    changed = counts[State.SAME] if draft.settings["existing"] == "update" else 0
    return counts[State.NEW] + changed


def _lacks_sector(row: Row) -> bool:
    return row.state == State.PROBLEM and not row.line.problem


def _samples(table: list[list[str]], head: bool) -> list[tuple[str, list[str]]]:
    """Return heading and first entries of each column."""
    body = [row for row in (table[1:] if head else table) if row][:40]
    samples = []
    for number in range(max(map(len, table))):
        title = table[0][number] if head and number < len(table[0]) else ""
        cells = [row[number] for row in body if number < len(row) and row[number]]
        samples.append((title, [cell[:60] for cell in cells[:3]]))
    return samples


@jobs.every(minutes=60)
def forget_lists() -> None:
    """Keep no address list longer than promised."""
    acts.forget(db.session, clock.now())
    db.session.commit()
