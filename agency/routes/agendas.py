"""The agenda of a meeting, its minutes, and what comes of both."""

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from agency.meetings import holding, noting, pairing
from agency.meetings.forms import LONGEST, ItemForm, ResolutionForm
from agency.meetings.models import AgendaItem, Meeting, Resolution
from agency.routes.meetings import desk, meeting_of, show, tie_form
from core import clock, web
from core.db import db
from core.errors import ChangedMeanwhile, Refusal, message
from core.sheets import plain
from networks import introducing
from networks.models import Introduction, RecordedTie, Stage
from networks.recording import Record, remove, restore
from people.current import current_project, current_staff, find
from people.models import Organisation


class HasNotes(Refusal):
    reason = message("This point has notes. Please empty them first.")


@desk.post("/<id:number>/agenda")
def add_item(number: int) -> ResponseReturnValue:
    it, form = meeting_of(number), ItemForm()
    if not form.validate():
        return show(it, item=form), 422

    said = form.item_title.data, form.item_minutes.data or 0, form.key.data
    holding.add_item(db.session, it, *said)
    db.session.commit()
    return _back(it, "agenda", gettext("The point is on the agenda."))


@desk.post("/<id:number>/agenda/introductions")
def take_introductions(number: int) -> ResponseReturnValue:
    it = meeting_of(number)

    taken = pairing.take(db.session, it, current_project())
    db.session.commit()
    said = ngettext("%(num)d pair is on it.", "%(num)d pairs are on it.", taken)
    return _back(it, "agenda", said)


@desk.post("/<id:number>/agenda/introductions/<id:introduction_id>")
def take_too(number: int, introduction_id: int) -> ResponseReturnValue:
    """Put a pair on this agenda that stands on another one; the page has said so."""
    it = meeting_of(number)
    introduction = find(Introduction, id=introduction_id)

    pairing.take_too(db.session, it, current_project(), introduction)
    db.session.commit()
    return _back(it, "agenda", gettext("The pair is on this agenda, too."))


@desk.post("/<id:number>/agenda/<id:item_id>/<any(up, down):way>")
def move_item(number: int, item_id: int, way: str) -> ResponseReturnValue:
    it = meeting_of(number)
    item = find(AgendaItem, id=item_id, meeting_id=it.id)

    holding.move(db.session, it, item, way == "up")
    db.session.commit()
    return _back(it, "agenda", gettext("Moved."))


@desk.post("/<id:number>/agenda/<id:item_id>/removal")
def remove_item(number: int, item_id: int) -> ResponseReturnValue:
    it = meeting_of(number)
    item = find(AgendaItem, id=item_id, meeting_id=it.id)
    if item.notes:
        raise HasNotes

    db.session.delete(item)
    db.session.commit()
    return _back(it, "agenda", gettext("The point is off the agenda."))


@desk.post("/<id:number>/minutes")
def write_minutes(number: int) -> ResponseReturnValue:
    """Save the notes of all points at once; nobody's words are lost to another's."""
    it, sent = meeting_of(number), request.form
    notes = {each.id: _typed(f"notes-{each.id}") for each in it.items}
    summary, version = _typed("summary"), sent.get("version", 0, int)
    if any(len(text) > LONGEST for text in (summary, *notes.values())):
        return show(it, typed=(summary, notes), trouble=gettext("A note is too long.")), 422

    try:
        noting.write_minutes(db.session, it, summary, notes, version)
    except ChangedMeanwhile as refusal:
        db.session.rollback()
        db.session.refresh(it)
        return show(it, typed=(summary, notes), trouble=gettext(refusal.reason)), 409
    db.session.commit()
    return _back(it, "minutes", gettext("The minutes are saved."))


@desk.post("/<id:number>/agenda/<id:item_id>/outcome")
def note_outcome(number: int, item_id: int) -> ResponseReturnValue:
    """Say what came of two who were to meet; who works together since has a tie."""
    it = meeting_of(number)
    introduction = find(AgendaItem, id=item_id, meeting_id=it.id).introduction
    stage = request.form.get("stage", "")
    if introduction is None or stage not in {*introducing.OUTCOMES}:
        return web.refuse(400, gettext("Please choose from what stands there."))

    by, now = current_staff().called, clock.now()
    old = introduction.outcome
    introducing.note_outcome(db.session, introduction, Stage(stage), old, by, now)
    db.session.commit()
    return _back(it, "agenda", gettext("Noted."))


@desk.post("/<id:number>/resolutions")
def decide(number: int) -> ResponseReturnValue:
    it, form = meeting_of(number), ResolutionForm()
    if not form.validate():
        return show(it, resolution=form), 422

    said = form.text.data, form.who.data, form.due.data, form.key.data
    noting.decide(db.session, it, *said)
    db.session.commit()
    return _back(it, "resolutions", gettext("The resolution is noted."))


@desk.post("/<id:number>/resolutions/<id:resolution_id>/<any(done, open):state>")
def finish(number: int, resolution_id: int, state: str) -> ResponseReturnValue:
    it = meeting_of(number)
    resolution = find(Resolution, id=resolution_id, meeting_id=it.id)

    noting.finish(db.session, resolution, clock.now() if state == "done" else None)
    db.session.commit()
    said = gettext("Done.") if state == "done" else gettext("It is open again.")
    return _back(it, "resolutions", said)


@desk.post("/<id:number>/ties")
def note_tie(number: int) -> ResponseReturnValue:
    """Record a tie that two of those who came told of."""
    it = meeting_of(number)
    form = tie_form(it)
    if not form.validate():
        return show(it, tie=form), 422
    one = find(Organisation, code=form.one.data)
    other = find(Organisation, code=form.other.data)

    noting.note_tie(db.session, it, one, other, current_staff().called)
    db.session.commit()
    return _back(it, "ties", gettext("The tie is recorded."))


@desk.post("/<id:number>/ties/<id:tie_id>/<any(removal, return):act>")
def remove_tie(number: int, tie_id: int, act: str) -> ResponseReturnValue:
    it, row = meeting_of(number), find(RecordedTie, id=tie_id)

    if act == "return":
        restore(db.session, row)
    else:
        remove(db.session, current_project(), Record.of(row), clock.now())
    db.session.commit()
    if act == "return":
        return _back(it, "ties", gettext("The tie counts again."))
    undo = url_for(".remove_tie", number=it.id, tie_id=row.id, act="return")
    return web.back(_at(it, "ties"), gettext("The tie counts no more."), undo=undo)


def _typed(name: str) -> str:
    return plain(request.form.get(name, "")).strip()


def _back(it: Meeting, part: str, said: str) -> ResponseReturnValue:
    return web.back(_at(it, part), said)


def _at(it: Meeting, part: str) -> str:
    return url_for(".meeting", number=it.id, _anchor=part)
