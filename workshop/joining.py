"""Joining a workshop by its code: no account, a name or none."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, bindparam, exists, insert, select, update
from sqlalchemy.orm import Session

from core import together
from core.errors import Refusal, message
from core.keys import Keyring
from core.models import insert_once
from core.quick import Command, Question
from people.models import Sector
from workshop.models import Board, Channel, Participant, Workshop
from workshop.moving import notice_arrival
from workshop.preparing import ALPHABET, CODE_LENGTH

KEY = "participants"


class RoomClosed(Refusal):
    reason = message("This room is closed at the moment. Please ask the facilitator.")


def plain_code(typed: str) -> str:
    """Return the code someone meant: in any case, spacing and digits; or nothing."""
    folded = unicodedata.normalize("NFKC", typed).upper()
    marks = (str(unicodedata.digit(c, c)) for c in folded)
    code = "".join(mark for mark in marks if mark.isalnum())
    fits = len(code) == CODE_LENGTH and set(code) <= set(ALPHABET)
    return f"{code[:4]}-{code[4:]}" if fits else ""


def workshop_with(session: Session, typed: str) -> Workshop | None:
    """Return the workshop whose code was typed, its room open or closed."""
    return session.scalar(select(Workshop).filter_by(code=plain_code(typed)))


def open_room_with(session: Session, typed: str) -> Workshop | None:
    """Return the open room whose code was typed; a closed room is like none."""
    return session.scalar(select(Workshop).filter_by(code=plain_code(typed), is_open=True))


@dataclass(frozen=True, slots=True)
class Door:
    """What the page says on which people come into a room."""

    workshop_id: int
    board_id: int
    title: str
    shows_names: bool


_DOOR = Question(
    select(Workshop.id, Board.id, Workshop.title, Board.shows_names)
    .join(Board, (Board.workshop_id == Workshop.id) & (Board.position == Workshop.front))
    .where(Workshop.code == bindparam("code"), Workshop.is_open)
)


def door(engine: Engine, code: str) -> Door | None:
    """Return the way into the open room with this *code*."""
    row = _DOOR.ask(engine, code=code)
    return Door(*row) if row else None


def join(
    session: Session,
    keys: Keyring,
    workshop: Workshop,
    form_key: str,
    now: datetime,
    name: str = "",
    sector: Sector | None = None,
) -> str:
    """Let someone in and return the key by which their browser is known from now on.

    The key comes out of the key of the form, so that a form sent twice lets one person in.

    :raise RoomClosed: when the room has been closed
    """
    key = key_from(keys, workshop.id, form_key)
    values = {"project_id": workshop.project_id, "workshop_id": workshop.id, "joined": now}
    came = insert_once(
        session,
        Participant,
        key_hash=keys.hash(KEY, key),
        name=name,
        sector=sector,
        channel=Channel.OWN,
        **values,
    )
    if came:
        count_in(session, workshop)
    return key


_SAID = {  # of whoever comes with a device of their own
    name: bindparam(name, type_=Participant.__table__.c[name].type)
    for name in ("key_hash", "name", "channel", "joined", "is_host", "ready")
}
_ENTRY = Command(
    insert(Participant).from_select(
        ["project_id", "workshop_id", *_SAID],
        select(Workshop.project_id, Workshop.id, *_SAID.values()).where(
            Workshop.id == bindparam("workshop_id"),
            Workshop.is_open,
            ~exists().where(Participant.key_hash == _SAID["key_hash"]),
        ),
        include_defaults=False,
    )
)
_COUNT = Command(
    update(Workshop)
    .where(Workshop.id == bindparam("workshop_id"), Workshop.is_open)
    .values(hall=Workshop.hall + 1)
)
_PULSE = Command(
    update(Board).where(Board.id == bindparam("board_id")).values(pulse=Board.pulse + 1)
)


def join_at_once(
    engine: Engine, keys: Keyring, door: Door, form_key: str, now: datetime, name: str
) -> str:
    """Let someone in as :func:`join` does, committed with others who come at this moment.

    Nothing is done when the room is closed, or the form has let them in already.
    """
    room, key = {"workshop_id": door.workshop_id}, key_from(keys, door.workshop_id, form_key)
    person: dict[str, object] = {"key_hash": keys.hash(KEY, key), "name": name, "joined": now}
    person |= {"channel": Channel.OWN, "is_host": False, "ready": -1}

    def act(cursor: Any) -> int:
        if not _ENTRY.carry_out_on(cursor, engine, **room, **person):
            return 0
        if not _COUNT.carry_out_on(cursor, engine, **room):
            raise RoomClosed
        return _PULSE.carry_out_on(cursor, engine, board_id=door.board_id)

    try:
        return key if together.write_all(engine, act) else ""
    except (Refusal, engine.dialect.dbapi.Error):  # type: ignore[union-attr]
        return ""


def key_from(keys: Keyring, workshop_id: int, form_key: str) -> str:
    """Return the key of whoever joins with this form."""
    return keys.hash(KEY, f"{workshop_id} {form_key}")


def count_in(session: Session, workshop: Workshop) -> None:
    """Count one more person in the room.

    :raise RoomClosed: when it has been closed
    """
    entering = update(Workshop).where(Workshop.id == workshop.id, Workshop.is_open)
    entering = entering.values(hall=Workshop.hall + 1).returning(Workshop.id)
    if session.scalar(entering) is None:
        raise RoomClosed
    notice_arrival(session, workshop.board.id)


def participant_with(
    session: Session, keys: Keyring, code: str, key: str
) -> Participant | None:
    """Return the participant whose browser holds *key*, in the workshop with this *code*."""
    seat = select(Participant).join(Workshop).where(Workshop.code == code)
    return session.scalar(seat.where(Participant.key_hash == keys.hash(KEY, key)))
