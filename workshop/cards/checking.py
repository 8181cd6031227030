"""Checking: where the facilitator reads each card, only what was read hangs."""

import json
from hashlib import blake2b

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from workshop.cards.models import Picture
from workshop.models import Idea
from workshop.moving import Act, change


class ChangedUnread(Refusal):
    reason = message("The card was changed just now. Please read it once more.")


def seen(idea: Idea, picture: Picture | None) -> str:
    """Return what stands for a card as it is shown, with its picture."""
    shown = [picture.digest, picture.description] if picture else []
    content = json.dumps([idea.title, idea.text, *shown])
    return blake2b(content.encode(), digest_size=12).hexdigest()


def let_hang(session: Session, idea: Idea, read: str) -> None:
    """Hang up a card that has waited for the facilitator, as they have *read* it.

    :raise ChangedUnread: when it is not as it was read any more
    :raise NotNow: when what hangs stays as it is
    """
    session.execute(update(Idea).filter_by(id=idea.id).values(is_waiting=False))
    session.refresh(idea)  # whoever changes it from here on lets it wait again
    picture = select(Picture).filter_by(idea_id=idea.id)
    fresh = picture.execution_options(populate_existing=True)
    if read != seen(idea, session.scalar(fresh)):
        raise ChangedUnread
    change(session, idea.board, Act.TAKE_DOWN)


def let_wait(session: Session, idea: Idea) -> None:
    """Let a card wait for the facilitator again.

    :raise NotNow: when what hangs stays as it is
    """
    session.execute(update(Idea).filter_by(id=idea.id).values(is_waiting=True))
    change(session, idea.board, Act.TAKE_DOWN)
