"""The page on which entries of the register are merged, and the search for one."""

from collections.abc import Sequence

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.models import Alias, Organisation, Project
from people.names.doubling import doubles
from people.naming import registered
from tests.story import an_organisation

NAMES = "/p/buch/people/names"


@pytest.fixture(autouse=True)
def in_english(desk: FlaskClient) -> None:
    desk.post("/language", data={"language": "en", "page": "/"})


@pytest.fixture
def entries(session: Session, project: Project) -> list[Organisation]:
    names = ["AWO Kreisverband Pankow e.V.", "Arbeiterwohlfahrt Pankow", "Radhaus", "Lotus"]
    made = [an_organisation(project, f"O{n}", name) for n, name in enumerate(names, 1)]
    session.add_all(made)
    session.commit()
    return made


def merge(desk: FlaskClient, gone: Organisation, kept: Organisation) -> None:
    form = {"gone": gone.id, "kept": kept.id, "reason": "derselbe Verein"}
    assert desk.post(f"{NAMES}/merges", data=form).status_code == 303


def test_two_entries_of_one_organisation_are_found(
    session: Session, project: Project, entries: Sequence[Organisation]
) -> None:
    (pair,) = doubles(registered(session, project))
    assert (pair.one, pair.other) == (entries[0], entries[1])
    assert pair.score >= 98


def test_namesakes_of_other_places_are_no_doubles(session: Session, project: Project) -> None:
    for code, place in enumerate(("Buch", "Karow", "Pankow"), 1):
        session.add(an_organisation(project, f"O{code}", f"Sprachcafé Linde {place}"))
    session.commit()
    assert doubles(registered(session, project)) == []


def test_merging_on_the_page_and_taking_it_back(
    desk: FlaskClient, session: Session, project: Project, entries: Sequence[Organisation]
) -> None:
    merge(desk, entries[1], entries[0])
    page = desk.get(f"{NAMES}/doubles").text
    assert "Arbeiterwohlfahrt Pankow is part of AWO Kreisverband Pankow e.V." in page
    assert "derselbe Verein" in page
    assert "Arbeiterwohlfahrt" not in desk.get("/p/buch/people").text
    assert desk.post(f"{NAMES}/merges/1/removal").status_code == 303
    assert "Arbeiterwohlfahrt" in desk.get("/p/buch/people").text
    page = desk.get(f"{NAMES}/doubles").text
    assert "taken back on" in page
    assert "No two entries look alike" in page  # somebody has told them apart


def test_the_page_of_the_one_that_went_says_where_it_is(
    desk: FlaskClient, entries: Sequence[Organisation]
) -> None:
    merge(desk, entries[1], entries[0])
    page = desk.get("/p/buch/people/organisations/O2").text
    assert "O1" in page
    assert "Bring back" not in page
    assert desk.post("/p/buch/people/organisations/O2/return").status_code == 409
    assert "Arbeiterwohlfahrt" not in desk.get("/p/buch/people/deleted").text
    assert "Arbeiterwohlfahrt Pankow" in desk.get("/p/buch/people/organisations/O1").text


def test_what_is_refused_is_said_in_words(
    desk: FlaskClient, entries: Sequence[Organisation]
) -> None:
    assert desk.post(f"{NAMES}/merges", data={}).status_code == 422
    both = {"gone": entries[0].id, "kept": entries[0].id}
    answer = desk.post(f"{NAMES}/merges", data=both)
    assert (answer.status_code, "two different entries" in answer.text) == (409, True)
    for wrong in ("x", "-1", "99999999999"):
        form = {"gone": wrong, "kept": entries[0].id}
        assert desk.post(f"{NAMES}/merges", data=form).status_code == 422


@pytest.mark.parametrize("words", ["arbeiterwolfahrt", "awo", "ARB", "pankow arb"])
def test_whoever_types_sees_who_fits(
    desk: FlaskClient, entries: Sequence[Organisation], words: str
) -> None:
    part = desk.get(f"{NAMES}/found", query_string={"q-gone": words, "side": "gone"}).text
    assert "Arbeiterwohlfahrt Pankow" in part
    assert "Radhaus" not in part
    assert 'name="gone"' in part


def test_the_search_knows_a_change_of_the_register_at_once(
    desk: FlaskClient, session: Session, entries: Sequence[Organisation]
) -> None:
    address = f"{NAMES}/found?q-organisation=drahtesel"
    assert "Radhaus" not in desk.get(address).text
    radhaus = entries[2]
    radhaus.aliases = [Alias(project_id=radhaus.project_id, name="Drahtesel")]
    session.commit()
    assert "Radhaus" in desk.get(address).text
    merge(desk, radhaus, entries[3])
    assert "Radhaus" not in desk.get(address).text
    assert "Lotus" in desk.get(address).text  # answers to the names of the other
