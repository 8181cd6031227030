"""Keeping rooms: adding, changing, removing."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.calendar.models import Room
from core.errors import FormUsedTwice
from core.models import insert_once
from people.models import Project


def add_room(session: Session, project: Project, form_key: str, **columns: object) -> Room:
    """Enter a room, unless this form has.

    :raise FormUsedTwice: when the same form brings another one
    """
    key = {"project_id": project.id, "form_key": form_key}
    made = insert_once(session, Room, **key, **columns)
    if made:
        return made
    sent = session.scalars(select(Room).filter_by(**key)).one()
    if any(getattr(sent, name) != value for name, value in columns.items()):
        raise FormUsedTwice
    return sent


def change_room(room: Room, **columns: object) -> None:
    for name, value in columns.items():
        setattr(room, name, value)
    room.changed()


def remove_room(room: Room, now: datetime) -> None:
    """Take a room from the lists; what takes place there keeps it."""
    room.deleted = now
    room.changed()


def bring_room_back(room: Room) -> None:
    room.deleted = None
    room.changed()
