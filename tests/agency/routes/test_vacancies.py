"""What an enterprise may know of people who look for work, and what it may not."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from agency import vacancies
from agency.models import Release
from people.listings.models import For, Listing
from people.models import Membership, Organisation, Project, Role, Side
from people.terms import keeping as terms
from tests.agency.story import a_listing
from tests.story import NOON, a_member, a_user, an_organisation, browser_of

PAGE = "/p/buch/needs/vacancies"
Seek = Callable[..., Listing]


@pytest.fixture
def provider(session: Session, project: Project) -> Organisation:
    found = an_organisation(project, "O1", "Träger Nord")
    session.add(found)
    session.commit()
    return found


@pytest.fixture
def vacancy(session: Session, project: Project) -> Listing:
    more = {
        "people": For.ORGANISATIONS,
        "term": "staff",
        "german": "a2",
        "times": ("t_morning",),
    }
    found = a_listing(session, project, Side.NEED, "Zwei Küchenkräfte", quantity=2, **more)
    session.commit()
    return found


@pytest.fixture
def seek(session: Session, project: Project, provider: Organisation) -> Seek:
    def seek(quantity: int, **more: object) -> Listing:
        values = {"term": "jobs", "german": "a2", "organisation_id": provider.id} | more
        found = a_listing(
            session, project, Side.NEED, "Arbeit gesucht", quantity=quantity, **values
        )
        session.commit()
        return found

    return seek


@pytest.fixture
def counsellor(
    app: Flask, session: Session, project: Project, provider: Organisation
) -> FlaskClient:
    return a_counsellor(app, session, project, provider, "Nesrin")


def a_counsellor(
    app: Flask, session: Session, project: Project, provider: Organisation, name: str
) -> FlaskClient:
    user = a_user(name)
    session.add(user)
    session.flush()
    membership: Membership = a_member(project, user, Role.COUNSELLOR)
    membership.provider_id = provider.id
    session.add(membership)
    session.commit()
    return browser_of(user, app)


def test_an_enterprise_hears_of_groups_of_five_and_whom_to_ask(
    desk: FlaskClient, vacancy: Listing, seek: Seek
) -> None:
    assert "ist niemand bekannt" in desk.get(PAGE).text
    seek(4)
    page = desk.get(PAGE).text
    assert "Bitte fragen Sie Träger Nord." in page
    assert "könnten passen" not in page
    seek(9)
    page = desk.get(PAGE).text
    assert "Mindestens <b>9 Menschen</b> könnten passen." in page
    assert not re.search(r"13", page.partition("<main")[2])


def test_people_are_counted_only_where_german_and_time_fit(
    desk: FlaskClient, vacancy: Listing, seek: Seek
) -> None:
    seek(6, german="none")
    seek(7, times=("t_evening",))
    seek(8, term="language_course")
    assert "ist niemand bekannt" in desk.get(PAGE).text
    seek(5, german="a1", times=("t_morning",))
    assert "Mindestens <b>5 Menschen</b>" in desk.get(PAGE).text


def released(browser: FlaskClient, vacancy: Listing, **typed: str) -> int:
    key = re.findall(r'name="key"[^>]*value="([^"]+)"', browser.get(PAGE).text)[0]
    said = {"key": key, "number": "2", "agreed": "2026-11-01", "is_agreed": "y"} | typed
    said = {name: value for name, value in said.items() if value}
    return browser.post(f"{PAGE}/{vacancy.id}/releases", data=said).status_code


def test_a_counsellor_releases_with_the_yes_of_people_and_takes_it_back(
    desk: FlaskClient, session: Session, vacancy: Listing, counsellor: FlaskClient
) -> None:
    assert "freigegeben" not in desk.get(PAGE).text
    assert released(counsellor, vacancy, is_agreed="") == 422
    assert released(counsellor, vacancy, agreed="2999-01-01") == 409
    assert session.scalars(select(Release)).all() == []
    assert released(counsellor, vacancy) == 303
    it = session.scalars(select(Release)).one()
    assert (it.people, it.by, it.vacancy_id) == (2, "Nesrin", vacancy.id)
    assert "Träger Nord hat 2 Kontakte freigegeben." in desk.get(PAGE).text
    assert counsellor.post(f"/p/buch/needs/releases/{it.id}/removal").status_code == 303
    assert "freigegeben" not in desk.get(PAGE).text


def test_one_provider_neither_sees_nor_undoes_what_another_released(
    app: Flask, session: Session, project: Project, vacancy: Listing, counsellor: FlaskClient
) -> None:
    released(counsellor, vacancy)
    it = session.scalars(select(Release)).one()
    other = an_organisation(project, "O2", "Träger Süd")
    session.add(other)
    session.commit()
    stranger = a_counsellor(app, session, project, other, "Olga")
    assert "freigegeben" not in stranger.get(PAGE).text
    assert stranger.post(f"/p/buch/needs/releases/{it.id}/removal").status_code == 404
    assert session.scalars(select(Release)).one()


def test_nobody_but_a_counsellor_releases(desk: FlaskClient, vacancy: Listing) -> None:
    assert desk.post(f"{PAGE}/{vacancy.id}/releases").status_code == 403


def test_who_has_found_work_and_what_is_filled_is_told_no_more(
    desk: FlaskClient, session: Session, vacancy: Listing, seek: Seek, counsellor: FlaskClient
) -> None:
    seek(7).met = NOON
    session.commit()
    page = desk.get(PAGE).text
    assert "7 Personen" not in page and "Träger Nord" not in page
    vacancy.met = NOON
    session.commit()
    assert "Zwei Küchenkräfte" not in desk.get(PAGE).text
    said = {"key": "1", "number": "1", "agreed": "2026-01-01", "is_agreed": "y"}
    assert counsellor.post(f"{PAGE}/{vacancy.id}/releases", data=said).status_code == 409


@pytest.fixture
def cooks(session: Session, project: Project) -> str:
    """A term of the project's own."""
    words = terms.Words("Küchenkräfte", "Kitchen staff", "PO")
    code = terms.add(session, project, "work", words, "cooks", "Birte", NOON).code
    session.commit()
    return code


