"""Saving a page of a draft at once: one statement, committed, without a session."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from core.quick import Command
from surveys.responses.answering import REPLACE
from surveys.responses.sitting import Sitting

_save = Command(REPLACE)


def save_at_once(
    engine: Engine,
    response: Sitting,
    *,
    answers: Mapping[str, Any],
    page: str,
    language: str,
    now: datetime,
) -> bool:
    """Do as :func:`answering.save_page` for a draft without contact data, and commit.

    Nothing is written, and it says so, when another was faster or the database refused.
    """
    values = {"answers": dict(answers), "page": page, "language": language, "saved": now}
    try:
        done = _save.carry_out(engine, this=response.id, read=response.revision, **values)
    except engine.dialect.dbapi.Error:  # type: ignore[union-attr]
        return False
    return done == 1
