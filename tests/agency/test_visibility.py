"""What each role sees of one person: her provider all, everyone else nothing (DESIGN §5).

Samira talks at the Bucher Bogen. Nobody else needs health advice, and nobody else needs a
bicycle workshop together with it. Fourteen others talk at two providers.
"""

import json
from collections.abc import Callable, Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from agency.telling import told
from people.models import Membership, Organisation, Project, Role, Side
from surveys.models import Response, Survey
from tests.agency.gathering.story import a_talk, an_owner, found, talks
from tests.agency.story import a_listing
from tests.story import NOON, a_user, browser_of

SAMIRA = "S4-MRA"
RARE = ("Gesundheitsberatung", "health_advice")
HERS = "/p/buch/conversations/S4-MRA/offers"
PAGES = ("", "/register", "/proposals?all=1", "/gaps/1", "/register/1")


@pytest.fixture
def providers(session: Session, project: Project) -> tuple[Organisation, Organisation]:
    return an_owner(session, project, "O14"), an_owner(session, project, "O18")


@pytest.fixture
def survey(
    session: Session, project: Project, providers: tuple[Organisation, Organisation]
) -> Survey:
    survey = talks(session, project)
    for number in range(14):
        term = "childcare" if number < 7 else "jobs"
        owner = providers[number % 2]
        a_talk(session, survey, owner, f"A{number:02}-AA", needs=[term])
    return survey


@pytest.fixture
def samira(
    session: Session,
    project: Project,
    survey: Survey,
    providers: tuple[Organisation, Organisation],
) -> Response:
    a_listing(session, project, Side.NEED, "Nähen", quantity=12)
    a_listing(session, project, Side.OFFER, "Rad und Tat", term="bike_workshop")
    needs = ["health_advice", "bike_workshop"]
    return a_talk(session, survey, providers[0], SAMIRA, needs=needs, feedback_ok="no")


@pytest.fixture
def sign_in(app: Flask, session: Session, project: Project) -> Callable[..., FlaskClient]:
    def sign_in(role: Role, provider: Organisation | None = None) -> FlaskClient:
        user = a_user(f"{role} of {provider.code if provider else 'none'}")
        session.add(user)
        session.flush()
        number = provider.id if provider else None
        session.add(
            Membership(project_id=project.id, user_id=user.id, role=role, provider_id=number)
        )
        session.commit()
        return browser_of(user, app)

    return sign_in


def test_her_own_counsellor_sees_what_fits_and_why(
    sign_in: Callable[..., FlaskClient],
    samira: Response,
    providers: tuple[Organisation, Organisation],
) -> None:
    page = sign_in(Role.COUNSELLOR, providers[0]).get(HERS)
    assert page.status_code == 200
    assert "Rad und Tat" in page.text
    assert "Für „Fahrradwerkstatt“: genau das Gesuchte" in page.text
    assert "nicht zugestimmt, auf Angebote angesprochen" in page.text


def test_nobody_else_opens_her_page(
    sign_in: Callable[..., FlaskClient],
    samira: Response,
    providers: tuple[Organisation, Organisation],
) -> None:
    nobodys = HERS.replace(SAMIRA, "Z9-ZZZ")
    for provider in (providers[1], None):
        browser = sign_in(Role.COUNSELLOR, provider)
        assert browser.get(HERS).status_code == browser.get(nobodys).status_code == 404
    for role in {*Role} - {Role.COUNSELLOR}:
        assert sign_in(role).get(HERS).status_code == 403


@pytest.mark.parametrize("role", [*Role])
def test_no_list_count_or_reason_tells_of_her(
    sign_in: Callable[..., FlaskClient],
    samira: Response,
    providers: tuple[Organisation, Organisation],
    role: Role,
) -> None:
    other = providers[1] if role == Role.COUNSELLOR else None
    browser = sign_in(role, other)
    addresses = [f"/p/buch/needs{page}" for page in PAGES]
    addresses += ["/p/buch/conversations", "/p/buch/surveys/gespraeche/results"]
    opened = [browser.get(each) for each in addresses]
    seen = [page.text for page in opened if page.status_code == 200]
    assert seen or role not in (Role.FACILITATOR, Role.COUNSELLOR)
    for text in seen:
        assert SAMIRA not in text
    offered = '<option value="health_advice"'  # a list of all terms tells of nobody
    for page in opened[2:3]:
        if page.status_code == 200:
            assert offered not in page.text
            assert RARE[0] not in page.text


def test_no_proposal_tells_whether_she_was_there(
    session: Session,
    project: Project,
    survey: Survey,
    providers: tuple[Organisation, Organisation],
) -> None:
    """Before and after she talks, and after she takes it back, all proposals are alike."""

    def proposals() -> Mapping[str, object]:
        return {key: each.said for key, each in found(session, project).items()}

    a_talk(session, survey, providers[1], "A14-AA", needs=["jobs"])  # a batch is full
    before = proposals()
    assert before
    hers = a_talk(session, survey, providers[0], SAMIRA, needs=["health_advice", "childcare"])
    assert proposals() == before
    hers.submitted = None
    session.commit()
    assert proposals() == before


def test_the_plan_knows_no_single_person(
    session: Session, project: Project, samira: Response
) -> None:
    told_ = json.dumps(told(session, project, NOON.date()))
    assert SAMIRA not in told_
    assert RARE[1] not in told_
