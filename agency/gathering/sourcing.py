"""Where a listing comes from, and whether what it rests on still stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.gathering.finding import Find, Source
from agency.gathering.models import ListingSource
from agency.gathering.stating import statements
from people.listings.models import Listing, Origin
from people.models import Project
from surveys.definition import Definition
from surveys.models import Response, Survey, SurveyVersion


class Standing(StrEnum):
    """Whether what was said still stands."""

    STANDS = "stands"
    OLDER = "older"  # a newer answer of the same organisation does not say it any more
    GONE = "gone"  # corrected, withdrawn or erased


@dataclass(frozen=True)
class Root:
    """One thing a listing rests on; *source* leads to it where it still stands."""

    standing: Standing
    source: Source | None = None
    number: int | None = None  # of persons: how many say so by now
    response_id: int | None = None  # of the answer it was said in
    survey: Survey | None = None  # to which it answers, while it is handed in
    is_kept: bool = False  # somebody has looked, and lets the listing stay


def roots_of(
    session: Session, project: Project, listings: Sequence[Listing], found: Sequence[Find]
) -> Mapping[int, list[Root]]:
    """Return what each of these listings rests on; nothing for those that somebody typed."""
    known = {each.id: each for each in listings}
    by_passage = {s.passage_id: s for find in found for s in find.sources if s.passage_id}
    by_triple = {find.triple: find for find in found}
    query = select(ListingSource).filter_by(project_id=project.id).order_by(ListingSource.id)
    roots: dict[int, list[Root]] = {}
    rows = session.scalars(query.where(ListingSource.listing_id.in_(known))).all()
    answers = _Answers(session, (row.response_id for row in rows if row.response_id))
    for row in rows:
        it = known[row.listing_id]
        if row.passage_id:
            root = _root(by_passage.get(row.passage_id))
        elif row.response_id:
            root = _of_answer(
                answers, row, it, by_triple.get((it.organisation_id, it.side, row.term))
            )
        elif row.survey_id:
            find = by_triple.get((None, it.side, row.term))
            number = find.said.quantity if find else None
            root = _root(_source(find, Origin.CONVERSATIONS), number)
        else:
            root = Root(Standing.GONE)
        _, survey = answers.given.get(row.response_id or 0, (None, None))
        whole = replace(root, response_id=row.response_id, survey=survey)
        whole = replace(whole, is_kept=row.kept is not None)
        roots.setdefault(it.id, []).append(whole)
    return roots


def _root(source: Source | None, number: int | None = None) -> Root:
    return Root(Standing.STANDS, source, number) if source else Root(Standing.GONE)


class _Answers:
    """Answers and versions of surveys, each read once however many listings rest on it."""

    def __init__(self, session: Session, ids: Iterable[int]) -> None:
        self.session, self._known = session, dict[int, Definition]()
        query = select(Response, Survey).join(Survey, Survey.id == Response.survey_id)
        query = query.where(Response.id.in_({*ids}), Response.submitted.is_not(None))
        found = session.execute(query).all()
        self.given = {response.id: (response, survey) for response, survey in found}

    def of(self, version_id: int) -> Definition:
        if version_id not in self._known:
            version = self.session.get_one(SurveyVersion, version_id)
            self._known[version_id] = Definition.from_json(version.definition)
        return self._known[version_id]


def _of_answer(known: _Answers, row: ListingSource, it: Listing, find: Find | None) -> Root:
    """Tell of an answer whether it stands, be it that a newer one says the same."""
    if source := _source(find, Origin.ANSWER):
        return Root(Standing.STANDS, source)
    response, survey = known.given.get(row.response_id or 0, (None, None))
    if response is None or survey is None:
        return Root(Standing.GONE)
    definition = known.of(response.version_id)
    for said in statements(definition, response.answers):
        if (said.side, said.term) == (it.side, row.term):
            title = definition.item(said.question).label
            owner = it.organisation.code if it.organisation else ""
            source = Source(Origin.ANSWER, survey, said.question, title, owner, response.id)
            return Root(Standing.OLDER, source)
    return Root(Standing.GONE)


def _source(find: Find | None, origin: Origin) -> Source | None:
    sources = find.sources if find else ()
    return next((each for each in sources if each.origin == origin), None)
