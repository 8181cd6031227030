"""Reading the answers of a survey from the database: only those not read in this wording yet.

What changed is found by comparing numbers and revisions of all responses, which an index
holds. So it does not matter whose clock is wrong, nor in which order commits are seen.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Integer, Text, cast, extract, func, literal, select
from sqlalchemy.orm import Session

from surveys.counting.coding import Coder
from surveys.counting.columns import CHANNEL, LANGUAGE, Array, Column, Rows, Table
from surveys.hiding import batch
from surveys.models import AnonymousResponse, Kind, Response, Survey

Stamp = tuple[object, ...]
FACTS = (LANGUAGE, CHANNEL)
AT_ONCE = 200  # documents
EMPTY = Table(Rows(*(np.zeros(0, np.int64) for _ in range(6))))


def stamp_of(session: Session, survey: Survey) -> Stamp:
    """Return what changes whenever the submitted answers of *survey* do."""
    if survey.kind is Kind.ANONYMOUS:
        sums = func.count(), func.sum(AnonymousResponse.revision)
    else:
        leads = cast(Response.leading, Integer)
        sums = (
            func.count(), func.sum(Response.id), func.sum(Response.revision),
            func.sum(leads * Response.id), func.sum(Response.organisation_id),
        )  # fmt: skip
    found = session.execute(select(*sums).where(*_submitted(survey))).one()
    return (survey.version, *(int(number or 0) for number in found))


def read(session: Session, survey: Survey, names: Iterable[str], old: Table) -> Table:
    """Return the submitted answers to the questions with these *names*, the oldest first.

    Of *old* those are taken that nobody has changed since.
    """
    ids, revisions, leading, organisations = _seen(session, survey)
    places = _places(ids, revisions, old.rows)
    missing = ids[places < 0]
    coder = Coder(names, old.columns, FACTS)
    fresh = _fresh(session, survey, coder, missing, whole=len(missing) > len(ids) // 2)
    found = _places(missing, None, fresh)
    places[places < 0] = np.where(found < 0, -1, found + len(old))
    there = places >= 0  # what went while we read is seen to be gone the next time, too
    places = places[there]
    pairs = zip(vars(old.rows).values(), vars(fresh).values(), strict=True)
    both = Rows(*(np.concatenate(each) if len(old) else each[1] for each in pairs))
    rows = both.taking(places)
    rows = Rows(
        rows.ids, rows.revisions, organisations[there], leading[there], rows.submitted,
        rows.seconds,
    )  # fmt: skip
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
        if closed is None or corrected >= closed:
            yield number, before


def _seen(session: Session, survey: Survey) -> tuple[Array, ...]:
    """Return ids, revisions, who leads, and for whom: of all, and from an index alone."""
    if survey.kind is Kind.ANONYMOUS:
        it = AnonymousResponse  # ordered by a random number, so the order tells nothing
        query = select(it.id, it.revision, literal(0), literal(0)).order_by(it.id)
    else:
        owner = func.coalesce(Response.organisation_id, 0)
        query = select(Response.id, Response.revision, cast(Response.leading, Integer), owner)
        query = query.order_by(Response.submitted, Response.id)
    found = session.execute(query.where(*_submitted(survey))).all()
    ids, revisions, leading, owners = zip(*found, strict=True) if found else ((),) * 4
    numbers = (np.array(each, np.int64) for each in (revisions, owners))
    revised, owned = numbers
    return _ids(ids), revised, np.array(leading, bool), owned


def _fresh(session: Session, survey: Survey, coder: Coder, ids: Array, *, whole: bool) -> Rows:
    """Read responses with their documents: all of them, or those with these *ids*."""
    query, model = _details(survey), _model(survey)
    if whole:
        queries = [query.where(*_submitted(survey))]
    else:
        some = [ids[start : start + AT_ONCE].tolist() for start in range(0, len(ids), AT_ONCE)]
        queries = [query.where(*_submitted(survey), model.id.in_(each)) for each in some]
    facts: list[tuple[Any, ...]] = []
    for each in queries:
        result = session.execute(each.execution_options(yield_per=AT_ONCE))
        for rows in result.partitions():
            numbers, revisions, times, seconds, languages, channels, texts = zip(
                *rows, strict=True
            )
            coder.read(texts)
            coder.note(LANGUAGE, languages, len(rows))
            coder.note(CHANNEL, channels, len(rows))
            facts += zip(numbers, revisions, times, seconds, strict=True)
    if not facts:
        return EMPTY.rows
    found, revised, submitted, seconds = zip(*facts, strict=True)
    none = np.zeros(len(facts), np.int64)  # told by the index
    revisions, times, seconds = (
        np.array(each, np.int64) for each in (revised, submitted, seconds)
    )
    return Rows(_ids(found), revisions, none, none, times, seconds)


def _details(survey: Survey) -> Any:
    if survey.kind is Kind.ANONYMOUS:
        it = AnonymousResponse
        nobody_knows = literal(0), literal(-1), it.language, literal("")
        return select(it.id, it.revision, *nobody_knows, cast(it.answers, Text))
    handed_in, begun = (
        cast(extract("epoch", time), Integer) for time in (Response.submitted, Response.begun)
    )
    return select(
        Response.id, Response.revision, handed_in, handed_in - begun, Response.language,
        cast(Response.channel, Text), cast(Response.answers, Text),
    )  # fmt: skip


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


def _ids(ids: Sequence[object]) -> Array:
    return np.array(ids) if ids else np.zeros(0, np.int64)


def _model(survey: Survey) -> Any:
    return AnonymousResponse if survey.kind is Kind.ANONYMOUS else Response


def _submitted(survey: Survey) -> tuple[Any, ...]:
    """Return what holds for answers that figures count; of anonymous ones, full batches."""
    model = _model(survey)
    mine = model.survey_id == survey.id, model.submitted.is_not(None)
    return (*mine, AnonymousResponse.counted) if model is AnonymousResponse else mine
