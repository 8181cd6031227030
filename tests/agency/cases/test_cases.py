"""Advice cases, as S11 tells: from a need to an outcome, through two pairs of hands."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from agency.cases import beginning, handing_over
from agency.cases.beginning import BegunAlready, Need
from agency.cases.models import Case, CaseEvent, Event, Handover, Kind, Outcome
from agency.planning import plans_of
from core.errors import Refusal
from people.listings.models import For, Listing
from people.models import Membership, Organisation, Project, Role, Side, User
from tests.agency.story import a_listing
from tests.story import NOON, a_member, a_user, an_organisation, at_once, browser_of

ADVICE = "/p/buch/advice"
DE = {"Accept-Language": "de"}
NOTE = {"note-key": "1", "note-text": "Der Bescheid endet im Juni. Unterlagen liegen vor."}


@pytest.fixture
def radhaus(session: Session, project: Project) -> Organisation:
    found = an_organisation(project, "O01", "Radhaus Buch gGmbH")
    session.add(found)
    session.commit()
    return found


@pytest.fixture
def need(session: Session, project: Project, radhaus: Organisation) -> Listing:
    found = a_listing(
        session, project, Side.NEED, "Anschlussfinanzierung", people=For.ORGANISATIONS,
        term="funding_advice", quantity=1, organisation_id=radhaus.id,
    )  # fmt: skip
    session.commit()
    return found


def somebody(session: Session, project: Project, name: str, role: Role) -> User:
    user = a_user(name)
    session.add(user)
    session.flush()
    session.add(a_member(project, user, role))
    session.commit()
    return user


@pytest.fixture
def alma(app: Flask, session: Session, project: Project) -> FlaskClient:
    """Alma advises."""
    return browser_of(somebody(session, project, "Alma", Role.ADVISER), app)


@pytest.fixture
def bo(app: Flask, session: Session, project: Project) -> FlaskClient:
    """Bo advises, too."""
    return browser_of(somebody(session, project, "Bo", Role.ADVISER), app)


@pytest.fixture
def case(alma: FlaskClient, session: Session, need: Listing) -> Case:
    """A case that Alma has begun with one click, and taken."""
    alma.post(f"{ADVICE}/needs/{need.id}", data={"key": "k"})
    alma.post(f"{ADVICE}/1/owner")
    return session.scalars(select(Case)).one()


def member(session: Session, name: str) -> Membership:
    query = select(Membership).join(User, User.id == Membership.user_id)
    return session.scalars(query.where(User.name == name)).one()


def events(session: Session) -> list[Event]:
    session.rollback()
    return list(session.scalars(select(CaseEvent.event).order_by(CaseEvent.id)))


def test_a_need_becomes_a_case_in_one_click_however_often_it_is_sent(
    alma: FlaskClient, session: Session, need: Listing
) -> None:
    assert "Anschlussfinanzierung" in alma.get(ADVICE).text
    for _ in range(2):
        answer = alma.post(f"{ADVICE}/needs/{need.id}", data={"key": "k"})
        assert answer.status_code == 303
    case = session.scalars(select(Case)).one()
    assert (case.code, case.kind, case.title) == ("B1", Kind.FUNDING, need.title)
    assert events(session) == [Event.BEGUN]


def test_the_same_need_twice_is_warned_of_and_possible_with_a_reason(
    alma: FlaskClient, session: Session, need: Listing, case: Case
) -> None:
    where = f"{ADVICE}/needs/{need.id}"
    answer = alma.post(where, data={"key": "another"})
    assert answer.status_code == 409
    assert f'href="{ADVICE}/1"' in answer.text
    assert len(session.scalars(select(Case)).all()) == 1
    said = {"key": "another", "again": "Der zweite Antrag"}
    assert alma.post(where, data=said).status_code == 303
    session.rollback()
    assert [(each.turn, each.again) for each in session.scalars(select(Case))] == [
        (1, ""),
        (2, "Der zweite Antrag"),
    ]
    by_hand = {"key": "3", "organisation": "Radhaus Buch gGmbH", "title": "Noch einmal"}
    answer = alma.post(ADVICE, data={**by_hand, "term": "funding_advice"})
    assert answer.status_code == 409
    assert "Noch einmal" in answer.text


def test_a_case_is_handed_over_without_retelling_and_closes_with_an_outcome(
    alma: FlaskClient, bo: FlaskClient, session: Session, project: Project,
    need: Listing, case: Case,
) -> None:  # fmt: skip
    assert alma.post(f"{ADVICE}/1/notes", data=NOTE).status_code == 303
    assert NOTE["note-text"] not in bo.get(f"{ADVICE}/1").text
    whom = str(member(session, "Bo").id)
    promise = {"key": "h", "member": whom, "promised": "Antrag bis Ende November"}
    assert alma.post(f"{ADVICE}/1/handover", data=promise).status_code == 303
    offered = session.scalars(select(Handover)).one()
    assert "B1" in bo.get(ADVICE).text
    seen = bo.get(f"{ADVICE}/1").text
    assert NOTE["note-text"] in seen and "Antrag bis Ende November" in seen
    answer = bo.post(f"{ADVICE}/1/handover/{offered.id}/answer", data={"answer": "yes"})
    assert answer.status_code == 303
    session.rollback()
    assert case.owner_id == int(whom)
    assert alma.post(f"{ADVICE}/1/notes", data=NOTE | {"note-key": "2"}).status_code == 403
    done = {"outcome": "solved", "text": "Bewilligt.", "met": "y"}
    assert bo.post(f"{ADVICE}/1/outcome", data=done).status_code == 303
    session.rollback()
    assert case.outcome == Outcome.SOLVED
    assert need.met
    assert plans_of(session, project, NOON.date())[For.ORGANISATIONS].needs == []
    assert bo.post(f"{ADVICE}/1/reopening").status_code == 303
    session.rollback()
    assert not case.closed and not need.met
    assert events(session) == [
        Event.BEGUN, Event.TAKEN, Event.NOTED, Event.OFFERED, Event.ACCEPTED, Event.CLOSED,
        Event.REOPENED,
    ]  # fmt: skip


def test_a_provider_gets_a_case_and_its_counsellors_see_no_other(
    app: Flask, alma: FlaskClient, session: Session, project: Project, case: Case
) -> None:
    provider = an_organisation(project, "O18", "Sprachbrücke")
    session.add(provider)
    cem = somebody(session, project, "Cem", Role.COUNSELLOR)
    member(session, "Cem").provider_id = provider.id
    session.commit()
    browser = browser_of(cem, app)
    for page in (f"{ADVICE}/1", f"{ADVICE}/99"):
        assert browser.get(page).status_code == 404
    assert "Anschlussfinanzierung" not in browser.get(ADVICE).text
    both = {"key": "h", "member": str(member(session, "Alma").id), "promised": "-"}
    both |= {"provider": "Sprachbrücke"}
    assert alma.post(f"{ADVICE}/1/handover", data=both).status_code == 422
    promise = {"key": "h", "member": "", "provider": "Sprachbrücke", "promised": "Ein Rückruf"}
    alma.post(f"{ADVICE}/1/handover", data=promise)
    offered = session.scalars(select(Handover)).one()
    yes = f"{ADVICE}/1/handover/{offered.id}/answer"
    assert alma.post(yes, data={"answer": "yes"}).status_code == 403
    assert browser.post(yes, data={"answer": "yes"}).status_code == 303
    assert browser.post(yes, data={"answer": "yes"}).status_code == 409
    session.rollback()
    assert (case.owner_id, case.provider_id) == (None, provider.id)
    assert browser.post(f"{ADVICE}/1/notes", data=NOTE).status_code == 303


def test_a_text_that_seems_to_tell_of_a_person_is_asked_about(
    alma: FlaskClient, session: Session, case: Case
) -> None:
    told = {"note-key": "n", "note-text": "Frau Yılmaz ruft an: 0176 1234567"}
    answer = alma.post(f"{ADVICE}/1/notes", data=told, headers=DE)
    assert answer.status_code == 422
    assert "Frau Yılmaz ruft an" in answer.text
    assert 'name="note-sure"' in answer.text
    assert events(session)[-1] == Event.TAKEN
    assert alma.post(f"{ADVICE}/1/notes", data=told | {"note-sure": "y"}).status_code == 303
    plain = {"note-key": "p", "note-text": "Frist am 15.12.2026, 12.000 € beantragt."}
    assert alma.post(f"{ADVICE}/1/notes", data=plain).status_code == 303


def test_the_queue_shows_first_what_waits_longest_and_is_searched(
    desk: FlaskClient, session: Session, project: Project, radhaus: Organisation
) -> None:
    for days, term in ((3, "staff"), (40, "rooms"), (9, "funding")):
        need = Need(radhaus, term, f"Sorge um {term}")
        case = beginning.begin(session, project, need, "Birte", NOON)
        case.moved = NOON.replace(month=9, day=30 - days % 30)
    session.commit()

    def order(query: str = "") -> list[str]:
        return re.findall(r"Sorge um (\w+)</bdi></a>", desk.get(f"{ADVICE}{query}").text)

    assert order() == ["rooms", "funding", "staff"]
    assert order("?q=staff") == ["staff"]
    assert order("?kind=funding&state=free") == ["funding"]
    assert order("?owner=mine") == []
    assert order("?state=closed") == []
    words = {"key": "1", "text": "x", "outcome": "settled"}
    desk.post(f"{ADVICE}/1/outcome", data=words)
    assert order() == ["rooms", "funding"]
    assert order("?state=") == ["rooms", "funding", "staff"]


def test_an_appointment_is_arranged_in_the_time_of_berlin(
    alma: FlaskClient, case: Case
) -> None:
    assert alma.post(f"{ADVICE}/1/appointments", data={"when-key": "a"}).status_code == 422
    said = {"when-key": "a", "when-day": "2027-07-05", "when-time": "10:30"}
    for _ in range(2):
        assert alma.post(f"{ADVICE}/1/appointments", data=said).status_code == 303
    page = alma.get(f"{ADVICE}/1", headers=DE).text
    assert "5. Juli 2027, 10:30" in page
    assert "5. Juli 2027, 10:30" in alma.get(ADVICE, headers=DE).text


@pytest.mark.both_engines
def test_of_many_who_begin_the_same_at_once_one_begins_it(
    sessions: sessionmaker[Session], session: Session, project: Project, radhaus: Organisation
) -> None:
    told: list[str] = []
    home_id, radhaus_id = project.id, radhaus.id
    session.rollback()

    def begin(_which: int) -> None:
        with sessions() as own:
            home = own.get_one(Project, home_id)
            need = Need(own.get_one(Organisation, radhaus_id), "staff", "Personal")
            try:
                beginning.begin(own, home, need, "Birte", NOON)
                own.commit()
                told.append("begun")
            except BegunAlready:
                told.append("already")

    at_once(5, begin)
    assert sorted(told) == ["already"] * 4 + ["begun"]


@pytest.mark.both_engines
def test_a_case_goes_to_one_of_those_who_take_it_at_once(
    sessions: sessionmaker[Session], session: Session, project: Project, radhaus: Organisation
) -> None:
    for name in "abc":
        somebody(session, project, name, Role.ADVISER)
    owners = [member(session, name).id for name in "abc"]
    case = beginning.begin(session, project, Need(radhaus, "staff", "Personal"), "B", NOON)
    session.commit()
    number, taken = case.id, []

    def take(which: int) -> None:
        with sessions() as own:
            mine = own.get_one(Case, number)
            try:
                who = own.get_one(Membership, owners[which])
                handing_over.take(own, mine, who, "x", NOON)
                own.commit()
                taken.append(owners[which])
            except Refusal:
                pass

    at_once(3, take)
    session.rollback()
    assert taken == [case.owner_id]
