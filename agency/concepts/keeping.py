"""Keeping a concept as it is: editions, which partners read and comment on by a link."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from agency.concepts.models import Comment, Concept, Edition
from agency.concepts.sections import Content
from core.errors import FormUsedTwice, Refusal, message
from core.keys import Keyring
from core.links import hash_of, key_from, new_link
from core.models import insert_once

KEY = "concept"


class NoCommentsNow(Refusal):
    reason = message("Comments on this version are closed. A newer one may be open.")


def keep(
    session: Session,
    keys: Keyring,
    concept: Concept,
    content: Content,
    form_key: str,
    note: str,
    by: str,
    now: datetime,
) -> Edition:
    """Keep a content under the next number, once for each form; comments on others close.

    :raise FormUsedTwice: when the same form brings another note
    """
    last = select(func.max(Edition.number)).filter_by(concept_id=concept.id)
    same = select(Edition).filter_by(concept_id=concept.id, form_key=form_key)
    while True:
        if earlier := session.scalar(same):
            if earlier.note != note:
                raise FormUsedTwice
            return earlier
        made = insert_once(
            session, Edition, project_id=concept.project_id, concept_id=concept.id,
            number=(session.scalar(last) or 0) + 1, content=content.to_json(), note=note,
            by=by, at=now, form_key=form_key, **new_link(keys, KEY),
        )  # fmt: skip
        if made:
            others = update(Edition).where(Edition.concept_id == concept.id)
            others = others.where(Edition.id != made.id, Edition.opened.is_not(None))
            session.execute(others.where(Edition.closed.is_(None)).values(closed=now))
            return made


def content_of(edition: Edition) -> Content:
    """Return what was kept."""
    return Content.from_json(edition.content)


def editions_of(session: Session, concept: Concept) -> list[Edition]:
    """List what was kept of a concept, the newest first."""
    query = select(Edition).filter_by(concept_id=concept.id)
    return list(session.scalars(query.order_by(Edition.number.desc())))


def open_to_partners(edition: Edition, now: datetime) -> None:
    """Let partners comment by the link."""
    edition.opened, edition.closed = edition.opened or now, None


def close(edition: Edition, now: datetime) -> None:
    """Let nobody comment any more; what was said stays."""
    edition.closed = edition.closed or now


def is_open(edition: Edition) -> bool:
    return edition.opened is not None and edition.closed is None


def key_of(keys: Keyring, edition: Edition) -> str:
    """Return the key of the link with which partners read and comment."""
    return key_from(keys, KEY, edition.nonce)


def edition_with(session: Session, key: str) -> Edition | None:
    """Return the edition that a key opens, if partners may read it."""
    query = select(Edition).filter_by(key_hash=hash_of(key))
    return session.scalar(query.where(Edition.opened.is_not(None)))


def comment(
    session: Session,
    edition: Edition,
    form_key: str,
    entry: int | None,
    name: str,
    text: str,
    now: datetime,
    *,
    shows_name: bool = False,
    word_hash: str = "",
) -> Comment:
    """Say something to an edition, once for each form.

    :raise NoCommentsNow: when comments are closed
    :raise FormUsedTwice: when the same form says something else
    """
    if not is_open(edition):
        raise NoCommentsNow
    said = {"entry": entry, "name": name, "text": text, "shows_name": shows_name}
    key = {"edition_id": edition.id, "form_key": form_key}
    rest = {"project_id": edition.project_id, "at": now, "word_hash": word_hash}
    if made := insert_once(session, Comment, **key, **said, **rest):
        return made
    earlier = session.scalars(select(Comment).filter_by(**key)).one()
    if any(getattr(earlier, field) != value for field, value in said.items()):
        raise FormUsedTwice
    return earlier


def comments_on(session: Session, edition: Edition) -> list[Comment]:
    """List what was said to an edition, the oldest first."""
    query = select(Comment).filter_by(edition_id=edition.id, deleted=None)
    return list(session.scalars(query.order_by(Comment.id)))


def comment_on(
    session: Session, edition: Edition, number: int, *, gone: bool = False
) -> Comment | None:
    """Return a comment on an edition, of those that are there or of those that are *gone*."""
    query = select(Comment).filter_by(id=number, edition_id=edition.id)
    is_gone = Comment.deleted.is_not(None)
    return session.scalar(query.where(is_gone if gone else ~is_gone))


def comments_open(session: Session, editions: Sequence[Edition]) -> int:
    """Count the comments that nobody has settled."""
    query = select(func.count(Comment.id)).where(
        Comment.resolved.is_(None), Comment.deleted.is_(None)
    )
    return session.scalar(query.where(Comment.edition_id.in_([e.id for e in editions]))) or 0


def answer(comment: Comment, text: str, by: str, now: datetime, *, is_resolved: bool) -> None:
    """Answer a comment, and say whether it is settled; the last word counts."""
    comment.answer, comment.answered_by = text, by if text else ""
    comment.resolved = (comment.resolved or now) if is_resolved else None
