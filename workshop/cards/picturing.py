"""The picture of a card: one, drawn anew, with words for those who do not see it."""

from hashlib import blake2b

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, undefer

from core.errors import Refusal, message
from core.models import insert_once
from core.photographs import redrawn, size_of
from workshop.cards.models import Picture
from workshop.models import Idea, Participant
from workshop.moving import Act, change
from workshop.posting import NotYours

LARGEST = 20_000_000  # bytes, as it comes from a phone
SIDE, SMALL_SIDE = 1280, 480  # dots
DESCRIPTION_LIMIT = 300


class NoPicture(Refusal):
    reason = message(
        "This file cannot be read as a picture. Please take a photo (JPEG, PNG or WebP)."
    )


def picture(
    session: Session, idea: Idea, author: Participant, content: bytes, description: str
) -> None:
    """Hang a picture on one's own card, instead of one that hangs there.

    :raise NoPicture: when it is none, or far too large
    :raise Busy: when others are before one
    :raise NotYours: when it is the card of somebody else
    :raise NotNow: when no cards are being collected
    """
    if idea.author_id != author.id:
        raise NotYours
    try:
        values = drawn(content) | {"description": description}
    except ValueError as error:
        raise NoPicture from error
    if not insert_once(session, Picture, project_id=idea.project_id, idea_id=idea.id, **values):
        session.execute(update(Picture).filter_by(idea_id=idea.id).values(**values))
    _changed(session, idea)


def drawn(content: bytes) -> dict[str, object]:
    """Draw a picture anew and return it as the columns of a row.

    :raise ValueError: when it is none, or far too large
    :raise Busy: when others are before one
    """
    large = redrawn(content, SIDE)
    small = redrawn(large, SMALL_SIDE)
    width, height = size_of(small)
    return {
        "digest": blake2b(content, digest_size=12).hexdigest(),
        "content": large, "small": small, "width": width, "height": height,
    }  # fmt: skip


def describe(session: Session, idea: Idea, author: Participant, description: str) -> None:
    """Say what is to be seen on the picture of one's own card.

    :raise NotYours: when it is the card of somebody else
    :raise NotNow: when no cards are being collected
    """
    if idea.author_id != author.id:
        raise NotYours
    values = {"description": description}
    session.execute(update(Picture).filter_by(idea_id=idea.id).values(**values))
    _changed(session, idea)


def take_away(session: Session, idea: Idea, author: Participant) -> None:
    """Take the picture from one's own card; it is gone.

    :raise NotYours: when it is the card of somebody else
    :raise NotNow: when no cards are being collected
    """
    if idea.author_id != author.id:
        raise NotYours
    remove(session, idea, Act.WRITE)


def remove(session: Session, idea: Idea, act: Act = Act.TAKE_DOWN) -> None:
    """Take a picture that does not belong there from a card; it is gone.

    :raise NotNow: when the phase does not allow it
    """
    session.execute(delete(Picture).filter_by(idea_id=idea.id))
    change(session, idea.board, act)


def picture_of(session: Session, idea: Idea) -> Picture | None:
    """Return the picture of *idea* with its dots, if it has one."""
    with_dots = undefer(Picture.content), undefer(Picture.small)
    return session.scalar(select(Picture).filter_by(idea_id=idea.id).options(*with_dots))


def _changed(session: Session, idea: Idea) -> None:
    if idea.board.is_checked:
        session.execute(update(Idea).filter_by(id=idea.id).values(is_waiting=True))
    change(session, idea.board, Act.WRITE)
