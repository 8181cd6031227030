"""Every door of accounts and team: by role, by project, and for those who are nobody."""

import tempfile
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app import create_app
from core.keys import Keyring
from people.inviting import invite
from people.models import Membership, Project, Role, User
from tests.story import NOON, a_member, a_user, browser_of, without_stamps

READABLE = {"team.team"}  # by every role
OWN = {"account", "projects"}  # blueprints about oneself


def rules(*blueprints: str) -> list[Rule]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(SECRET_KEY="test", DATA=folder, TESTING=True)
    return [
        rule for rule in app.url_map.iter_rules() if rule.endpoint.split(".")[0] in blueprints
    ]


def cases(found: list[Rule]) -> list[tuple[str, str, str]]:
    return [
        (rule.endpoint, rule.rule, method)
        for rule in found
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]


TEAM = cases(rules("team"))


@pytest.fixture
def number(
    session: Session, keys: Keyring, project: Project, birte: User
) -> Callable[[str], int]:
    """The number of something that is there: an invitation, or Birte's membership."""
    invitation, _key = invite(session, keys, project, "form", NOON, role=Role.PANEL)
    session.commit()
    member = session.query(Membership).filter_by(user_id=birte.id).one()
    return lambda path: invitation.id if "invitations" in path else member.id


def fill(path: str, project: str, number: int) -> str:
    return path.replace("<project>", project).replace("<id:number>", str(number))


@pytest.mark.parametrize(("endpoint", "path", "method"), TEAM)
@pytest.mark.parametrize("role", [role for role in Role if role != Role.FACILITATOR])
def test_only_who_facilitates_manages_the_team(
    app: Flask,
    session: Session,
    keep: Callable[..., User],
    project: Project,
    number: Callable[[str], int],
    role: Role,
    endpoint: str,
    path: str,
    method: str,
) -> None:
    user = keep(a_user("Nele"))
    session.add(a_member(project, user, role))
    session.commit()
    answer = browser_of(user, app).open(fill(path, "buch", number(path)), method=method)
    assert answer.status_code == (200 if endpoint in READABLE else 403)


@pytest.mark.parametrize(("endpoint", "path", "method"), TEAM)
def test_a_foreign_project_is_like_none(
    app: Flask,
    carim: User,
    number: Callable[[str], int],
    endpoint: str,
    path: str,
    method: str,
) -> None:
    browser = browser_of(carim, app)
    foreign, none = (
        browser.open(fill(path, slug, number(path)), method=method)
        for slug in ("buch", "nowhere")
    )
    assert foreign.status_code == none.status_code == 404
    pages = [without_stamps(answer.text) for answer in (foreign, none)]
    assert pages[0].replace("/p/buch", "/p/nowhere") == pages[1]


@pytest.mark.parametrize(
    ("endpoint", "path", "method"), [case for case in TEAM if "<id" in case[1]]
)
def test_what_belongs_to_another_project_is_not_found_in_ones_own(
    app: Flask,
    session: Session,
    carim: User,
    number: Callable[[str], int],
    endpoint: str,
    path: str,
    method: str,
) -> None:
    before = session.query(Membership).count()
    browser = browser_of(carim, app)
    foreign, none = (
        browser.open(fill(path, "elsewhere", which), method=method)
        for which in (number(path), 4711)
    )
    assert foreign.status_code == none.status_code == 404
    assert session.query(Membership).count() == before


@pytest.mark.parametrize(("endpoint", "path", "method"), cases(rules("team", *OWN)))
def test_nobody_enters_without_signing_in(
    client: FlaskClient, project: Project, endpoint: str, path: str, method: str
) -> None:
    answer = client.open(fill(path, "buch", 1), method=method)
    assert answer.status_code == (303 if method == "GET" else 401)
    if method == "GET":
        assert answer.location.startswith("/sign-in?next=/")


@pytest.mark.parametrize(
    "path",
    [
        "/account/password",
        "/account/two-factor",
        "/account/recovery-codes",
        "/account/confirmation",
    ],
)
def test_the_keys_of_an_account_are_shown_to_nobody_else(
    client: FlaskClient, birte: User, path: str
) -> None:
    assert client.get(path).status_code in (302, 303)
    assert client.post(path).status_code in (302, 303, 401)
