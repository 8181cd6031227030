"""A workshop as one file, out and in."""

from flask import current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from core import web
from core.db import db
from core.downloading import download
from core.errors import Refusal
from people.current import current_project, find
from workshop.archive.forms import ArchiveForm
from workshop.archive.reading import bring
from workshop.archive.writing import write
from workshop.models import Workshop
from workshop.routes.desk import bp

LARGEST = 8_000_000  # bytes of a file


@bp.get("/<slug>/archive")
def archive(slug: str) -> ResponseReturnValue:
    """What is in the file, and whether with names."""
    return render_template("workshop/archive.html", workshop=find(Workshop, slug=slug))


@bp.get("/<slug>/archive.zip")
def archive_zip(slug: str) -> ResponseReturnValue:
    workshop = find(Workshop, slug=slug)
    with_names = request.args.get("names") == "yes"
    return download(write(db.session, workshop, with_names=with_names), "zip", slug)


@bp.get("/archive/import")
def choose_archive() -> ResponseReturnValue:
    return render_template("workshop/bring.html", form=ArchiveForm())


@bp.post("/archive/import")
@web.takes(LARGEST)
def bring_archive() -> ResponseReturnValue:
    form = ArchiveForm()
    if not form.validate():
        return render_template("workshop/bring.html", form=form), 422

    keys = current_app.extensions["keys"]
    try:
        workshop = bring(db.session, keys, current_project(), form.content, form.key.data)
        db.session.commit()
    except Refusal as refusal:
        db.session.rollback()
        form.file.errors = [gettext(refusal.reason, **refusal.values)]
        return render_template("workshop/bring.html", form=form), 422
    page = url_for(".workshop", slug=workshop.slug)
    return web.back(page, gettext("The workshop is there, as it was when it was closed."))
