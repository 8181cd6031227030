"""What a survey asks, and has asked: the definitions of its versions, each read once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.definition import Definition, Item
from surveys.models import Survey, SurveyVersion


class Version(NamedTuple):
    """One of the versions, with the number of its row and the one by which people know it."""

    id: int
    number: int
    digest: str
    created: datetime


@dataclass(frozen=True)
class Questions:
    """All versions, what each asks, and the names of their questions; none inside repeats."""

    versions: tuple[Version, ...]
    definitions: tuple[Definition, ...]
    names: tuple[str, ...]

    @property
    def definition(self) -> Definition:
        """What the newest version asks."""
        return self.definitions[-1]


def questions_of(
    session: Session, survey: Survey, known: Questions | None = None
) -> Questions | None:
    """Return what *survey* asks; *known* if there is no other version by now."""
    it = SurveyVersion
    query = select(it.id, it.number, it.digest, it.created).filter_by(survey_id=survey.id)
    found = session.execute(query.order_by(it.number))
    versions = tuple(Version(*each) for each in found)
    if known and known.versions == versions:
        return known
    whole = select(it.definition).where(it.id.in_([each.id for each in versions]))
    forms = session.scalars(whole.order_by(it.number))
    definitions = tuple(Definition.from_json(form) for form in forms)
    if not definitions:
        return None
    names = {name: None for each in definitions for name in _names(each.items)}
    return Questions(versions, definitions, tuple(names))


def _names(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        if item.kind == "question":
            yield item.name
        elif item.kind != "repeat":
            yield from _names(item.items)
