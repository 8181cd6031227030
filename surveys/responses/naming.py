"""Being named: an organisation decides who may see its name, at any time, by its own link."""

import hmac
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Naming, Organisation
from surveys.definition import Item
from surveys.models import Response, Survey
from surveys.responses.sitting import Sitting, sitting
from surveys.responses.speaking import name_as

KEY = "naming"


def token_of(keys: Keyring, response: Sitting) -> str:
    """Return the token of the link that belongs to a response and never expires."""
    return f"{response.id}-{_mark(keys, response.key_hash)}"


def response_with(session: Session, keys: Keyring, slug: str, token: str) -> Sitting | None:
    """Return the submitted response of a token, if it is one."""
    number, _, mark = token.partition("-")
    if not number.isdecimal() or len(number) > 9:
        return None
    place = sitting(session, int(number), slug)
    known = place is not None and hmac.compare_digest(_mark(keys, place.key_hash), mark)
    return place if place and known and place.submitted and place.organisation_id else None


def naming_of(session: Session, response: Sitting) -> Naming:
    """Return who may see the name of the organisation now."""
    return session.scalars(
        select(Organisation.naming).filter_by(id=response.organisation_id)
    ).one()


def change(
    session: Session, response: Sitting, item: Item | None, wish: Naming, now: datetime
) -> None:
    """Store the new word in the response, and let the organisation be named accordingly."""
    if item is not None:
        answers = dict(response.answers) | {item.name: str(wish)}
        query = update(Response).where(Response.id == response.id)
        query = query.values(answers=answers, revision=Response.revision + 1, saved=now)
        session.execute(query.execution_options(synchronize_session=False))
    leads = bool(session.scalar(select(Response.leading).filter_by(id=response.id)))
    if response.organisation_id is not None:
        name_as(session, response.organisation_id, wish, now, leads=leads)
    count = update(Survey).where(Survey.id == response.survey_id)
    session.execute(count.values(version=Survey.version + 1))


def _mark(keys: Keyring, key_hash: str) -> str:
    return keys.hash(KEY, key_hash)[:32]
