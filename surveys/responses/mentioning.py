"""Mentioning: organisations that people named in words, and which of the register is meant."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project
from people.names.matching import Register
from people.naming import registered
from surveys.definition import Definition
from surveys.models import Mention


def note_mentions(
    session: Session,
    definition: Definition,
    place: Mapping[str, int],
    document: Mapping[str, Any],
    now: datetime,
) -> None:
    """Note the written names of a response, and who is meant where that is clear.

    *place* has its response_id, survey_id and project_id. What a facilitator said of a name
    stays as long as the name stays.
    """
    query = select(Mention).filter_by(response_id=place["response_id"])
    before = {(each.question, each.instance): each for each in session.scalars(query)}
    said = {each.name: (each.organisation_id, each.is_none) for each in before.values()}
    register: Register | None = None
    for question, instance, name, sector in mentions_in(definition, document):
        known = before.pop((question, instance), None)
        if known is None:
            values = {"question": question, "instance": instance, "name": name}
            known = Mention(**place, **values, sector=sector, given=now)
            session.add(known)
        elif known.name == name:
            continue
        known.name, known.sector = name, sector
        if name in said:  # it stands in another turn now
            known.organisation_id, known.is_none = said[name]
            continue
        known.is_none = False
        if register is None:
            project = session.get_one(Project, place["project_id"])
            register = Register(registered(session, project))
        clear = register.clear(name)
        known.organisation_id = clear.organisation.id if clear else None
    for gone in before.values():
        session.delete(gone)
    session.flush()


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
    mention.organisation_id, mention.is_none = organisation_id, False
