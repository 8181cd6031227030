"""A register of 2,000 needs and offers is read page by page, and searched."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from core.db import db
from people.listings.models import For, Listing
from people.models import Organisation, Project, Side
from people.taxonomy import SHIPPED
from people.terms import keeping as terms
from tests.agency.routes.test_listings import REGISTER, radhaus
from tests.agency.story import a_listing
from tests.story import NOON

__all__ = ["radhaus"]  # fixtures


@pytest.fixture
def many(session: Session, project: Project) -> int:
    """2,000 needs and offers, every hundredth of which is about bicycles."""
    number = 2000
    for n in range(number):
        title = f"Fahrrad {n}" if n % 100 == 0 else f"Platz {n}"
        side = Side.OFFER if n % 2 else Side.NEED
        more = {"people": For.PERSONS, "term": "childcare", "by": "Birte", "at": NOON}
        values = {"project_id": project.id, "number": n, "title": title, "side": side} | more
        session.add(Listing(**values))
    session.commit()
    return number


def entries_on(page: str) -> list[str]:
    return re.findall(r'<span class="mono quiet">([NF]\d+)</span>', page)


def test_a_long_register_is_read_page_by_page(desk: FlaskClient, many: int) -> None:
    first = desk.get(REGISTER).text
    assert "2000 Einträge" in first
    assert len(entries_on(first)) == 50
    assert len(first) < 60_000
    assert "page=2" in first
    shown = [entries_on(desk.get(f"{REGISTER}?page={n}").text) for n in (1, 2, 3, 40)]
    assert len({code for codes in shown for code in codes}) == 200
    last = desk.get(f"{REGISTER}?page=40").text
    assert entries_on(desk.get(f"{REGISTER}?page=999999").text) == entries_on(last)
    assert "page=41" not in last


def test_a_long_register_is_asked_for_with_few_statements(
    desk: FlaskClient, app: Flask, many: int
) -> None:
    """However long it is: what is not shown is not loaded, and nothing is asked for twice."""
    said: list[str] = []
    with app.app_context():
        engine = db.session.get_bind()

    def note(*told: object) -> None:
        said.append(str(told[2]))

    event.listen(engine, "before_cursor_execute", note)
    try:
        desk.get(f"{REGISTER}?page=3")
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(said) < 40


def test_what_is_looked_for_stays_from_page_to_page_with_its_numbers(
    desk: FlaskClient, session: Session, project: Project, many: int
) -> None:
    page = desk.get(f"{REGISTER}?q=platz&side=need").text
    assert "980 Einträge passen" in page
    assert "Bedarf (980)" in page
    assert "Angebot (1000)" in page
    assert "q=platz&amp;side=need&amp;page=2" in page
    again = entries_on(desk.get(f"{REGISTER}?q=platz&side=need&page=2").text)
    assert len(again) == 50
    assert {code[0] for code in again} == {"N"}
    assert entries_on(desk.get(f"{REGISTER}?q=fahrrad").text)[:2] == ["N0", "N100"]


def test_what_was_put_together_with_another_term_is_found_under_both(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    a_listing(session, project, Side.NEED, "Betreuung am Abend", term="childcare")
    a_listing(session, project, Side.NEED, "Nähen", term="sewing_workshop")
    a_listing(session, project, Side.NEED, "Stricken", term="sewing_workshop")
    terms.merge(session, project, "sewing_workshop", "childcare", "Birte", NOON)
    session.commit()
    label = terms.taxonomy_of(session, project.id).label("childcare", "de")
    page = desk.get(f"{REGISTER}?term=childcare").text
    assert entries_on(page) == ["N1", "N2", "N3"]
    assert f'<option value="childcare" selected>{label} (3)' in page
    assert entries_on(desk.get(f"{REGISTER}?term=sewing_workshop").text) == ["N1", "N2", "N3"]
    own = SHIPPED.label("sewing_workshop", "de")
    assert entries_on(desk.get(REGISTER, query_string={"q": own}).text) == ["N2", "N3"]
    assert entries_on(desk.get(REGISTER, query_string={"q": label}).text) == ["N1", "N2", "N3"]
    terms.merge(session, project, "sewing_workshop", "", "Birte", NOON)
    session.commit()
    assert entries_on(desk.get(f"{REGISTER}?term=childcare").text) == ["N1"]


def test_an_organisation_is_found_by_its_name(
    desk: FlaskClient, session: Session, project: Project, radhaus: Organisation
) -> None:
    a_listing(session, project, Side.OFFER, "Werkstatt", organisation_id=radhaus.id)
    a_listing(session, project, Side.OFFER, "Nähstube")
    session.commit()
    assert entries_on(desk.get(f"{REGISTER}?q=radhaus").text) == ["F1"]


def test_what_is_deleted_is_read_page_by_page_too(
    desk: FlaskClient, session: Session, project: Project, many: int
) -> None:
    session.execute(update(Listing).values(deleted=NOON))
    session.commit()
    page = desk.get(f"{REGISTER}/deleted?page=40").text
    assert "2000 gelöschte Einträge" in page
    assert page.count("/return") == 50
    assert "Noch ist kein" in desk.get(REGISTER).text
