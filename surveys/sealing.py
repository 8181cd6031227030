"""Sealing: contact data that people give is kept apart from their answers, encrypted."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Engine, bindparam, delete, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from core.models import insert_once
from core.quick import Question
from surveys.models import SealedAnswer

KEY = "answers"
_sealed = Question(
    select(SealedAnswer.question, SealedAnswer.sealed).where(
        SealedAnswer.response_id == bindparam("response_id")
    )
)


def unsealed(place: Engine | Session, keys: Keyring, response_id: int) -> dict[str, str]:
    """Return the contact data that somebody gave, by field."""
    return {
        question: keys.unseal(KEY, sealed, _place(response_id, question))
        for question, sealed in _sealed.ask_all(place, response_id=response_id)
    }


def with_unsealed(answers: Mapping[str, Any], sealed: Mapping[str, str]) -> dict[str, Any]:
    """Return the document with contact data in it, to be evaluated and never stored."""
    whole = dict(answers)
    for place, text in sealed.items():
        name, _, turn = place.partition(":")
        if not turn:
            whole[name] = text
            continue
        for repeat, turns in answers.items():
            if isinstance(turns, list) and turn.isdecimal() and len(turns) >= int(turn):
                inner = turns[int(turn) - 1]
                if isinstance(inner, dict):
                    copy = list(whole[repeat])
                    copy[int(turn) - 1] = inner | {name: text}
                    whole[repeat] = copy
    return whole


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
            hidden = keys.seal(KEY, text, _place(response_id, question))
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


def _place(response_id: int, question: str) -> str:
    return f"sealed_answer.sealed.{response_id}.{question}"
