"""Breaking a conversation off, or deleting it later by its code: nothing of it is left."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import erasing as erasures
from core.keys import Keyring
from surveys.conversations.holding import PREFIX, key_of
from surveys.conversations.models import Conversation, SharedIdea
from surveys.models import Response
from surveys.responses import erasing
from surveys.responses.sitting import Sitting

erasing.TABLES += [Conversation.__tablename__, SharedIdea.__tablename__]
LONG_ENOUGH = timedelta(days=2)  # for any conversation that is beginning to be committed


def erase(
    session: Session, data: Path, conversation: Conversation, response: Sitting, now: datetime
) -> None:
    """Delete a conversation and all that follows from it; :func:`forget` its key afterwards.

    One that was under way leaves no record at all, as it was never counted.
    """
    if conversation.draft is None:
        erasing.erase(session, data, response, now)
        return
    erasures.note(data, what="response", key=response.key_hash)
    session.execute(
        delete(Response)
        .where(Response.id == conversation.response_id)
        .execution_options(synchronize_session=False)
    )


def forget(keys: Keyring, response_id: int) -> None:
    """Destroy the key of a conversation that is deleted, once that is committed."""
    keys.destroy(key_of(response_id))


def forget_the_rest(session: Session, keys: Keyring, now: datetime) -> int:
    """Destroy the keys of conversations that went in another way; return how many."""
    old = keys.old(PREFIX, (now - LONG_ENOUGH).timestamp())
    alive = {key_of(number) for number in session.scalars(select(Conversation.response_id))}
    gone = [name for name in old if name not in alive]
    for name in gone:
        keys.destroy(name)
    return len(gone)
