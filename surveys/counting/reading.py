"""Reading the answers of a survey from the database: only those not read in this wording yet.

What changed is found by comparing numbers and revisions of all responses, which an index
holds. So it does not matter whose clock is wrong, nor in which order commits are seen.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from math import floor
from typing import Any

import numpy as np
from sqlalchemy import Integer, Text, cast, func, literal, select, type_coerce
from sqlalchemy.orm import Session

from surveys.counting.coding import Coder
from surveys.counting.columns import CHANNEL, LANGUAGE, VERSION, Array, Column, Rows, Table
from surveys.hiding import batch
from surveys.models import AnonymousResponse, Kind, Response, Survey

Stamp = tuple[object, ...]
LEADS = type_coerce(Response.leading, Integer)  # as the driver gives it
OWNER = func.coalesce(Response.organisation_id, 0)
FACTS = (LANGUAGE, CHANNEL, VERSION)
AT_ONCE = 400  # documents
NONE = np.zeros(0, np.int64)
EMPTY = Table(Rows(NONE, NONE, NONE, NONE.astype(bool), NONE, NONE))


def stamp_of(session: Session, survey: Survey) -> Stamp:
    """Return what changes whenever the submitted answers of *survey* do."""
    if survey.kind is Kind.ANONYMOUS:
        sums: tuple[Any, ...] = (func.count(), func.sum(AnonymousResponse.revision))
    else:
        sums = (
            func.count(), func.sum(Response.id), func.sum(Response.revision),
            func.sum(Response.organisation_id), func.sum(Response.id).filter(Response.leading),
        )  # fmt: skip
    found = session.execute(select(*sums).where(*_submitted(survey))).one()
    return (survey.version, *(int(number or 0) for number in found))


def read(session: Session, survey: Survey, names: Iterable[str], old: Table) -> Table:
    """Return the submitted answers to the questions with these *names*, the oldest first.

    Of *old* those are taken that nobody has changed since.
    """
    coder = Coder(names, old.columns, FACTS)
    if not len(old):
        rows = _fresh(session, coder, [_details(survey)])
        return Table(rows, coder.columns())
    ids, revisions, leading, organisations = _seen(session, survey)
    places = _places(ids, revisions, old.rows)
    missing = ids[places < 0]
    some = [missing[at : at + AT_ONCE].tolist() for at in range(0, len(missing), AT_ONCE)]
    wanted = [_details(survey).where(_model(survey).id.in_(each)) for each in some]
    fresh = _fresh(session, coder, wanted)
    found = _places(missing, None, fresh)
    places[places < 0] = np.where(found < 0, -1, found + len(old))
    there = places >= 0  # what went while we read is seen to be gone the next time, too
    places = places[there]
    if len(fresh.ids):
        pairs = zip(vars(old.rows).values(), vars(fresh).values(), strict=True)
        rows = Rows(*map(np.concatenate, pairs)).taking(places)
    else:
        rows = old.rows.taking(places)
    rows = replace(rows, organisations=organisations[there], leading=leading[there])
    columns = {
        name: _joined(old.columns.get(name), column, places)
        for name, column in coder.columns().items()
    }
    return Table(rows, columns)


def counted_of_persons(session: Session, survey: Survey, table: Table) -> Table:
    """Return full batches; who corrected something since the last one counts as before.

    So nobody sees what a single new conversation changes. What was corrected is asked after
    *table* was read, or a correction could be in it without being known.
    """
    full = table.taking(np.arange(batch(len(table))))
    if survey.kind is Kind.ANONYMOUS or not len(full):
        return full
    last = full.rows.ids[len(full) - 1].item()
    closed = session.scalar(select(Response.submitted).where(Response.id == last))
    held = dict(_held(session, survey, closed))
    places = np.flatnonzero(np.isin(full.picked(full.rows.ids), [*held]))
    if not len(places):
        return full
    coder = Coder([name for name in table.columns if name not in FACTS], table.columns)
    coder.read([held[number.item()] for number in full.rows.ids[places]])
    columns = dict(table.columns)
    for name, before in coder.columns().items():
        codes = table.columns[name].codes.copy()
        codes[places] = before.codes
        columns[name] = Column(codes, before.said)
    return Table(full.rows, columns, full.places)


def _held(
    session: Session, survey: Survey, closed: datetime | None
) -> Iterator[tuple[int, str]]:
    query = select(Response.id, Response.corrected, cast(Response.counted, Text)).where(
        *_submitted(survey), Response.corrected.is_not(None), Response.counted.is_not(None)
    )
    for number, corrected, before in session.execute(query):
        if closed is None or (corrected and corrected >= closed):
            yield number, before


def _seen(session: Session, survey: Survey) -> list[Array]:
    """Return ids, revisions, who leads, and for whom: of all, and from an index alone."""
    if survey.kind is Kind.ANONYMOUS:
        it = AnonymousResponse
        query = select(it.id, it.revision, literal(0), literal(0))
    else:
        query = select(Response.id, Response.revision, LEADS, OWNER)
    return _arrays(
        zip(*rows, strict=True) for rows in _partitions(session, _in_order(survey, query))
    )


def _fresh(session: Session, coder: Coder, queries: Iterable[Any]) -> Rows:
    """Read responses with their documents."""

    def told() -> Iterator[Iterable[Any]]:
        for query in queries:
            for rows in _partitions(session, query):
                *numbers, ended, begun, languages, channels, versions, texts = zip(
                    *rows, strict=True
                )
                coder.read(texts)
                for fact, said in zip(FACTS, (languages, channels, versions), strict=True):
                    coder.note(fact, said)
                handed_in = _seconds(ended)
                yield *numbers, handed_in, handed_in - _seconds(begun)

    ids, revisions, leading, owners, times, seconds = _arrays(told(), 6)
    return Rows(ids, revisions, owners, leading, times, seconds)


def _seconds(moments: Sequence[Any]) -> Array:
    """Return moments as seconds since 1970; SQLite keeps the text of one in UTC."""
    if isinstance(moments[0], datetime):
        return np.array([floor(moment.timestamp()) for moment in moments])
    kind = "datetime64[s]" if isinstance(moments[0], str) else np.int64
    return np.array(moments, kind).astype(np.int64)


def _partitions(session: Session, query: Any) -> Iterator[Sequence[Any]]:
    """Yield the rows of *query*, a few at once: few enough to stay in the processor's reach."""
    streamed = query.execution_options(stream_results=True, max_row_buffer=AT_ONCE)
    yield from session.connection().execute(streamed).partitions(AT_ONCE)


