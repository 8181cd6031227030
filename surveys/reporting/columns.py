"""The submitted answers of a survey, kept in memory question by question.

The documents of the responses are the truth and are read once; later looks fetch only what
was added or corrected since. What is kept is a copy of what the database says, never more.
"""

from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from surveys.hiding import batch
from surveys.models import AnonymousResponse, Kind, Response, Subject, Survey

Stamp = tuple[object, ...]
CHUNK = 500  # documents fetched at once


@dataclass
class Column:
    """One submitted response: who, how, and what it answers."""

    response_id: int | str
    organisation_id: int | None
    language: str
    leading: bool
    begun: datetime
    submitted: datetime
    saved: datetime
    answers: dict[str, Any] = field(default_factory=dict)
    corrected: datetime | None = None  # of persons: since then figures know *counted* only
    counted: dict[str, Any] | None = None


@dataclass
class Columns:
    """All submitted responses of a survey, the oldest first."""

    stamp: Stamp = ()
    rows: list[Column] = field(default_factory=list)


Shelf = MutableMapping[int, Columns]  # by the number of the survey


def stamp_of(session: Session, survey: Survey) -> Stamp:
    """Return what changes whenever the submitted answers of *survey* do."""
    if survey.kind is Kind.ANONYMOUS:
        some = (
            func.count(),
            func.sum(AnonymousResponse.revision),
            func.max(AnonymousResponse.saved),
        )
        return (survey.version, *session.execute(select(*some).where(*_counted(survey))).one())
    leading = func.coalesce(func.sum(cast(Response.leading, Integer)), 0)
    query = select(
        func.count(), func.max(Response.id), func.max(Response.saved), leading,
        func.count(Response.organisation_id), func.max(Response.submitted),
    )  # fmt: skip
    found = session.execute(query.where(*_submitted(survey))).one()
    return (survey.version, *found)


def columns_of(session: Session, survey: Survey, shelf: Shelf) -> Columns:
    """Return the submitted answers of *survey*, from *shelf* as far as they stand there."""
    stamp, kept = stamp_of(session, survey), shelf.get(survey.id, Columns())
    if kept.stamp != stamp:
        kept = Columns(stamp, _refreshed(session, survey, kept.rows))
        shelf[survey.id] = kept
    return kept


def counted(survey: Survey, columns: Columns, leading: bool) -> Sequence[Column]:
    """Return the responses that figures count.

    Of organisations the leading ones, or all; of persons all, in batches, so that nobody
    sees what a single new conversation changes.
    """
    if survey.subject is Subject.PERSONS:
        return _in_batches(columns.rows)
    return [row for row in columns.rows if row.leading] if leading else columns.rows


def _in_batches(rows: Sequence[Column]) -> Sequence[Column]:
    """Return full batches; who corrected something since the last one counts as before."""
    full = rows[: batch(len(rows))]
    closed = full[-1].submitted if full else None
    return [
        replace(row, answers=row.counted)
        if closed and row.corrected and row.corrected >= closed and row.counted is not None
        else row
        for row in full
    ]


def _refreshed(session: Session, survey: Survey, old: Sequence[Column]) -> list[Column]:
    if survey.kind is Kind.ANONYMOUS:
        return _anonymous(session, survey)
    known = {(row.response_id, row.saved): row.answers for row in old}
    query = select(
        Response.id, Response.organisation_id, Response.language, Response.leading,
        Response.begun, Response.submitted, Response.saved, Response.corrected,
        Response.counted,
    )  # fmt: skip
    query = query.where(*_submitted(survey)).order_by(Response.submitted, Response.id)
    rows = [_column(*found) for found in session.execute(query)]
    missing = [row.response_id for row in rows if (row.response_id, row.saved) not in known]
    fresh = dict(_documents(session, missing))
    for row in rows:
        row.answers = fresh.get(row.response_id) or known.get((row.response_id, row.saved), {})
    return rows


def _anonymous(session: Session, survey: Survey) -> list[Column]:
    """Return the anonymous answers that figures count by now, in an order without meaning."""
    query = select(AnonymousResponse).where(*_counted(survey)).order_by(AnonymousResponse.id)
    return [
        Column(row.id, None, row.language, False, row.saved, row.saved, row.saved, row.answers)
        for row in session.scalars(query)
    ]


def _column(*found: Any) -> Column:
    *who, corrected, before = found
    column = Column(*who)
    column.corrected, column.counted = corrected, before
    return column


def _documents(
    session: Session, ids: Sequence[int | str]
) -> Iterable[tuple[int | str, dict[str, Any]]]:
    for start in range(0, len(ids), CHUNK):
        some = Response.id.in_(ids[start : start + CHUNK])
        found = session.execute(select(Response.id, Response.answers).where(some))
        yield from ((number, answers) for number, answers in found)


def _counted(survey: Survey) -> tuple[Any, ...]:
    return (
        AnonymousResponse.survey_id == survey.id,
        AnonymousResponse.submitted.is_not(None),
        AnonymousResponse.counted,
    )


def _submitted(survey: Survey) -> tuple[Any, ...]:
    return Response.survey_id == survey.id, Response.submitted.is_not(None)
