"""The whole project as one archive: taken along, and brought in elsewhere."""

from datetime import datetime
from pathlib import Path

from flask import abort, current_app, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import clock, jobs, web
from core.db import db
from core.errors import Refusal
from core.keys import Keyring
from home.archive import arriving, keeping, writing
from home.archive.forms import AddressForm, FileForm, TakeForm
from home.archive.models import ArchiveDraft, ProjectArchive
from home.archive.words import LEFT_OUT, counted
from people.current import (
    account_blueprint,
    current_project,
    current_staff,
    find,
    signed_in_only,
    staff_blueprint,
)

LARGEST = 500_000_000  # bytes of a file that is brought; a command takes larger ones
desk = staff_blueprint("archive", __name__, "/archive")
bp = signed_in_only(account_blueprint("arrivals", __name__))
blueprints = [desk, bp]


@desk.get("")
def archive() -> ResponseReturnValue:
    """What is in the archive, what stays here, and who has taken it along."""
    return _page(TakeForm(formdata=None))


@desk.post("")
def take() -> ResponseReturnValue:
    """Have the archive written; it is done beside, as it may take minutes."""
    form = TakeForm()
    if not form.validate():
        return _page(form), 422

    made = keeping.begin(
        db.session, current_project(), current_staff().called, form.key.data, clock.now(),
        with_contacts=form.with_contacts.data,
    )  # fmt: skip
    db.session.commit()
    write_archive.later(made.id)
    return web.back(url_for(".archive"), gettext("The archive is being written."))


@desk.get("/progress")
def progress() -> ResponseReturnValue:
    """How far the archives are that are being written."""
    return render_template("home/archive/_progress.html", **_made())


@desk.get("/<id:number>/file")
def file(number: int) -> ResponseReturnValue:
    """The archive itself, for a day."""
    found = find(ProjectArchive, id=number)
    path = keeping.place(_data(), found)
    if not keeping.is_kept(_data(), found):
        said = gettext("This file was kept for a day and is deleted. Please write a new one.")
        return web.back(url_for(".archive"), said)
    name = f"{current_project().slug}-{found.at:%Y-%m-%d}.zip"
    return send_file(path.resolve(), "application/zip", as_attachment=True, download_name=name)


@bp.get("/projects/import")
def choose() -> ResponseReturnValue:
    """Where an archive is chosen."""
    _administrators_only()
    return render_template("home/archive/choose.html", form=FileForm(formdata=None))


@bp.post("/projects/import")
@web.takes(LARGEST)
def receive() -> ResponseReturnValue:
    """Look at an archive, and show what is in it before anything is done."""
    _administrators_only()
    form = FileForm()
    if not form.validate():
        return render_template("home/archive/choose.html", form=form), 422

    place = arriving.place(_data(), form.key.data)
    name = form.file.data.filename or ""
    form.file.data.save(place)
    try:
        draft = arriving.receive(
            db.session, _data(), current_staff(), name, form.key.data, clock.now()
        )
    except Refusal as refusal:
        place.unlink(missing_ok=True)
        form.file.errors = [gettext(refusal.reason, **refusal.values)]
        return render_template("home/archive/choose.html", form=form), 422
    db.session.commit()
    return web.back(url_for(".draft", number=draft.id), "")


@bp.get("/projects/import/<id:number>")
def draft(number: int) -> ResponseReturnValue:
    """What is in an archive that was brought, and what became of it."""
    found = _draft(number)
    return _preview(found, AddressForm(formdata=None, slug=found.slug or found.about["slug"]))


@bp.get("/projects/import/<id:number>/progress")
def progress_of(number: int) -> ResponseReturnValue:
    """Whether the project is there already."""
    return render_template("home/archive/_arrival.html", draft=_draft(number))


@bp.post("/projects/import/<id:number>/taking")
def take_over(number: int) -> ResponseReturnValue:
    """Bring the project in."""
    found, form = _draft(number), AddressForm()
    if not form.validate():
        return _preview(found, form), 422

    try:
        is_first = arriving.begin(db.session, _data(), found, form.slug.data, clock.now())
    except Refusal as refusal:
        form.slug.errors = [gettext(refusal.reason, **refusal.values)]
        return _preview(found, form), 422
    db.session.commit()
    if is_first:
        bring_project.later(found.id)
    return web.back(url_for(".draft", number=number), "")


@bp.post("/projects/import/<id:number>/removal")
def undo(number: int) -> ResponseReturnValue:
    """Delete the project that came in, or forget the file."""
    found = _draft(number)
    had_project = found.project_id is not None
    arriving.undo(db.session, _data(), found, clock.now())
    db.session.commit()
    said = gettext("The project is deleted again.") if had_project else gettext("Forgotten.")
    return web.back(url_for("projects.projects", all=1), said)


@jobs.task
def write_archive(number: int) -> None:
    keeping.make(db.engine, _keys(), _data(), number, clock.now())


@jobs.task
def bring_project(number: int) -> None:
    arriving.take_over(db.session, _keys(), _data(), number, clock.now())


@jobs.every(minutes=60)
def clear_archives() -> None:
    """Let no file lie here for longer than a day."""
    keeping.clear(_data(), clock.now())
    arriving.clear(db.session, clock.now())
    db.session.commit()


def _page(form: TakeForm) -> str:
    rows = writing.count(db.session, current_project(), with_contacts=False)
    return render_template(
        "home/archive/archive.html",
        form=form,
        counts=counted(rows),
        left_out=LEFT_OUT,
        **_made(),
    )


def _made() -> dict[str, object]:
    made = keeping.archives_of(db.session, current_project())
    busy = next((each for each in made if each.busy), None)
    return {"made": [(each, keeping.is_kept(_data(), each)) for each in made], "busy": busy}


def _preview(draft: ArchiveDraft, form: AddressForm) -> str:
    return render_template(
        "home/archive/draft.html",
        draft=draft,
        about=draft.about,
        day=datetime.fromisoformat(draft.about["date"]),
        form=form,
        counts=counted(draft.about["rows"]),
        left_out=LEFT_OUT,
        undoable=arriving.may_be_undone(draft, clock.now()),
    )


def _draft(number: int) -> ArchiveDraft:
    return arriving.draft_of(db.session, current_staff(), number) or abort(404)


def _administrators_only() -> None:
    if not current_staff().is_administrator:
        abort(403)


def _data() -> Path:
    data: Path = current_app.config["DATA"]
    return data


def _keys() -> Keyring:
    keys: Keyring = current_app.extensions["keys"]
    return keys