def _arrays(parts: Iterable[Iterable[Sequence[object]]], number: int = 4) -> list[Array]:
    """Put columns that come in parts together; the third says yes or no."""
    found: list[list[Array]] = [[] for _ in range(number)]
    for part in parts:
        for arrays, values in zip(found, part, strict=True):
            arrays.append(_array(values))
    whole = [np.concatenate(arrays) if arrays else NONE for arrays in found]
    whole[2] = whole[2].astype(bool)
    return whole


def _array(values: Any) -> Array:
    whole = isinstance(values[0], int)
    return np.fromiter(values, np.int64, len(values)) if whole else np.array(values)


def _details(survey: Survey) -> Any:
    if survey.kind is Kind.ANONYMOUS:
        it, none = AnonymousResponse, literal(0)
        unknown = none, none, none, literal(1), it.language, literal("")  # -1 second long
        known = it.version_id, cast(it.answers, Text)
        return _in_order(survey, select(it.id, it.revision, *unknown, *known))
    query = select(
        Response.id, Response.revision, LEADS, OWNER, type_coerce(Response.submitted, Text),
        type_coerce(Response.begun, Text), Response.language, cast(Response.channel, Text),
        Response.version_id, cast(Response.answers, Text),
    )  # fmt: skip
    return _in_order(survey, query)


def _in_order(survey: Survey, query: Any) -> Any:
    """The oldest first; anonymous ones by a random number, so that their order says nothing."""
    model = _model(survey)
    first = (AnonymousResponse.id,)
    order = first if model is AnonymousResponse else (Response.submitted, Response.id)
    return query.where(*_submitted(survey)).order_by(*order)


def _joined(old: Column | None, fresh: Column, places: Array) -> Column:
    """Put together what is kept and what is new, and forget what nobody says any longer."""
    before = old.codes if old else np.zeros(0, np.int32)
    joined = Column(np.concatenate((before, fresh.codes))[places], fresh.said)
    gone = len(places) < len(before) + len(fresh.codes)
    return joined.thinned() if gone else joined


def _places(ids: Array, revisions: Array | None, rows: Rows) -> Array:
    """Return where each of *ids* stands in *rows*, or -1."""
    if not len(rows.ids) or not len(ids):
        return np.full(len(ids), -1)
    order = np.argsort(rows.ids, kind="stable")
    found = np.searchsorted(rows.ids, ids, sorter=order)
    places = order[np.minimum(found, len(order) - 1)]
    same = rows.ids[places] == ids
    if revisions is not None:
        same &= rows.revisions[places] == revisions
    return np.where(same, places, -1)


def _model(survey: Survey) -> Any:
    return AnonymousResponse if survey.kind is Kind.ANONYMOUS else Response


def _submitted(survey: Survey) -> tuple[Any, ...]:
    """Return what holds for answers that figures count; of anonymous ones, full batches."""
    model = _model(survey)
    mine = model.survey_id == survey.id, model.submitted.is_not(None)
    return (*mine, AnonymousResponse.counted) if model is AnonymousResponse else mine
