"""Taking in answers that waited on a device: which response they belong to.

A response is told by the random key with which it began, or by its ticket, that only the
browser to which it was given can know.
"""

from hmac import compare_digest

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.keys import Keyring
from surveys.models import AnonymousResponse, Response, SurveyVersion
from surveys.responses.sitting import Start

KEY = "offline"


def ticket_of(keys: Keyring, survey_id: int, response_id: int | str) -> str:
    """Return what leads a device back to the response that it is giving."""
    return f"{response_id}.{_mark(keys, survey_id, response_id)}"


def response_with(keys: Keyring, survey_id: int, ticket: str) -> int | str | None:
    """Return the number of the response that a ticket leads to, if it is a true one."""
    text, _, mark = ticket.rpartition(".")
    number: int | str = int(text) if text.isdecimal() and len(text) < 19 else text
    true = _mark(keys, survey_id, number)
    return number if compare_digest(true.encode(), mark.encode()) else None


def begun_with(session: Session, survey_id: int, key_hash: str) -> int | None:
    """Return the number of the response that began with a key of the public link."""
    query = select(Response.id).filter_by(
        survey_id=survey_id, key_hash=key_hash, invitation_id=None
    )
    return session.scalar(query)


def change_of(session: Session, response_id: int | str) -> int:
    """Return the number of the last change that a device has sent to a response."""
    model = AnonymousResponse if isinstance(response_id, str) else Response
    return session.scalar(select(model.device_change).where(model.id == response_id)) or 0


def start_with(session: Session, start: Start, digest: str) -> Start | None:
    """Return the start with the version that a device took along, if the survey had it."""
    plain = digest.partition(" ")[0]
    query = select(SurveyVersion.id).filter_by(survey_id=start.survey_id, digest=plain)
    version_id = session.scalar(query)
    if version_id is None:
        return None
    worded = plain + "".join(start.digest.partition(" ")[1:])  # in the words of today
    return start._replace(version_id=version_id, digest=worded)


def _mark(keys: Keyring, survey_id: int, response_id: int | str) -> str:
    return keys.hash(KEY, f"{survey_id} {type(response_id).__name__} {response_id}")
