"""The pages of the team, from an invitation to a farewell."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.keys import Keyring
from core.mail import outbox
from people.desk import Tab
from people.models import Membership, Organisation, Project, Role, StaffInvitation, User
from tests.story import a_member, a_user, an_organisation, browser_of

TEAM = "/p/buch/people/team"


@pytest.fixture
def desk(desk: FlaskClient) -> FlaskClient:
    desk.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


@pytest.fixture
def stranger(client: FlaskClient) -> FlaskClient:
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def invite(desk: FlaskClient, **wishes: object) -> str:
    """Make a link and return its path, as it is shown."""
    data = {"key": "form", "role": "panel", "provider": 0, "email": ""} | wishes
    answer = desk.post(f"{TEAM}/invitations", data=data)
    assert answer.status_code == 303, answer.text
    page = desk.get(answer.location).text
    (path,) = re.findall(r'value="http://127.0.0.1:5000(/invited/[^"]+)"', page)
    return str(path)


def membership(session: Session, user: User) -> Membership:
    return session.query(Membership).filter_by(user_id=user.id).one()


def test_somebody_new_comes_by_link_and_stays_with_a_password(
    desk: FlaskClient, stranger: FlaskClient, session: Session
) -> None:
    path = invite(desk, role="task_force")
    page = stranger.get(path).text
    assert "Campus Buch" in page and "Task force" in page
    new = {"name": "Amal", "email": "Amal@example.org", "password": "vier blaue Räder"}
    answer = stranger.post(path, data=new)
    assert (answer.status_code, answer.location) == (303, "/projects")
    assert stranger.get("/projects").location == "/p/buch"
    amal = session.query(User).filter_by(email="amal@example.org").one()
    assert (membership(session, amal).role, amal.language) == (Role.TASK_FORCE, "en")

    stranger.post("/sign-out")
    back = stranger.post("/sign-in", data=new)
    assert back.status_code == 303
    assert stranger.get(path).status_code == 404


def test_somebody_new_needs_no_password_where_links_come_by_mail(
    app: Flask, desk: FlaskClient, stranger: FlaskClient, session: Session
) -> None:
    app.config["SMTP_URL"] = "smtp://127.0.0.1:9"
    stranger.post(invite(desk), data={"name": "Amal", "email": "amal@example.org"})
    amal = session.query(User).filter_by(name="Amal").one()
    assert amal.password is None and stranger.get("/p/buch").status_code != 303


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"email": "no"}, {"email": ""}, {"password": "kurz"}],
)
def test_a_mistake_keeps_what_was_typed_and_the_link(
    desk: FlaskClient, stranger: FlaskClient, wrong: dict[str, str]
) -> None:
    path = invite(desk)
    new = {"name": "Amal", "email": "amal@example.org", "password": "vier blaue Räder"}
    answer = stranger.post(path, data=new | wrong)
    assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text
    kept = (new | wrong)["name"] or (new | wrong)["email"]
    assert kept in answer.text
    assert stranger.post(path, data=new).status_code == 303


def test_who_has_an_account_just_joins(
    app: Flask, desk: FlaskClient, session: Session, carim: User
) -> None:
    theirs = browser_of(carim, app)
    path = invite(desk)
    assert "Carim" in theirs.get(path).text
    assert theirs.post(f"{path}/membership").location == "/projects"
    assert theirs.get("/projects").status_code == 200
    assert theirs.post(f"{path}/membership").status_code == 404


def test_an_address_that_has_an_account_must_sign_in_first(
    desk: FlaskClient, stranger: FlaskClient, carim: User
) -> None:
    path = invite(desk)
    new = {"name": "X", "email": carim.email, "password": "vier blaue Räder"}
    answer = stranger.post(path, data=new)
    assert answer.status_code == 409 and "sign in" in answer.text
    assert stranger.get(path).status_code == 200


def test_a_link_is_shown_once_with_a_code_to_scan(desk: FlaskClient, session: Session) -> None:
    answer = desk.post(
        f"{TEAM}/invitations", data={"key": "form", "role": "panel", "provider": 0}
    )
    first, second = desk.get(answer.location).text, desk.get(answer.location).text
    assert "/invited/" in first and '<svg aria-hidden="true"' in first
    assert "/invited/" not in second


def test_a_link_that_no_phone_can_open_says_so(app: Flask, desk: FlaskClient) -> None:
    form = {"key": "1", "role": "panel", "provider": 0}
    warning = "opens on this computer only"
    page = desk.post(f"{TEAM}/invitations", data=form, follow_redirects=True)
    assert warning in page.text
    app.config["PUBLIC_URL"] = "https://werkstatt.example"
    page = desk.post(f"{TEAM}/invitations", data=form | {"key": "2"}, follow_redirects=True)
    assert warning not in page.text and "https://werkstatt.example/invited/" in page.text


def test_a_link_goes_by_mail_too(
    desk: FlaskClient, session: Session, keys: Keyring, project: Project
) -> None:
    path = invite(desk, email="Amal@Example.org")
    (letter,) = outbox(session, keys, project.id)
    assert letter.to == "amal@example.org" and path in letter.text
    assert "Birte" in letter.text and "Campus Buch" in letter.text


def test_the_same_form_twice_invites_once(desk: FlaskClient, session: Session) -> None:
    assert invite(desk) == invite(desk)
    assert session.query(StaffInvitation).count() == 1
    other = desk.post(
        f"{TEAM}/invitations", data={"key": "form", "role": "facilitator", "provider": 0}
    )
    assert other.status_code == 409


def test_a_counsellor_needs_a_provider_of_this_project(
    desk: FlaskClient,
    session: Session,
    keep: Callable[..., Organisation],
    project: Project,
    elsewhere: Project,
) -> None:
    ours = keep(an_organisation(project, "O1", "Bucher Bogen"))
    theirs = keep(an_organisation(elsewhere, "O1", "Fremdes Haus"))
    form = {"key": "form", "role": "counsellor", "email": ""}
    for provider in (0, theirs.id, 4711, "x"):
        answer = desk.post(f"{TEAM}/invitations", data=form | {"provider": provider})
        assert answer.status_code == 422 and "Fremdes Haus" not in answer.text
    invite(desk, role="counsellor", provider=ours.id)
    assert session.query(StaffInvitation).one().provider_id == ours.id


def test_a_link_is_withdrawn(desk: FlaskClient, stranger: FlaskClient) -> None:
    path = invite(desk, email="amal@example.org")
    page = desk.get(TEAM).text
    assert "amal@example.org" in page
    (action,) = re.findall(r'action="([^"]+/invitations/\d+/removal)"', page)
    assert desk.post(action).status_code == 303
    assert stranger.get(path).status_code == 404
    assert "amal@example.org" not in desk.get(TEAM).text


def test_a_role_is_changed(desk: FlaskClient, session: Session, tarik: User) -> None:
    mine = membership(session, tarik)
    path = f"{TEAM}/{mine.id}"
    assert 'value="task_force"' in desk.get(path).text
    assert desk.post(path, data={"role": "adviser", "provider": 0}).status_code == 303
    session.refresh(mine)
    assert mine.role == Role.ADVISER
    for role in ("king", "", "counsellor"):
        assert desk.post(path, data={"role": role, "provider": 0}).status_code == 422


def test_the_last_facilitator_cannot_go(
    desk: FlaskClient, session: Session, birte: User
) -> None:
    number = membership(session, birte).id
    for answer in (
        desk.post(f"{TEAM}/{number}", data={"role": "panel", "provider": 0}),
        desk.post(f"{TEAM}/{number}/removal"),
    ):
        assert answer.status_code == 409 and "Name somebody else first" in answer.text
    assert desk.get(TEAM).status_code == 200


def test_who_is_removed_is_out_at_once_and_back_after_undo(
    app: Flask, desk: FlaskClient, session: Session, tarik: User
) -> None:
    theirs = browser_of(tarik, app)
    assert theirs.get(TEAM).status_code == 200
    answer = desk.post(f"{TEAM}/{membership(session, tarik).id}/removal")
    assert answer.status_code == 303
    assert theirs.get(TEAM).status_code == 404
    assert "Tarik is no longer in the team." in desk.get(TEAM).text

    assert desk.post(f"{TEAM}/restoration").status_code == 303
    assert theirs.get(TEAM).status_code == 200
    assert membership(session, tarik).role == Role.TASK_FORCE
    assert desk.post(f"{TEAM}/restoration").status_code == 404


def test_a_removal_is_undone_in_its_own_project_only(
    app: Flask,
    desk: FlaskClient,
    session: Session,
    tarik: User,
    elsewhere: Project,
    birte: User,
) -> None:
    session.add(a_member(elsewhere, birte, Role.FACILITATOR))
    session.commit()
    desk.post(f"{TEAM}/{membership(session, tarik).id}/removal")
    assert desk.post("/p/elsewhere/people/team/restoration").status_code == 404
    assert session.query(Membership).filter_by(user_id=tarik.id).count() == 0


def test_who_leaves_is_led_to_other_projects(
    desk: FlaskClient,
    session: Session,
    keep: Callable[..., User],
    project: Project,
    birte: User,
) -> None:
    session.add(a_member(project, keep(a_user("Nele")), Role.FACILITATOR))
    session.commit()
    answer = desk.post(f"{TEAM}/{membership(session, birte).id}/removal")
    assert answer.location == "/projects"


def test_the_team_sees_each_other_but_addresses_only_who_facilitates(
    app: Flask, desk: FlaskClient, tarik: User
) -> None:
    assert tarik.email in desk.get(TEAM).text
    page = browser_of(tarik, app).get(TEAM).text
    assert "Birte" in page and "example.org" not in page and "/invitations" not in page


def test_the_project_gets_another_name(desk: FlaskClient) -> None:
    assert desk.post(f"{TEAM}/name", data={"name": "Buch und Karow"}).status_code == 303
    assert "Buch und Karow" in desk.get(TEAM).text
    assert desk.post(f"{TEAM}/name", data={"name": " "}).status_code == 422


def test_tabs_that_a_role_cannot_open_are_not_shown(
    app: Flask, desk: FlaskClient, tarik: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = Tab(95, "team.invite", "Only for facilitators")
    monkeypatch.setattr("people.desk.TABS", [hidden])
    assert "Only for facilitators" in desk.get(TEAM).text
    assert "Only for facilitators" not in browser_of(tarik, app).get(TEAM).text
