"""Joining a workshop by its code: no account, a name or none."""

import unicodedata
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.keys import Keyring
from core.models import insert_once
from people.models import Sector
from workshop.models import Channel, Participant, Workshop
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


def key_from(keys: Keyring, workshop: Workshop, form_key: str) -> str:
    """Return the key of whoever joins with this form."""
    return keys.hash(KEY, f"{workshop.id} {form_key}")


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
