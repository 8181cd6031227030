"""Breaking a conversation off, or deleting it later by its code: nothing of it is left."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core import erasing as erasures
from core.keys import Keyring
from surveys.conversations.holding import PREFIX, key_of
from surveys.conversations.models import Conversation
from surveys.models import Response
from surveys.responses import erasing
from surveys.responses.sitting import Sitting

LONG_ENOUGH = timedelta(days=2)  # for any conversation that is beginning to be committed


def erase(
    session: Session, data: Path, conversation: Conversation, response: Sitting, now: datetime
) -> None:
    """Delete a conversation and all that follows from it; forget its key afterwards.

    One that was under way leaves no record at all, as it was never counted.
    """
    under_way = Response.id == conversation.response_id, Response.submitted.is_(None)
    gone = delete(Response).where(*under_way).returning(Response.id)
    if session.scalar(gone.execution_options(synchronize_session=False)) is None:
        erasing.erase(session, data, response, now)
    else:
        erasures.note(data, what="response", key=response.key_hash)


def forget_the_rest(session: Session, keys: Keyring, now: datetime) -> int:
    """Destroy the keys of conversations that are over in another way; return how many."""
    old = keys.old(PREFIX, (now - LONG_ENOUGH).timestamp())
    under_way = select(Conversation.response_id).where(Conversation.draft.is_not(None))
    alive = {key_of(number) for number in session.scalars(under_way)}
    gone = [name for name in old if name not in alive]
    for name in gone:
        keys.destroy(name)
    return len(gone)
