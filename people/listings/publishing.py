"""Offers as open data: services of the Human Services Data Specification (HSDS) 3.2.

Only offers of organisations that agreed to be named publicly, and of those only what says
what there is; notes of the team stay inside. The answer is shaped like a page of services.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from people.listings.models import Listing
from people.models import Naming, Organisation, Side
from people.taxonomy import SHIPPED, Taxonomy

SPACE = UUID("0e4c8f46-5a53-4f0e-9d0b-3c1c8e6d7a51")  # of the numbers that we give
OURS, OPEN = "OSI Werkstatt", "https://github.com/auntbertha/openeligibility"
WEEKEND = "t_weekend"


@dataclass(frozen=True)
class Words:
    """How codes are said, in the language of the file."""

    language: str
    people: Mapping[str, str]
    localities: Mapping[str, str]
    levels: Mapping[str, str]
    times: Mapping[str, str]
    place: str  # what is counted
    terms: Taxonomy = SHIPPED


def published(
    offers: Iterable[tuple[Listing, Organisation | None]],
    project: str,
    words: Words,
    today: date,
) -> dict[str, Any]:
    """Return the services of a project, each with the organisation that offers it."""
    services = [
        _service(project, it, owner, words)
        for it, owner in offers
        if it.side == Side.OFFER
        and owner is not None
        and owner.naming == Naming.PUBLIC
        and (it.valid_until is None or it.valid_until >= today)
    ]
    return {
        "total_items": len(services),
        "total_pages": 1,
        "page_number": 1,
        "size": len(services),
        "first_page": True,
        "last_page": True,
        "empty": not services,
        "contents": services,
    }


def _service(project: str, it: Listing, owner: Organisation, words: Words) -> dict[str, Any]:
    mine = f"{project} offer {it.number}"
    found = {
        "id": _number(mine),
        "name": it.title,
        "status": "active",
        "eligibility_description": _for_whom(it, words),
        "assured_date": it.at.date().isoformat(),
        "last_modified": it.at.isoformat(timespec="milliseconds"),
        "organization": {
            "id": _number(f"{project} organisation {owner.code}"),
            "name": owner.name,
            "description": owner.name,
        },
        "attributes": [*_attributes(mine, it.term, words)],
        "capacities": [
            {
                "id": _number(f"{mine} places"),
                "unit": {"id": _number("place"), "name": words.place},
                "available": it.quantity,
                "updated": it.at.isoformat(timespec="milliseconds"),
            }
        ],
        "schedules": [_schedule(mine, time, it, words) for time in it.times.split()],
    }
    if place := words.localities.get(it.locality):
        found["service_areas"] = [{"id": _number(f"{mine} area"), "name": place}]
    return found


def _for_whom(it: Listing, words: Words) -> str:
    level = words.levels.get(it.german)
    return f"{words.people[it.people]}{f', {level}' if level else ''}"


def _schedule(mine: str, time: str, it: Listing, words: Words) -> dict[str, Any]:
    found = {"id": _number(f"{mine} {time}"), "description": words.times.get(time, time)}
    if time == WEEKEND:
        found |= {"freq": "WEEKLY", "byday": "SA,SU"}
    if it.valid_until:
        found["valid_to"] = it.valid_until.isoformat()
    return found


def _attributes(mine: str, code: str, words: Words) -> Iterable[dict[str, Any]]:
    """Yield the term in our words, and the top category of Open Eligibility."""
    name = words.terms.label(code, words.language)
    yield _attribute(mine, OURS, code, name, words.language)
    if top := words.terms.open_eligibility(code):
        yield _attribute(mine, OPEN, top, top.capitalize(), "en")


def _attribute(mine: str, list_: str, code: str, name: str, language: str) -> dict[str, Any]:
    term = {"id": _number(f"{list_} {code}"), "code": code, "name": name, "description": name}
    term |= {"taxonomy": list_, "language": language}
    link = {"link_type": "service_category", "link_entity": "service"}
    return {"id": _number(f"{mine} {list_}"), **link, "taxonomy_term": term}


def _number(name: str) -> str:
    """Return the same number for the same thing, in every file."""
    return str(uuid5(SPACE, name))
