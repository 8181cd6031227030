"""What is taken along: all that was ever asked, and the answers, a few at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from people.models import Naming, Organisation
from surveys.definition import Choice, Definition, Item, Type
from surveys.fieldwork.starting import versions_of
from surveys.hiding import AboutPersons
from surveys.models import Channel, Kind, Response, Subject, Survey
from surveys.responses.agreeing import agreements

CHUNK = 500  # documents in memory at once
NUMBERS = {"integer", "decimal", "range"}
Place = tuple[str, str]  # the innermost repeat around a question, and its name


class Anonymous(Refusal):
    reason = message(
        "These answers are anonymous. No row is given out; the results page shows figures "
        "from 5 people on."
    )


class Given(NamedTuple):
    """One response that was handed in, and for whom."""

    id: int
    code: str | None
    name: str | None
    naming: Naming | None
    language: str
    channel: Channel
    leading: bool
    submitted: datetime
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class Answers:
    """The responses of a survey that are taken along, in the order in which they began.

    Every look fetches them anew, a few at a time. A later look finds none that came in
    meanwhile, and none that was taken back.
    """

    session: Session
    ids: Sequence[int]
    agreed: Mapping[int, Mapping[str, str]]

    def __iter__(self) -> Iterator[Given]:
        query = select(
            Response.id, Organisation.code, Organisation.name, Organisation.naming,
            Response.language, Response.channel, Response.leading, Response.submitted,
            Response.answers,
        )  # fmt: skip
        query = query.outerjoin(Organisation, Organisation.id == Response.organisation_id)
        query = query.where(Response.submitted.is_not(None)).order_by(Response.id)
        for start in range(0, len(self.ids), CHUNK):
            some = Response.id.in_(self.ids[start : start + CHUNK])
            for found in self.session.execute(query.where(some)):
                yield Given(*found)


def check(survey: Survey) -> None:
    """Let rows be taken along only where everybody who answered is known to the team.

    :raise AboutPersons: when the survey is about persons
    :raise Anonymous: when nobody knows who answered although all were invited
    """
    if survey.subject is Subject.PERSONS:
        raise AboutPersons
    if survey.kind is Kind.ANONYMOUS:
        raise Anonymous


def answers_of(session: Session, survey: Survey, leading_only: bool) -> Answers:
    """Return the responses that were handed in by now."""
    query = select(Response.id).where(
        Response.survey_id == survey.id, Response.submitted.is_not(None)
    )
    if leading_only:
        query = query.where(Response.leading)
    ids = session.scalars(query.order_by(Response.id)).all()
    return Answers(session, ids, agreements(session, survey))


def everything_asked(session: Session, survey: Survey) -> Definition:
    """Return the latest version, and in its place what only older ones asked."""
    newest, *older = [
        Definition.from_json(version.definition)
        for version in reversed(versions_of(session, survey))
    ]
    for definition in older:
        newest = with_older(newest, definition)
    return newest


def with_older(newer: Definition, older: Definition) -> Definition:
    """Return *newer* with the questions and choices that only *older* has."""
    known = {place for place, _ in _places(newer.items)}
    before = dict(_places(older.items))
    items = tuple(_grown(item, "", known, before) for item in newer.items)
    lists = dict(older.lists)
    for name, choices in newer.lists.items():
        lists[name] = _with_older_choices(choices, older.lists.get(name, ()))
    return replace(newer, items=(*items, *_missing(older.items, "", known)), lists=lists)


def _places(items: Sequence[Item], repeat: str = "") -> Iterator[tuple[Place, Item]]:
    for item in items:
        yield (repeat, item.name), item
        yield from _places(item.items, item.name if item.kind == "repeat" else repeat)


def _grown(item: Item, repeat: str, known: set[Place], before: Mapping[Place, Item]) -> Item:
    old = before.get((repeat, item.name))
    within = item.name if item.kind == "repeat" else repeat
    inside = [_grown(each, within, known, before) for each in item.items]
    if item.kind == "repeat" and old:
        inside += _missing(old.items, within, known)
    return replace(item, items=tuple(inside), type=_type(item, old) if old else item.type)


def _missing(items: Sequence[Item], repeat: str, known: set[Place]) -> Iterator[Item]:
    for item in items:
        if item.kind == "group":
            yield from _missing(item.items, repeat, known)
        elif item.kind != "note" and (repeat, item.name) not in known:
            yield item


def _type(newer: Item, older: Item) -> Type:
    """Return a type that holds the answers to both, as the wording of a question may stay."""
    both = {newer.type, older.type}
    if len(both) == 1 or newer.kind != older.kind:
        return newer.type
    if both <= NUMBERS:
        return "decimal"
    return "select_multiple" if both == {"select_one", "select_multiple"} else "text"


def _with_older_choices(newer: Sequence[Choice], older: Sequence[Choice]) -> tuple[Choice, ...]:
    names = {choice.name for choice in newer}
    return (*newer, *(choice for choice in older if choice.name not in names))
