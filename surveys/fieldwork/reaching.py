"""Reaching: the contact data that people left, and for what; apart from their answers.

Nothing here tells which answers belong to a contact, but for what it was left. Whoever
reads contact data is noted.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from core.addresses import can_be_written_to
from core.errors import Refusal, message
from core.keys import Keyring
from core.sheets import Cell
from surveys.definition import Definition, Item, Texts
from surveys.fieldwork.models import ContactReading
from surveys.models import (
    Response,
    SealedAnswer,
    Subject,
    Survey,
    SurveyVersion,
)
from surveys.responses.sealing import KEY, place_of

NAMED = re.compile(r"\$\{\s*([^{}]+?)\s*\}")
TYPES = ("select_one", "select_multiple")


class OfPersons(Refusal):
    reason = message(
        "Contacts of persons are released by the counsellor they spoke with, by nobody else."
    )


@dataclass(frozen=True)
class Purpose:
    """For what somebody left their contact: what they chose, in the words of the question."""

    question: str
    choice: str
    label: Texts = field(compare=False)

    @property
    def name(self) -> str:
        """What it is called in an address."""
        return f"{self.question}.{self.choice}"


@dataclass(frozen=True)
class Left:
    """What somebody left: how to reach them, for what, in which language, for whom."""

    ways: tuple[str, ...]
    purposes: tuple[Purpose, ...]
    language: str
    organisation: str
    handed_in: datetime

    @property
    def address(self) -> str:
        """Return where mail can be sent to; empty when they left other ways only."""
        return next((way for way in self.ways if can_be_written_to(way)), "")


def contacts_left(session: Session, keys: Keyring, survey: Survey) -> list[Left]:
    """Return the contact data of all who have handed in, in alphabetical order.

    :raise OfPersons: when they are persons
    """
    if survey.subject is Subject.PERSONS:
        raise OfPersons
    definitions: dict[int, Definition] = {}
    found: list[Left] = []
    for response, handed_in, sealed in _sealed(session, survey):
        if response.version_id not in definitions:
            version = session.get_one(SurveyVersion, response.version_id)
            definitions[response.version_id] = Definition.from_json(version.definition)
        definition = definitions[response.version_id]
        for ways in _by_turn(keys, response.id, sealed).values():
            purposes = _purposes(definition, [*ways], response.answers)
            name = response.organisation.name if response.organisation else ""
            found.append(Left((*ways.values(),), purposes, response.language, name, handed_in))
    return sorted(found, key=lambda left: [way.casefold() for way in left.ways])


def by_purpose(found: Sequence[Left]) -> dict[Purpose | None, list[Left]]:
    """Return who wants what; who said nothing of it comes last, under no purpose."""
    wanted = {purpose for left in found for purpose in left.purposes}
    groups: dict[Purpose | None, list[Left]] = {
        purpose: [left for left in found if purpose in left.purposes]
        for purpose in sorted(wanted, key=lambda each: [*each.label.values()])
    }
    rest = [left for left in found if not left.purposes]
    return groups | ({None: rest} if rest else {})


def note_reading(
    session: Session, survey: Survey, by: str, way: str, contacts: int, now: datetime
) -> None:
    """Note who has read contact data, when and how many."""
    session.add(
        ContactReading(
            project_id=survey.project_id,
            survey_id=survey.id,
            by=by,
            way=way,
            contacts=contacts,
            at=now,
        )
    )


def readings(session: Session, survey: Survey) -> Sequence[ContactReading]:
    """List who has read contact data, the latest first."""
    query = select(ContactReading).filter_by(survey_id=survey.id)
    return session.scalars(query.order_by(ContactReading.id.desc()).limit(50)).all()


def as_table(
    found: Sequence[Left], head: Sequence[str], said: Callable[[Texts], str]
) -> list[list[Cell]]:
    """Return a row for each contact: way, purposes as they are *said*, language, whose."""
    rows: list[list[Cell]] = [
        [
            ", ".join(left.ways),
            "; ".join(said(purpose.label) for purpose in left.purposes),
            left.language,
            left.organisation,
        ]
        for left in found
    ]
    return [[*head], *rows]


def _sealed(
    session: Session, survey: Survey
) -> Iterator[tuple[Response, datetime, Sequence[SealedAnswer]]]:
    query = select(SealedAnswer).join(Response, Response.id == SealedAnswer.response_id)
    query = query.where(Response.survey_id == survey.id, Response.submitted.is_not(None))
    sealed: dict[int, list[SealedAnswer]] = {}
    for row in session.scalars(query.order_by(SealedAnswer.id)):
        sealed.setdefault(row.response_id, []).append(row)
    wanted = select(Response).where(Response.survey_id == survey.id)
    wanted = wanted.options(joinedload(Response.organisation))
    for response in session.scalars(wanted):
        if response.submitted and response.id in sealed:
            yield response, response.submitted, sealed[response.id]


def _by_turn(
    keys: Keyring, response_id: int, sealed: Sequence[SealedAnswer]
) -> dict[str, dict[str, str]]:
    """Return what was left by the turn of a repeat, and by the question."""
    turns: dict[str, dict[str, str]] = {}
    for row in sealed:
        name, _, turn = row.question.partition(":")
        text = keys.unseal(KEY, row.sealed, place_of(response_id, row.question))
        if text:
            turns.setdefault(turn, {})[name] = text
    return turns


def _purposes(
    definition: Definition,
    questions: Sequence[str],
    answers: Mapping[str, Any],
) -> tuple[Purpose, ...]:
    """Say what somebody chose where the contact data depend on it, as on "I want results"."""
    items = {item.name: item for item in definition.walk()}
    deciding = dict.fromkeys(
        name
        for question in questions
        for name in NAMED.findall(items[question].relevant)
        if name in items and items[name].type in TYPES
    )
    said = [_chosen(definition, items[name], answers) for name in deciding]
    return tuple(dict.fromkeys(purpose for purposes in said for purpose in purposes))


def _chosen(definition: Definition, item: Item, answers: Mapping[str, Any]) -> list[Purpose]:
    given = answers.get(item.name)
    names = given if isinstance(given, list) else [given]
    listed = {each.name: each for each in definition.lists.get(item.list, ())}
    if {*listed} <= {"yes", "no", "1", "0"}:  # a question answered yes is itself the purpose
        yes = [name for name in names if name in ("yes", "1")]
        return [Purpose(item.name, "yes", item.label) for _ in yes]
    return [
        Purpose(item.name, name, listed[name].label or {"und": name})
        for name in names
        if name in listed
    ]
