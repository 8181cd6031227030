"""Nadja counsels at the Bucher Bogen, Omid at another provider; both work in one project."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.consents import seed
from people.models import Membership, Organisation, Project, Role, User
from surveys.models import Survey
from tests.story import NOON, a_user, an_organisation, browser_of
from tests.surveys.conversations.story import Talk, a_talk_survey


@pytest.fixture
def keys(app: Flask) -> Keyring:
    keyring: Keyring = app.extensions["keys"]
    return keyring


@pytest.fixture
def provider(session: Session, project: Project) -> Organisation:
    seed(session, project, NOON)
    organisation = an_organisation(project, "O14", "Stadtteilzentrum Bucher Bogen e.V.")
    session.add(organisation)
    session.commit()
    return organisation


@pytest.fixture
def survey(session: Session, project: Project, provider: Organisation) -> Survey:
    return a_talk_survey(session, project)


@pytest.fixture
def counsel(session: Session, project: Project) -> Callable[[str, Organisation | None], User]:
    def counsel(name: str, provider: Organisation | None) -> User:
        user = a_user(name)
        session.add(user)
        session.flush()
        number = provider.id if provider else None
        session.add(
            Membership(
                project_id=project.id, user_id=user.id, role=Role.COUNSELLOR,
                provider_id=number,
            )
        )  # fmt: skip
        session.commit()
        return user

    return counsel


@pytest.fixture
def nadja(counsel: Callable[..., User], provider: Organisation) -> User:
    return counsel("Nadja", provider)


@pytest.fixture
def tablet(app: Flask, nadja: User) -> FlaskClient:
    """The tablet on which Nadja has signed in."""
    return browser_of(nadja, app)


@pytest.fixture
def other_tablet(
    app: Flask, session: Session, project: Project, counsel: Callable[..., User]
) -> FlaskClient:
    """The tablet of Omid, who counsels at another provider."""
    other = an_organisation(project, "O18", "Beratung am Rathaus")
    session.add(other)
    session.commit()
    return browser_of(counsel("Omid", other), app)


@pytest.fixture
def talk(tablet: FlaskClient, survey: Survey) -> Talk:
    """A conversation in Arabic, to which the person has said yes."""
    return Talk(tablet, survey).begin()
