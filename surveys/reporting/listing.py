"""Single answers, one by one: for surveys about organisations only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from people.models import Organisation
from surveys.definition import Item
from surveys.fieldwork.starting import latest
from surveys.hiding import AboutPersons
from surveys.models import Mention, Response, Subject, Survey
from surveys.reporting.words import key_of, words_of

if TYPE_CHECKING:
    from surveys.counting.columns import Table


@dataclass(frozen=True)
class Quote:
    """What somebody wrote, for which organisation, in which language."""

    text: str
    language: str
    organisation: Organisation | None


def responses(session: Session, survey: Survey) -> Sequence[Response]:
    """List the submitted responses, those of one organisation together.

    :raise AboutPersons: when the survey is about persons
    """
    _refuse_persons(survey)
    query = (
        select(Response)
        .outerjoin(Response.organisation)
        .order_by(
            Organisation.id.is_not(None), Organisation.code, Response.submitted, Response.id
        )
    )
    query = query.where(Response.survey_id == survey.id, Response.submitted.is_not(None))
    return session.scalars(query.options(joinedload(Response.organisation))).all()


def texts(
    session: Session, survey: Survey, rows: "Table", item: Item, word: str = ""
) -> list[Quote]:
    """List what was written about *item*: all of it, or what holds a form of *word*.

    :raise AboutPersons: when the survey is about persons
    """
    _refuse_persons(survey)
    found = [each for each in rows.written(item.name) if _holds(*each[:2], word)]
    ids = {owner for *_, owner in found}
    query = select(Organisation).where(Organisation.project_id == survey.project_id)
    known = {each.id: each for each in session.scalars(query) if each.id in ids}
    return [Quote(text, language, known.get(owner)) for text, language, owner in found]


def names_typed(
    session: Session, survey: Survey, responses: Sequence[Response]
) -> dict[int, str]:
    """Return, by response, the name of its organisation as somebody typed it."""
    new = [item.name for item in latest(session, survey).having("register", "new")]
    return {
        response.id: str(response.answers[name])
        for response in responses
        for name in reversed(new)
        if response.answers.get(name)
    }


def unassigned(session: Session, survey: Survey) -> Sequence[Mention]:
    """List the partners that were named in words and belong to nobody in the register yet."""
    query = select(Mention).where(
        Mention.survey_id == survey.id,
        Mention.organisation_id.is_(None),
        Mention.instance > 0,
    )
    return session.scalars(query.order_by(Mention.name, Mention.id)).all()


def _holds(text: str, language: str, word: str) -> bool:
    if not word:
        return True
    key = key_of(word, language)
    return key in {key_of(each, language) for each in words_of(text, language)}


def _refuse_persons(survey: Survey) -> None:
    if survey.subject is Subject.PERSONS:
        raise AboutPersons
