"""Wherever a survey has a name, it is the one that the team gave it."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.contacts import Person, keep_contact
from people.models import Project
from surveys.definition import Definition, titles_of
from surveys.models import Survey
from tests.surveys.answers import a_register, a_survey, instrument

OURS, FORM = "Wer macht mit in Buch?", "Befragung soziale Betriebe"


@pytest.fixture
def survey(session: Session, project: Project, keys: Keyring, desk: FlaskClient) -> Survey:
    """One that the team has called otherwise, in German only."""
    (organisation,) = a_register(session, project, 1)
    survey = a_survey(session, project, instrument("enterprise_survey"))
    keep_contact(session, keys, organisation, Person(name="Kim", email="kim@example.org"))
    survey.title = {"de": OURS}
    session.commit()
    desk.post(f"/p/buch/surveys/{survey.slug}/invitations", data={"all": "1"})
    return survey


@pytest.mark.parametrize(
    "page",
    [
        "/p/buch/surveys/pankow/paper/form?language=de",
        "/p/buch/surveys/pankow/poster?language=de",
        "/p/buch/surveys/pankow/invitations/letters",
        "/p/buch/surveys/pankow/invitations/mail?to=reminder",
        "/s/pankow",
    ],
)
def test_the_title_of_the_team_stands_everywhere(
    desk: FlaskClient, survey: Survey, page: str
) -> None:
    text = desk.get(page).text
    assert OURS in text
    assert FORM not in text


def test_a_language_without_a_title_of_the_team_has_that_of_the_form() -> None:
    definition = Definition.from_json({"title": {"de": FORM, "en": "Survey"}})
    assert titles_of({"de": OURS, "en": ""}, definition) == {"de": OURS, "en": "Survey"}
    assert titles_of({}, definition) == {"de": FORM, "en": "Survey"}
