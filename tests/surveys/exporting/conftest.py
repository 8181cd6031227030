"""A survey that one organisation has answered."""

import pytest
from sqlalchemy.orm import Session

from people.models import Naming, Organisation, Project
from surveys.models import Survey
from tests.story import an_organisation
from tests.surveys.example import a_survey


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project)


@pytest.fixture
def radhaus(session: Session, project: Project) -> Organisation:
    organisation = an_organisation(project, "O1", "=Radhaus", naming=Naming.TEAM)
    session.add(organisation)
    session.flush()
    return organisation
