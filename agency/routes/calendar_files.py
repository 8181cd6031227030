"""A calendar file of somebody else: looked at, brought in, and taken back."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.calendar import importing, viewing
from agency.calendar.forms import ImportForm
from agency.calendar.importing import State
from agency.calendar.models import Import, Room
from agency.routes.calendar import EDITORS, calendar, mine_only, organisations
from core import clock, web
from core.db import db
from people.current import current_project, current_staff, find
from people.models import Organisation


@calendar.get("/import")
@EDITORS
def upload() -> ResponseReturnValue:
    return render_template("agency/calendar/upload.html", form=_form())


@calendar.post("/import")
@EDITORS
def begin_import() -> ResponseReturnValue:
    form = _form()
    if not form.validate():
        return render_template("agency/calendar/upload.html", form=form), 422

    whose = find(Organisation, id=int(form.organisation.data))
    room = find(Room, id=int(form.room.data)) if form.room.data else None
    begun = importing.begin(
        db.session,
        current_project(),
        form.found,
        form.filename,
        whose,
        room.id if room else None,
        current_staff().called,
        clock.now(),
        form.key.data,
    )
    db.session.commit()
    return redirect(url_for(".preview", calendar_id=begun.id), 303)


@calendar.get("/import/<id:calendar_id>")
@EDITORS
def preview(calendar_id: int) -> ResponseReturnValue:
    """What becomes of every entry; afterwards what became of them."""
    draft = _own(calendar_id)
    rows = [] if draft.imported else importing.preview(db.session, draft)
    return render_template(
        "agency/calendar/preview.html",
        draft=draft,
        rows=rows,
        whose=find(Organisation, id=draft.organisation_id),
        room=find(Room, id=draft.room_id) if draft.room_id else None,
        ready=sum(row.state == State.NEW for row in rows),
    )


@calendar.post("/import/<id:calendar_id>")
@EDITORS
def bring_in(calendar_id: int) -> ResponseReturnValue:
    draft = _own(calendar_id)

    who = current_staff().called, clock.now()
    importing.bring_in(db.session, current_project(), draft, *who)
    db.session.commit()
    return redirect(url_for(".preview", calendar_id=calendar_id), 303)


@calendar.post("/import/<id:calendar_id>/undoing")
@EDITORS
def undo_import(calendar_id: int) -> ResponseReturnValue:
    draft = _own(calendar_id)

    left = importing.undo(db.session, draft, clock.now())
    db.session.commit()
    said = gettext("The import is undone.")
    if left:
        said += " " + ngettext(
            "%(num)d entry was changed since and stays.",
            "%(num)d entries were changed since and stay.",
            left,
        )
    return web.back(url_for(".preview", calendar_id=calendar_id), said)


def _own(calendar_id: int) -> Import:
    draft = find(Import, id=calendar_id)
    mine_only(draft.organisation_id)
    return draft


def _form() -> ImportForm:
    rooms = viewing.rooms_of(db.session, current_project())
    return ImportForm(organisations(), rooms)
