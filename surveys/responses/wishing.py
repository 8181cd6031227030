"""Wishing to hear the results: an address that is kept apart, written to once, and deleted."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core.addresses import usable
from core.keys import Keyring
from core.models import insert_once
from surveys.models import ResultsWish

KEY = "wishes"


def wish(session: Session, keys: Keyring, survey_id: int, address: str, language: str) -> str:
    """Keep an address for the results of a survey, once, and return the number of the wish.

    :raise UnusableAddress: when no mail can be sent to it
    """
    written = usable(address)
    number = keys.hash(KEY, f"{survey_id} {written.casefold()}")
    values = {"survey_id": survey_id, "language": language}
    sealed = keys.seal(KEY, written, _place(number))
    insert_once(session, ResultsWish, id=number, sealed=sealed, **values)
    return number


def is_wished(session: Session, survey_id: int, number: str) -> bool:
    query = select(ResultsWish.id).filter_by(survey_id=survey_id, id=number)
    return session.scalar(query) is not None


def give_up(session: Session, survey_id: int, number: str) -> None:
    """Delete a wish; there may be none any more."""
    session.execute(delete(ResultsWish).filter_by(survey_id=survey_id, id=number))


def wishes(session: Session, survey_id: int) -> int:
    """Count those who want to hear the results of a survey."""
    query = select(func.count()).select_from(ResultsWish).filter_by(survey_id=survey_id)
    return session.scalar(query) or 0


def fulfil(session: Session, keys: Keyring, survey_id: int) -> tuple[str, str] | None:
    """Take one wish away and return its address and language; nothing when none is left.

    Whoever takes it writes the mail in the same transaction, so each is written once.
    """
    one = select(ResultsWish.id).filter_by(survey_id=survey_id).limit(1).scalar_subquery()
    gone = (
        delete(ResultsWish)
        .where(ResultsWish.id == one)
        .returning(ResultsWish.id, ResultsWish.sealed, ResultsWish.language)
    )
    row = session.execute(gone.execution_options(synchronize_session=False)).one_or_none()
    if row is None:
        return None
    return keys.unseal(KEY, row.sealed, _place(row.id)), row.language


def _place(number: str) -> str:
    return f"results_wish.sealed {number}"
