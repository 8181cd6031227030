"""The rooms that organisations share."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from agency.calendar import sharing, viewing
from agency.calendar.forms import RoomForm
from agency.calendar.models import Room
from agency.routes.calendar import EDITORS, EVERYONE, calendar, mine_only, organisations
from core import clock, web
from core.db import db
from people.current import current_project, find

SAID_OF = {True: "yes", False: "no", None: ""}


@calendar.get("/rooms")
@EVERYONE
def rooms() -> ResponseReturnValue:
    return _list(RoomForm(organisations()))


@calendar.post("/rooms")
@EDITORS
def add_room() -> ResponseReturnValue:
    form = RoomForm(organisations())
    if not form.validate():
        return _list(form), 422

    room = sharing.add_room(db.session, current_project(), form.key.data, **form.columns())
    db.session.commit()
    said = gettext("The room is in the list: %(name)s.", name=room.name)
    return web.back(url_for(".rooms"), said)


@calendar.get("/rooms/<id:room_id>")
@EDITORS
def edit_room(room_id: int) -> ResponseReturnValue:
    room = _own(room_id)
    names = ("name", "seats", "locality", "note")
    data = {name: getattr(room, name) for name in names}
    data |= {"organisation": str(room.organisation_id), "step_free": SAID_OF[room.step_free]}
    form = RoomForm(organisations(), data=data)
    return render_template("agency/calendar/room.html", form=form, room=room)


@calendar.post("/rooms/<id:room_id>")
@EDITORS
def change_room(room_id: int) -> ResponseReturnValue:
    room, form = _own(room_id), RoomForm(organisations())
    if not form.validate():
        return render_template("agency/calendar/room.html", form=form, room=room), 422

    sharing.change_room(room, **form.columns())
    db.session.commit()
    return web.back(url_for(".rooms"), gettext("The room is changed."))


@calendar.post("/rooms/<id:room_id>/removal")
@EDITORS
def remove_room(room_id: int) -> ResponseReturnValue:
    room = _own(room_id)

    sharing.remove_room(room, clock.now())
    db.session.commit()
    undo = url_for(".bring_room_back", room_id=room.id)
    return web.back(url_for(".rooms"), gettext("The room is off the list."), undo=undo)


@calendar.post("/rooms/<id:room_id>/return")
@EDITORS
def bring_room_back(room_id: int) -> ResponseReturnValue:
    room = find(Room, id=room_id)
    mine_only(room.organisation_id)

    sharing.bring_room_back(room)
    db.session.commit()
    return web.back(url_for(".rooms"), gettext("The room is in the list again."))


def _own(room_id: int) -> Room:
    room = find(Room, id=room_id, deleted=None)
    mine_only(room.organisation_id)
    return room


def _list(form: RoomForm) -> str:
    known = viewing.rooms_of(db.session, current_project())
    return render_template("agency/calendar/rooms.html", rooms=known, form=form)
