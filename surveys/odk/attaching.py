"""Attaching: pictures and recordings that came with a conversation, without what they tell
of the device: a picture is drawn anew and a recording is packed anew, so that place and time
of taking them are gone. Films and other files could tell anything, so they are not taken.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import photographs
from core.errors import Refusal, message
from core.models import insert_once
from core.queueing import Busy
from surveys.conversations.models import Conversation
from surveys.definition import Definition
from surveys.odk.forming import media_of
from surveys.odk.models import Attachment
from surveys.sounds import recoding

LARGEST = 20_000_000  # bytes of one file
LONGEST = 300  # seconds of a recording
SIDE = 1600  # dots that are left of a picture


class NoPicture(Refusal):
    reason = message(
        "The picture “%(name)s” cannot be read. Please take it again or remove it, then send "
        "the form again."
    )


class NoRecording(Refusal):
    reason = message(
        "The recording “%(name)s” cannot be kept: it is silent, no sound, or longer than five "
        "minutes. Please record it again or remove it, then send the form again."
    )


class NotTaken(Refusal):
    reason = message(
        "“%(name)s” is neither a picture nor a recording, and no other files are taken. Please "
        "remove it, then send the form again."
    )


@dataclass(frozen=True)
class Cleaned:
    """A file that tells nothing of the device any more, and the answer that names it."""

    field: str
    name: str
    kind: str
    content: bytes


def cleaned(
    definition: Definition,
    named: Mapping[str, str],
    files: Mapping[str, bytes],
    there: Collection[str],
) -> list[Cleaned]:
    """Return the files that some answers name (by field), but for those *there* already.

    It takes long, so it is done before anything is written.

    :raise NotTaken: when an answer names what is neither picture nor recording
    :raise NoPicture: when a picture is none
    :raise NoRecording: when nobody is to be heard in a recording
    :raise Busy: when others are before one
    """
    found = []
    for field, name in named.items():
        kind = media_of(definition.item(field.partition(":")[0]))
        if not kind:
            raise NotTaken(name=name)
        if name in files and name not in there:
            clean = redrawn if kind == "image" else _repacked
            found.append(Cleaned(field, name, kind, clean(files[name], name)))
    return found


def attach(session: Session, response_id: int, files: Sequence[Cleaned]) -> None:
    """Keep the files that came with a response; each once."""
    for each in files:
        insert_once(session, Attachment, response_id=response_id, **vars(each))


def names_of(session: Session, response_id: int | None) -> Collection[str]:
    """Return the names of the files that a response has already."""
    query = select(Attachment.name).filter_by(response_id=response_id)
    return set(session.scalars(query)) if response_id else ()


def attachments_of(
    session: Session, project_id: int, provider_id: int
) -> Sequence[tuple[str, int, str, str]]:
    """List the files of a provider's conversations: code, number, kind and name."""
    query = (
        select(Conversation.code, Attachment.id, Attachment.kind, Attachment.name)
        .join(Attachment, Attachment.response_id == Conversation.response_id)
        .where(Conversation.project_id == project_id, Conversation.provider_id == provider_id)
        .order_by(Conversation.month.desc(), Conversation.code, Attachment.id)
    )
    return [(code, number, kind, name) for code, number, kind, name in session.execute(query)]


def attachment(
    session: Session, project_id: int, provider_id: int, number: int
) -> Attachment | None:
    """Return a file of a conversation of this provider; all others are like none."""
    query = (
        select(Attachment)
        .join(Conversation, Conversation.response_id == Attachment.response_id)
        .where(Conversation.project_id == project_id, Conversation.provider_id == provider_id)
        .where(Attachment.id == number)
    )
    return session.scalar(query)


def redrawn(content: bytes, name: str) -> bytes:
    """Return a picture drawn anew: upright, not too large, with nothing written in it.

    :raise NoPicture: when it is none
    :raise Busy: when others are before one
    """
    try:
        return photographs.redrawn(content, SIDE)
    except ValueError as error:
        raise NoPicture(name=name) from error


def _repacked(content: bytes, name: str) -> bytes:
    try:
        return recoding.recode(content, LONGEST).data
    except Busy:
        raise
    except Refusal as refusal:
        raise NoRecording(name=name) from refusal
