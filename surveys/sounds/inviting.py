"""Letting people speak who have no account: a link for one survey in one language."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice
from core.keys import Keyring
from core.models import insert_once
from surveys.models import State, Survey
from surveys.sounds.models import SpeakerLink

KEY = "speakers"
LENGTH = 32  # hexadecimal digits: 128 bits


def invite(
    session: Session, keys: Keyring, survey: Survey, language: str, form_key: str, now: datetime
) -> SpeakerLink:
    """Make a link; the same form gives the same link.

    :raise FormUsedTwice: when the same form asks for another one
    """
    nonce = f"{survey.id} {form_key}"
    known = {"token_hash": _hash(keys, _token(keys, nonce))}
    wishes = {"survey_id": survey.id, "language": language}
    link = insert_once(
        session, SpeakerLink, project_id=survey.project_id, nonce=nonce, created=now,
        **wishes, **known,
    ) or session.scalars(select(SpeakerLink).filter_by(**known)).one()  # fmt: skip
    if (link.survey_id, link.language) != (survey.id, language):
        raise FormUsedTwice
    return link


def token_of(keys: Keyring, link: SpeakerLink) -> str:
    """Return what the address of a link ends in."""
    return _token(keys, link.nonce)


def links_of(session: Session, survey: Survey, language: str) -> Sequence[SpeakerLink]:
    """List the links that open, the oldest first."""
    query = select(SpeakerLink).filter_by(survey_id=survey.id, language=language, revoked=None)
    return session.scalars(query.order_by(SpeakerLink.id)).all()


def revoke(session: Session, link: SpeakerLink, now: datetime) -> None:
    """Let a link open nothing any more."""
    query = update(SpeakerLink).filter_by(id=link.id, revoked=None).values(revoked=now)
    session.execute(query)


def opened(session: Session, keys: Keyring, token: str) -> SpeakerLink | None:
    """Return the link with this token, unless it was revoked or its survey is closed."""
    query = select(SpeakerLink).join(Survey, Survey.id == SpeakerLink.survey_id)
    query = query.where(Survey.state != State.CLOSED, SpeakerLink.revoked.is_(None))
    return session.scalar(query.where(SpeakerLink.token_hash == _hash(keys, token)))


def _token(keys: Keyring, nonce: str) -> str:
    return keys.hash(KEY, nonce)[:LENGTH]


def _hash(keys: Keyring, token: str) -> str:
    return keys.hash(KEY, f"token {token}")
