"""Joining a workshop by its code: no account, a name or none."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, Integer, bindparam, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.keys import Keyring
from core.models import insert_once
from core.quick import Question
from people.models import Sector
from workshop.models import Board, Channel, Participant, Workshop
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
    title: str
    shows_names: bool


_DOOR = Question(
    select(Workshop.id, Workshop.title, Board.shows_names)
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
    key = key_from(keys, workshop, form_key)
    values = {"project_id": workshop.project_id, "workshop_id": workshop.id, "joined": now}
    workshop.boards  # noqa: B018 - read before anything is written: others wait from then on
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


def join_at_once(
    engine: Engine, keys: Keyring, code: str, form_key: str, now: datetime, name: str
) -> str:
    """Let someone in as :func:`join` does and commit it; nothing when that is refused."""
    try:
        with Session(engine) as session:
            workshop = open_room_with(session, code)
            key = join(session, keys, workshop, form_key, now, name) if workshop else ""
            session.commit()
    except (Refusal, SQLAlchemyError):
        return ""
    return key


def key_from(keys: Keyring, workshop: Workshop, form_key: str) -> str:
    """Return the key of whoever joins with this form."""
    return keys.hash(KEY, f"{workshop.id} {form_key}")


_ENTERING = Question(  # prepared, as others wait meanwhile
    update(Workshop)
    .where(Workshop.id == bindparam("workshop_id"), Workshop.is_open)
    .values(hall=Workshop.hall + bindparam("one", type_=Integer))
    .returning(Workshop.id)
)
_ARRIVAL = Question(
    update(Board)
    .where(Board.id == bindparam("board_id"))
    .values(pulse=Board.pulse + bindparam("one", type_=Integer))
    .returning(Board.id)
)


def count_in(session: Session, workshop: Workshop) -> None:
    """Count one more person in the room.

    :raise RoomClosed: when it has been closed
    """
    session.flush()
    if not _ENTERING.ask(session, workshop_id=workshop.id, one=1):
        raise RoomClosed
    session.expire(workshop, ["hall"])
    _ARRIVAL.ask(session, board_id=workshop.board.id, one=1)
    session.expire(workshop.board, ["pulse"])


def participant_with(
    session: Session, keys: Keyring, code: str, key: str
) -> Participant | None:
    """Return the participant whose browser holds *key*, in the workshop with this *code*."""
    seat = select(Participant).join(Workshop).where(Workshop.code == code)
    return session.scalar(seat.where(Participant.key_hash == keys.hash(KEY, key)))
