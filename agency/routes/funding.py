"""The directory of funding programmes: find, read, enter, change, check, take along."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.funding import exporting, keeping, reminding
from agency.funding.forms import ProgrammeForm
from agency.funding.keeping import entry_of
from agency.funding.models import Programme
from agency.routes import feed_words
from agency.routes.funding_area import READERS, funding, may, translations
from core import clock, ical, web
from core.db import db
from core.downloading import download
from core.errors import ChangedMeanwhile
from core.ical import Entry
from core.sheets import write_csv
from people.current import current_project, current_staff, find, open_to
from people.models import Membership, Project, Role


@funding.get("")
@open_to(*READERS)
def programmes() -> ResponseReturnValue:
    """All programmes, or those that fit what is looked for."""
    everything = keeping.listed(db.session, current_project())
    names = ("q", "kind", "theme", "legal_form")
    wanted = {name: request.args.get(name, "")[:100] for name in names}
    today = clock.today()
    return render_template(
        "agency/funding/programmes.html",
        found=keeping.found_in(everything, **wanted),
        all=len(everything),
        old=sum(keeping.is_old(each, today) for each in everything),
        wanted=wanted,
        next_ones=reminding.deadlines(everything, today)[:3],
        gone=keeping.removed(db.session, current_project()) if may() else [],
        may_edit=may(),
        may_check=may(Role.ADVISER),
    )


@funding.post("/known")
def take_over() -> ResponseReturnValue:
    """Enter the programmes that the Werkstatt brings along."""
    who, now = current_staff().called, clock.now()

    new = keeping.take_over(db.session, current_project(), who, now)
    db.session.commit()
    said = ngettext(
        "%(num)d programme is new in the directory.",
        "%(num)d programmes are new in the directory.",
        new,
    )
    return web.back(url_for(".programmes"), said)


@funding.get("/programmes.csv")
@open_to(*READERS)
def export() -> ResponseReturnValue:
    """The directory as a table that the import reads back."""
    everything = keeping.listed(db.session, current_project())
    rows = exporting.rows_of(everything, translations())
    return download(write_csv(rows), "csv", f"{current_project().slug}-{gettext('funding')}")


@funding.get("/new")
def new_programme() -> ResponseReturnValue:
    return render_template("agency/funding/form.html", form=ProgrammeForm(), it=None)


@funding.post("/programmes")
def add_programme() -> ResponseReturnValue:
    form = ProgrammeForm()
    if not form.validate():
        return render_template("agency/funding/form.html", form=form, it=None), 422

    who, key = current_staff().called, form.key.data
    it = keeping.add(
        db.session, current_project(), form.entry(), who, clock.now(), form_key=key
    )
    db.session.commit()
    said = gettext("The programme is in the directory now.")
    return web.back(url_for(".programme", programme_id=it.id), said)


@funding.get("/programmes/<id:programme_id>")
@open_to(*READERS)
def programme(programme_id: int) -> ResponseReturnValue:
    """All that is known of one programme, and how well."""
    it = find(Programme, id=programme_id, deleted=None)
    return render_template(
        "agency/funding/programme.html",
        it=it,
        entry=entry_of(it),
        may_edit=may(),
        may_check=may(Role.ADVISER),
    )


@funding.get("/programmes/<id:programme_id>/edit")
def edit_programme(programme_id: int) -> ResponseReturnValue:
    it = find(Programme, id=programme_id, deleted=None)
    form = ProgrammeForm(data=vars(entry_of(it)) | {"version": it.version})
    return render_template("agency/funding/form.html", form=form, it=it)


@funding.post("/programmes/<id:programme_id>")
def change_programme(programme_id: int) -> ResponseReturnValue:
    it = find(Programme, id=programme_id, deleted=None)
    form = ProgrammeForm()
    if not form.validate():
        return render_template("agency/funding/form.html", form=form, it=it), 422

    version, who = form.version.data or 0, current_staff().called
    try:
        keeping.change(db.session, it, form.entry(), version, who, clock.now())
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        db.session.refresh(it)
        form.version.data, form.version.raw_data = it.version, None
        form.form_errors = [gettext(refusal.reason)]
        return render_template("agency/funding/form.html", form=form, it=it), 409
    db.session.commit()
    said = gettext("The programme is changed.")
    return web.back(url_for(".programme", programme_id=it.id), said)


@funding.post("/programmes/<id:programme_id>/mark")
@open_to(Role.ADVISER)
def mark_checked(programme_id: int) -> ResponseReturnValue:
    """Say that the entry was compared with its source today."""
    it = find(Programme, id=programme_id, deleted=None)

    keeping.note_checked(it, current_staff().called, clock.today())
    db.session.commit()
    undo = url_for(".take_mark_back", programme_id=it.id)
    said = gettext("Checked today, with your name.")
    return web.back(url_for(".programme", programme_id=it.id), said, undo=undo)


@funding.post("/programmes/<id:programme_id>/mark/removal")
@open_to(Role.ADVISER)
def take_mark_back(programme_id: int) -> ResponseReturnValue:
    it = find(Programme, id=programme_id, deleted=None)

    keeping.take_check_back(it, current_staff().called, clock.today())
    db.session.commit()
    said = gettext("The check mark is taken back.")
    return web.back(url_for(".programme", programme_id=it.id), said)


@funding.post("/programmes/<id:programme_id>/removal")
def remove_programme(programme_id: int) -> ResponseReturnValue:
    it = find(Programme, id=programme_id)

    keeping.remove(it, clock.now())
    db.session.commit()
    undo = url_for(".bring_programme_back", programme_id=it.id)
    said = gettext("“%(name)s” is deleted.", name=it.name)
    return web.back(url_for(".programmes"), said, undo=undo)


@funding.post("/programmes/<id:programme_id>/return")
def bring_programme_back(programme_id: int) -> ResponseReturnValue:
    it = find(Programme, id=programme_id)

    keeping.bring_back(it)
    db.session.commit()
    said = gettext("“%(name)s” is in the directory again.", name=it.name)
    return web.back(url_for(".programmes"), said)


@funding.get("/deadlines")
@open_to(*READERS)
def deadlines() -> ResponseReturnValue:
    """By when one must apply, the next day first; and of which it is not known."""
    everything, today = keeping.listed(db.session, current_project()), clock.today()
    return render_template(
        "agency/funding/deadlines.html",
        ahead=reminding.deadlines(everything, today),
        unknown=reminding.without_deadline(everything, today),
        any=bool(everything),
    )


@ical.register_feed
def _deadlines_of(session: Any, reader: Membership) -> list[Entry]:
    if reader.role not in {Role.FACILITATOR, *READERS}:
        return []
    project = session.get_one(Project, reader.project_id)
    ahead = reminding.deadlines(keeping.listed(session, project), clock.today())
    return [_dated(project, each) for each in ahead]


def _dated(project: Project, it: reminding.Deadline) -> Entry:
    path = url_for("funding.programme", project=project.slug, programme_id=it.programme.id)
    doubt = feed_words.unchecked()
    return Entry(
        f"deadline-{it.programme.id}-{it.day:%Y%m%d}",
        feed_words.deadline(it.programme.name),
        it.day,
        note="\n".join(filter(None, (it.programme.funder, doubt if it.is_old else ""))),
        address=web.public(path),
        changed=it.programme.at,
    )
