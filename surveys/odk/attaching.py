"""Attaching: pictures and recordings that came with a conversation, without what they tell
of the device: a picture is drawn anew, so that place and time of taking it are gone.
"""

import io
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.models import insert_once
from surveys.conversations.models import Conversation
from surveys.definition import Definition
from surveys.odk.forming import media_of
from surveys.odk.models import Attachment

LARGEST = 20_000_000  # bytes of one file
SIDE = 1600  # dots that are left of a picture
MOST_DOTS = 80_000_000  # more is no photo but a bomb
FORMATS = ("JPEG", "PNG", "WEBP")


class NoPicture(Refusal):
    reason = message(
        "The picture “%(name)s” cannot be read. Please take it again or remove it, then send "
        "the form again."
    )


def attach(
    session: Session,
    definition: Definition,
    response_id: int,
    named: Mapping[str, str],
    files: Mapping[str, bytes],
) -> int:
    """Keep the files that some answers name (by field); each once. Return how many are new.

    :raise NoPicture: when a picture is none
    """
    new = 0
    for field, name in named.items():
        content = files.get(name)
        if content is None:
            continue
        kind = media_of(definition.item(field.partition(":")[0]))
        place = {"response_id": response_id, "name": name}
        if session.scalar(select(Attachment.id).filter_by(**place)) is not None:
            continue
        kept = redrawn(content, name) if kind == "image" else content
        row = insert_once(session, Attachment, **place, field=field, kind=kind, content=kept)
        new += row is not None
    return new


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
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 - heavy

    drawn = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_DOTS:
                raise NoPicture(name=name)
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((SIDE, SIDE))
            clean = Image.new("RGB", upright.size)
            clean.paste(upright)
            clean.save(drawn, "JPEG", quality=82)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NoPicture(name=name) from error
    return drawn.getvalue()
