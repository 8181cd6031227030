"""Deriving: the typed rows that follow from what was submitted, and can be made again.

What people count, compare and export is read from these rows; the document of a response
is the truth, so they can be rebuilt at any time.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from people.models import Project
from people.naming import find_same
from surveys.definition import Definition, Item
from surveys.models import Answer, Mention, Response, Survey, SurveyVersion


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


def assign(mention: Mention, organisation_id: int | None) -> None:
    """Say which organisation of the register a written name means."""
    mention.organisation_id = organisation_id


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
    """Note the written names, and who is meant where that is clear.

    What a facilitator said of a name stays as long as the name stays.
    """
    query = select(Mention).filter_by(response_id=place["response_id"])
    before = {(each.question, each.instance): each for each in session.scalars(query)}
    for question, instance, name, sector in mentions_in(definition, document):
        known = before.pop((question, instance), None)
        if known is None:
            values = {"question": question, "instance": instance, "name": name}
            known = Mention(**place, **values, sector=sector, given=now)
            session.add(known)
        elif known.name == name:
            continue
        same = find_same(session, session.get_one(Project, place["project_id"]), name)
        known.name, known.sector = name, sector
        known.organisation_id = same.id if same else None
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
