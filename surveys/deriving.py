"""Deriving: the typed rows that follow from what was submitted, and can be made again.

What people count, compare and export is read from these rows; the document of a response
is the truth, so they can be rebuilt at any time.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session, aliased

from surveys.definition import Definition, Item
from surveys.models import Answer, Mention, Response, Survey, SurveyVersion

NUMBERS = ("integer", "decimal", "range")


def rows_of(definition: Definition, document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the values of a document: question, instance, value and number of each.

    Of several choices each is a row; those of a ranking are numbered by their place.
    """
    return [row for item in definition.items for row in _rows(item, document, 0)]


def derive(
    session: Session,
    definition: Definition,
    response: Mapping[str, Any],
    document: Mapping[str, Any],
    now: datetime,
) -> None:
    """Replace the rows of one response; *response* has its id, survey_id and project_id."""
    place = {"survey_id": response["survey_id"], "response_id": response["id"]}
    session.execute(delete(Answer).filter_by(response_id=response["id"]))
    if rows := rows_of(definition, document):
        session.execute(insert(Answer), [place | row for row in rows])
    _mention(session, definition, place | {"project_id": response["project_id"]}, document, now)


def rebuild(session: Session, survey: Survey) -> int:
    """Make all rows of a survey anew from what was submitted; return how many responses."""
    session.execute(delete(Answer).filter_by(survey_id=survey.id))
    definitions: dict[int, Definition] = {}
    number = 0
    for response in session.scalars(_submitted(survey)):
        version_id = response.version_id
        if version_id not in definitions:
            version = session.get_one(SurveyVersion, version_id)
            definitions[version_id] = Definition.from_json(version.definition)
        place = {"survey_id": survey.id, "response_id": response.id}
        rows = rows_of(definitions[version_id], response.answers)
        if rows:
            session.execute(insert(Answer), [place | row for row in rows])
        number += 1
    return number


def mentions_in(
    definition: Definition, document: Mapping[str, Any]
) -> list[tuple[str, int, str, str]]:
    """List names of organisations that were written: question, instance, name, sector."""
    found: list[tuple[str, int, str, str]] = []
    for item in definition.having("register", "new"):
        if name := document.get(item.name):
            found.append((item.name, 0, name, ""))
    for repeat in (item for item in definition.walk() if item.kind == "repeat"):
        inner = [*Definition({}, "", "", (), repeat.items).walk()]
        names = [item.name for item in inner if item.osi.get("register") == "new"]
        sectors = [item.name for item in inner if item.osi.get("tie") == "sector"]
        for number, turn in enumerate(document.get(repeat.name) or (), 1):
            sector = next((turn[each] for each in sectors if turn.get(each)), "")
            found += [(each, number, turn[each], sector) for each in names if turn.get(each)]
    return found


def mentions_of(session: Session, survey: Survey) -> list[Mention]:
    """List the names written in a survey, those that nobody has assigned first."""
    query = select(Mention).filter_by(survey_id=survey.id)
    query = query.order_by(Mention.organisation_id.is_not(None), Mention.name, Mention.id)
    return list(session.scalars(query))


def assign(session: Session, mention: Mention, organisation_id: int | None) -> None:
    """Say which organisation of the register a written name means."""
    mention.organisation_id = organisation_id
    version = session.scalars(
        select(SurveyVersion)
        .join(Response, Response.version_id == SurveyVersion.id)
        .where(Response.id == mention.response_id)
    ).one()
    definition = Definition.from_json(version.definition)
    if "tie" in definition.item(mention.question).osi:
        return  # a partner; otherwise the organisation that answers
    session.execute(
        update(Response)
        .where(Response.id == mention.response_id)
        .values(organisation_id=organisation_id, leading=False)
    )
    if organisation_id is not None:
        lead_if_first(session, mention.response_id, mention.survey_id, organisation_id)


def lead_if_first(
    session: Session, response_id: int, survey_id: int, organisation_id: int
) -> bool:
    """Let a response speak for its organisation if no other does; tell whether it leads.

    The row of the survey must be locked, as two could be first on PostgreSQL.
    """
    session.execute(_count_up(survey_id))
    other = aliased(Response)
    others = select(other.id).where(
        other.survey_id == survey_id, other.organisation_id == organisation_id, other.leading
    )
    session.execute(
        update(Response)
        .where(Response.id == response_id, ~others.exists())
        .values(leading=True)
        .execution_options(synchronize_session=False)
    )
    return bool(session.scalar(select(Response.leading).filter_by(id=response_id)))


def lead(session: Session, response: Response) -> None:
    """Let this response speak for its organisation from now on, and no other."""
    session.execute(_count_up(response.survey_id))
    ours = {"survey_id": response.survey_id, "organisation_id": response.organisation_id}
    query = update(Response).filter_by(**ours, leading=True)
    session.execute(query.values(leading=False))
    session.execute(update(Response).filter_by(id=response.id).values(leading=True))
    session.refresh(response)


def _count_up(survey_id: int) -> Any:
    return (
        update(Survey)
        .where(Survey.id == survey_id)
        .values(version=Survey.version + 1)
        .execution_options(synchronize_session=False)
    )


def _submitted(survey: Survey) -> Any:
    query = select(Response).filter_by(survey_id=survey.id)
    return query.where(Response.submitted.is_not(None)).order_by(Response.id)


def _mention(
    session: Session,
    definition: Definition,
    place: Mapping[str, Any],
    document: Mapping[str, Any],
    now: datetime,
) -> None:
    """Note the written names; who was meant stays known as long as the name stays."""
    query = select(Mention).filter_by(response_id=place["response_id"])
    before = {(each.question, each.instance): each for each in session.scalars(query)}
    for question, instance, name, sector in mentions_in(definition, document):
        known = before.pop((question, instance), None)
        if known is None:
            values = {"question": question, "instance": instance, "name": name}
            session.add(Mention(**place, **values, sector=sector, given=now))
        elif known.name != name:
            known.name, known.sector, known.organisation_id = name, sector, None
    for gone in before.values():
        session.delete(gone)
    session.flush()


def _rows(item: Item, document: Mapping[str, Any], instance: int) -> Iterator[dict[str, Any]]:
    if item.kind == "group":
        for each in item.items:
            yield from _rows(each, document, instance)
    elif item.kind == "repeat":
        for number, turn in enumerate(document.get(item.name) or (), 1):
            for each in item.items:
                yield from _rows(each, turn, number)
    elif "pii" not in item.osi:
        answer = document.get(item.name)
        values = answer if isinstance(answer, list) else [answer]
        for place, value in enumerate(values, 1):
            if value is not None and value != "":
                yield {
                    "question": item.name,
                    "instance": instance,
                    "value": str(value),
                    "number": _number(item, value, place),
                }


def _number(item: Item, value: Any, place: int) -> float | None:
    if item.type == "rank":
        return float(place)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return None
