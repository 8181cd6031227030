"""What a frozen network says of those who took their name back."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.models import Naming, Organisation, Project, User
from people.naming import decide_naming
from surveys.models import Survey
from surveys.reporting.models import Frozen
from tests.networks.story import demo_wave
from tests.story import NOON, browser_of

BRIDGE = "Stadtteilzentrum Bucher Bogen e.V."
SHORT = "Bucher Bogen"


@pytest.fixture
def demo(session: Session, project: Project) -> Survey:
    return demo_wave(session, project)


@pytest.fixture
def code(desk: FlaskClient, demo: Survey, session: Session) -> str:
    """A network that everyone may see, and that names somebody in picture and words."""
    owner = session.query(Organisation).filter_by(code="O14").one()
    decide_naming(session, owner, Naming.PUBLIC, "Birte", NOON)
    session.commit()
    desk.post(
        "/p/buch/networks/autumn/findings", data={"key": "bridge:O14", "fate": "released"}
    )
    desk.post("/p/buch/networks/autumn/stand")
    frozen = session.query(Frozen).one()
    desk.post(f"/p/buch/stand/{frozen.code}/public", data={"public": "yes"})
    return frozen.code


def read(client: FlaskClient, page: str) -> str:
    return "".join(client.get(page + end).text for end in ("", ".svg", ".csv"))


def note(session: Session, naming: Naming) -> None:
    """As the team notes it in the register, without any link."""
    session.expire_all()
    owner = session.query(Organisation).filter_by(code="O14").one()
    decide_naming(session, owner, naming, "Birte", NOON)
    session.commit()


def test_outside_the_team_names_follow_the_consent_of_now(
    app: Flask, desk: FlaskClient, tarik: User, code: str, session: Session
) -> None:
    guest, force = app.test_client(), browser_of(tarik, app)
    inside, outside = f"/p/buch/stand/{code}", f"/stand/{code}"
    assert all(SHORT in read(client, place) for client, place in
               ((guest, outside), (force, inside), (desk, inside)))  # fmt: skip
    note(session, Naming.NETWORK)
    assert SHORT not in read(guest, outside)
    assert "Organisation 14" in read(guest, outside)
    assert SHORT in read(force, inside)
    note(session, Naming.TEAM)
    assert SHORT not in read(guest, outside) + read(force, inside)
    assert SHORT in read(desk, inside)  # the team reads it as it was frozen
    note(session, Naming.PUBLIC)
    assert SHORT in read(guest, outside)


def test_the_page_with_all_results_follows_it_as_well(
    app: Flask, desk: FlaskClient, demo: Survey, code: str, session: Session
) -> None:
    desk.post(f"/p/buch/surveys/{demo.slug}/publication", data={"code": code})
    page = f"/s/{demo.slug}/results"
    assert SHORT in app.test_client().get(page).text
    note(session, Naming.TEAM)
    assert SHORT not in app.test_client().get(page).text