def test_a_vacancy_under_a_term_that_was_put_together_with_staff_is_released_too(
    desk: FlaskClient,
    session: Session,
    project: Project,
    vacancy: Listing,
    counsellor: FlaskClient,
    cooks: str,
) -> None:
    """It once stood there with a form that led nowhere."""
    vacancy.term = cooks
    session.commit()
    assert counsellor.post(f"{PAGE}/{vacancy.id}/releases", data={}).status_code == 404
    terms.merge(session, project, cooks, "staff", "Birte", NOON)
    session.commit()
    assert released(counsellor, vacancy) == 303
    assert "Träger Nord hat 2 Kontakte freigegeben." in desk.get(PAGE).text


def test_vacancies_stay_when_staff_and_jobs_go_by_terms_of_ones_own(
    desk: FlaskClient,
    session: Session,
    project: Project,
    vacancy: Listing,
    seek: Seek,
    counsellor: FlaskClient,
    cooks: str,
) -> None:
    """They all went away once."""
    seek(9)
    terms.merge(session, project, "staff", cooks, "Birte", NOON)
    words = terms.Words("Arbeit und Ausbildung", "Work and training", "P")
    work = terms.add(session, project, "work", words, "work", "Birte", NOON).code
    terms.merge(session, project, "jobs", work, "Birte", NOON)
    session.commit()
    page = desk.get(PAGE).text
    assert "Zwei Küchenkräfte" in page
    assert "Mindestens <b>9 Menschen</b> könnten passen." in page
    seek(5, term=work)
    assert "Mindestens <b>14 Menschen</b> könnten passen." in desk.get(PAGE).text
    assert released(counsellor, vacancy) == 303


def test_people_are_released_for_vacancies_only(
    session: Session, project: Project, provider: Organisation
) -> None:
    more = {"people": For.ORGANISATIONS, "term": "rooms"}
    room = a_listing(session, project, Side.NEED, "Eine Halle", **more)
    with pytest.raises(vacancies.NoVacancy):
        vacancies.release(session, room, provider, 1, NOON.date(), "Nesrin", NOON, "a form")
