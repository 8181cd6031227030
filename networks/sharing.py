"""Showing a view of a network to whoever has its link, until a facilitator ends it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice
from core.keys import Keyring
from core.models import insert_once
from networks.models import SharedView
from people.models import Naming
from surveys.models import Survey

KEY = "shared-view"
LENGTH = 32  # hexadecimal digits: 128 bits
SHORTEST = 4  # letters of a short name that is looked for in a text


def share(
    session: Session,
    keys: Keyring,
    survey: Survey,
    title: str,
    view: Mapping[str, Any],
    naming: Naming,
    form_key: str,
    by: str,
    now: datetime,
) -> SharedView:
    """Make a link; the same form gives the same link.

    :raise FormUsedTwice: when the same form asks for another one
    """
    wishes = {"survey_id": survey.id, "title": title, "view": dict(view), "naming": naming}
    known = {"project_id": survey.project_id, "form_key": form_key}
    key_hash = _hash(keys, _key(keys, survey.project_id, form_key))
    link = insert_once(
        session, SharedView, key_hash=key_hash, made=now, by=by, **known, **wishes
    ) or session.scalars(select(SharedView).filter_by(**known)).one()  # fmt: skip
    if any(getattr(link, name) != value for name, value in wishes.items()):
        raise FormUsedTwice
    return link


def key_of(keys: Keyring, link: SharedView) -> str:
    """Return what the address of a link ends in; the database alone does not tell it."""
    return _key(keys, link.project_id, link.form_key)


def links_of(session: Session, survey: Survey) -> Sequence[SharedView]:
    """List the links to views of a wave, the newest first, those that have ended too."""
    query = select(SharedView).filter_by(survey_id=survey.id)
    return session.scalars(query.order_by(SharedView.id.desc())).all()


def end(session: Session, link: SharedView, now: datetime) -> None:
    query = update(SharedView).filter_by(id=link.id, ended=None).values(ended=now)
    session.execute(query)


def open_again(session: Session, link: SharedView) -> None:
    session.execute(update(SharedView).filter_by(id=link.id).values(ended=None))


def shared_with(session: Session, keys: Keyring, key: str) -> SharedView | None:
    """Return the link with this key, also one that has ended."""
    query = select(SharedView).join(Survey, Survey.id == SharedView.survey_id)
    query = query.where(SharedView.key_hash == _hash(keys, key), Survey.deleted.is_(None))
    return session.scalar(query)


def _key(keys: Keyring, project_id: int, form_key: str) -> str:
    return keys.hash(KEY, f"{project_id} {form_key}")[:LENGTH]


def _hash(keys: Keyring, key: str) -> str:
    return keys.hash(KEY, f"key {key}")
