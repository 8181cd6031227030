"""Sealing: contact data that people give is kept apart from their answers, encrypted."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, bindparam, delete, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from core.models import insert_once
from core.quick import Question
from surveys.models import SealedAnswer
from surveys.questionnaires.slots import OUTSIDE, Turn, field_of

KEY = "answers"
Repeats = Mapping[str, Sequence[str]]  # around each question about contact data, from outside
_sealed = Question(
    select(SealedAnswer.question, SealedAnswer.sealed).where(
        SealedAnswer.response_id == bindparam("response_id")
    )
)


def unsealed(place: Engine | Session, keys: Keyring, response_id: int) -> dict[str, str]:
    """Return the contact data that somebody gave, by field."""
    return {
        question: keys.unseal(KEY, sealed, place_of(response_id, question))
        for question, sealed in _sealed.ask_all(place, response_id=response_id)
    }


def with_unsealed(
    answers: Mapping[str, Any], sealed: Mapping[str, str | None], repeats: Repeats
) -> dict[str, Any]:
    """Return the document with contact data in it, to be evaluated and never stored."""
    whole = dict(answers)
    for place, text in sealed.items():
        name, *numbers = place.split(":")
        document = _turn(whole, [*zip(repeats.get(name, ()), map(int, numbers), strict=False)])
        if document is not None and text:
            document[name] = text
    return whole


def parted(whole: Mapping[str, Any], repeats: Repeats) -> tuple[dict[str, Any], dict[str, str]]:
    """Part a whole document into the answers, and the contact data by their fields."""
    sealed: dict[str, str] = {}
    return _parted(whole, repeats, OUTSIDE, sealed), sealed


def seal(
    session: Session, keys: Keyring, response_id: int, sealed: Mapping[str, str | None]
) -> None:
    fields = [*sealed]
    query = delete(SealedAnswer).where(
        SealedAnswer.response_id == response_id, SealedAnswer.question.in_(fields)
    )
    session.execute(query.execution_options(synchronize_session=False))
    for question, text in sealed.items():
        if text:
            hidden = keys.seal(KEY, text, place_of(response_id, question))
            insert_once(
                session, SealedAnswer,
                response_id=response_id, question=question, sealed=hidden,
            )  # fmt: skip


def keep_only(session: Session, response_id: int, fields: Collection[str]) -> None:
    """Forget what was sealed for any but these *fields*: nobody asks for it any more."""
    query = delete(SealedAnswer).where(
        SealedAnswer.response_id == response_id, SealedAnswer.question.not_in(fields)
    )
    session.execute(query.execution_options(synchronize_session=False))


def _turn(document: dict[str, Any], path: Sequence[tuple[str, int]]) -> dict[str, Any] | None:
    """Return a copy of a turn, put in the place of the turn; nothing when there is none."""
    for repeat, number in path:
        turns = document.get(repeat)
        if not isinstance(turns, list) or not 1 <= number <= len(turns):
            return None
        copy = [*turns]
        copy[number - 1] = dict(turns[number - 1])
        document[repeat] = copy
        document = copy[number - 1]
    return document


def _parted(
    document: Mapping[str, Any], repeats: Repeats, turn: Turn, sealed: dict[str, str]
) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for name, value in document.items():
        if name in repeats:
            sealed[field_of(name, turn)] = str(value)
        elif isinstance(value, list):
            kept[name] = [
                _parted(each, repeats, (*turn, place), sealed)
                if isinstance(each, dict)
                else each
                for place, each in enumerate(value, 1)
            ]
        else:
            kept[name] = value
    return kept


def place_of(response_id: int, question: str) -> str:
    """Return what a sealed answer is bound to, so that none can stand in for another."""
    return f"sealed_answer.sealed.{response_id}.{question}"
