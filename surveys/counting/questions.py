"""What a survey asks, and has asked: the definitions of its versions, each read once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.definition import Definition, Item
from surveys.models import Survey, SurveyVersion

Versions = tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Questions:
    """The newest version, and the names of the questions of all; none inside repeats."""

    versions: Versions
    definition: Definition
    names: tuple[str, ...]


def questions_of(
    session: Session, survey: Survey, known: Questions | None = None
) -> Questions | None:
    """Return what *survey* asks; *known* if there is no other version by now."""
    query = select(SurveyVersion.id, SurveyVersion.digest).filter_by(survey_id=survey.id)
    found = session.execute(query.order_by(SurveyVersion.number)).all()
    versions = tuple((number, digest) for number, digest in found)
    if known and known.versions == versions:
        return known
    whole = select(SurveyVersion.definition).filter_by(survey_id=survey.id)
    forms = session.scalars(whole.order_by(SurveyVersion.number))
    definitions = [Definition.from_json(form) for form in forms]
    if not definitions:
        return None
    names = {name: None for each in definitions for name in _names(each.items)}
    return Questions(versions, definitions[-1], tuple(names))


def _names(items: Sequence[Item]) -> Iterator[str]:
    for item in items:
        if item.kind == "question":
            yield item.name
        elif item.kind != "repeat":
            yield from _names(item.items)
