"""Taking a comment back: its writer may at any time, and the team; a day later it is erased."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from agency.concepts.models import Comment, Edition
from core import erasing
from core.erasing import Entry
from core.keys import Keyring

KEY = "concept comment"
SHORTEST = 6  # letters of a word with which somebody knows a comment for their own
STAYS = timedelta(days=1)  # so long it can be brought back


def hash_of(keys: Keyring, form_key: str, word: str) -> str:
    """Return what is kept of the word of a comment; nothing where somebody gave none."""
    said = " ".join(word.casefold().split())
    return keys.hash(KEY, f"{form_key} {said}") if said else ""


def is_word_of(keys: Keyring, comment: Comment, word: str) -> bool:
    """Tell whether somebody knows the word that its writer chose."""
    said = hash_of(keys, comment.form_key, word)
    return bool(said) and said == comment.word_hash


def take_back(comment: Comment, by: str, now: datetime) -> None:
    """Let nobody read a comment any more; *by* is empty when its writer asks for it."""
    if comment.deleted is None:
        comment.deleted, comment.deleted_by = now, by


def bring_back(comment: Comment) -> None:
    comment.deleted, comment.deleted_by = None, ""


def erased_by_the_team(session: Session, edition: Edition) -> list[Comment]:
    """List what the team took back and can still bring back."""
    query = select(Comment).filter_by(edition_id=edition.id)
    query = query.where(Comment.deleted.is_not(None), Comment.deleted_by != "")
    return list(session.scalars(query.order_by(Comment.id)))


@erasing.when_over(Comment.__tablename__)
def purge(session: Session, data: Path, now: datetime) -> int:
    """Erase what was taken back a day ago; return how many."""
    query = select(Comment.id, Comment.form_key, Edition.key_hash)
    query = query.join(Edition, Edition.id == Comment.edition_id)
    gone = session.execute(query.where(Comment.deleted < now - STAYS)).all()
    for _id, form_key, edition in gone:
        erasing.note(data, what=KEY, key=_key(edition, form_key))
    _erase(session, (row.id for row in gone))
    return len(gone)


@erasing.replayed(KEY)
def _again(session: Session, entry: Entry) -> None:
    query = select(Comment.id, Comment.form_key, Edition.key_hash)
    known = session.execute(query.join(Edition, Edition.id == Comment.edition_id)).all()
    _erase(session, (id for id, form, edition in known if _key(edition, form) == entry["key"]))


def _erase(session: Session, ids: Iterable[int]) -> None:
    session.execute(delete(Comment).where(Comment.id.in_([*ids])))


def _key(edition: str, form_key: str) -> str:
    """Return a key of a comment that means nothing to others."""
    return sha256(f"{edition} {form_key}".encode()).hexdigest()
