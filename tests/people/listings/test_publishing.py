import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.listings.models import For
from people.models import Naming, Organisation, Project, Side
from tests.agency.story import a_listing
from tests.story import an_organisation

FILE = "/p/buch/needs/register/offers.json"
REQUIRED = {  # of each object in HSDS 3.2
    "contents": {"id", "name", "status"},
    "organization": {"id", "name", "description"},
    "attributes": {"id"},
    "taxonomy_term": {"id", "name", "description"},
    "capacities": {"id", "unit", "available", "updated"},
    "unit": {"id", "name"},
    "schedules": {"id"},
    "service_areas": {"id"},
}


def an_owner(session: Session, project: Project, code: str, naming: Naming) -> Organisation:
    owner = an_organisation(project, code, f"Radhaus {code}", naming=naming)
    session.add(owner)
    session.flush()
    return owner


def objects(found: object, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield all objects within, by the name under which they stand."""
    if isinstance(found, list):
        for each in found:
            yield from objects(each, name)
    elif isinstance(found, dict):
        yield name, found
        for key, value in found.items():
            yield from objects(value, key)


def test_offers_leave_as_services_with_all_that_hsds_asks_for(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    owner = an_owner(session, project, "O01", Naming.PUBLIC)
    a_listing(
        session, project, Side.OFFER, "Nähstube", organisation_id=owner.id, locality="buch",
        times=("t_weekend",), german="a2", note="Nur für das Team: Frau Kaya anrufen",
    )  # fmt: skip
    session.commit()
    answer = desk.get(FILE)
    found = json.loads(answer.text)
    seen = set()
    for name, each in objects(found):
        if name:
            assert each.keys() >= REQUIRED[name]
            UUID(each["id"])
            seen.add(name)
    assert seen == {*REQUIRED}
    (service,) = found["contents"]
    assert (service["name"], service["organization"]["name"]) == ("Nähstube", "Radhaus O01")
    assert service["capacities"][0]["available"] == 8
    assert [each["taxonomy_term"]["code"] for each in service["attributes"]] == [
        "sewing_workshop", "work",
    ]  # fmt: skip
    assert service["schedules"][0]["byday"] == "SA,SU"
    assert "Frau Kaya" not in answer.text
    assert json.loads(desk.get(FILE).text) == found  # the same numbers again


def test_only_who_agreed_to_be_named_publicly_is_in_it(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    for code, naming in (("O01", Naming.TEAM), ("O02", Naming.NETWORK)):
        owner = an_owner(session, project, code, naming)
        a_listing(session, project, Side.OFFER, f"von {code}", organisation_id=owner.id)
    public = an_owner(session, project, "O03", Naming.PUBLIC)
    mine = {"organisation_id": public.id}
    a_listing(session, project, Side.OFFER, "ohne Träger")
    a_listing(session, project, Side.NEED, "gesucht", people=For.PERSONS, **mine)
    a_listing(session, project, Side.OFFER, "abgelaufen", valid_until=date(2020, 1, 1), **mine)
    session.commit()
    found = json.loads(desk.get(FILE).text)
    assert (found["contents"], found["empty"]) == ([], True)
