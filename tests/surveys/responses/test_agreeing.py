from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from people import consents
from people.models import Project
from surveys.exporting.recording import taking
from surveys.exporting.tables import Options
from surveys.models import Response, Survey
from surveys.responses.agreeing import agreements
from tests.story import NOON
from tests.surveys.answers import Respondent, a_register, a_survey, instrument


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    a_register(session, project)
    consents.seed(session, project, NOON)
    return a_survey(session, project, instrument("enterprise_survey"))


def reword(session: Session, project: Project, text: str, language: str = "de") -> None:
    latest = consents.current(session, project, "survey", language)
    assert latest
    later = NOON + timedelta(days=latest.number)
    consents.reword(session, project, "survey", language, text, latest.number, later)
    session.commit()


def agreed(session: Session, survey: Survey) -> dict[str, str]:
    session.rollback()
    return agreements(session, survey)[session.scalars(select(Response)).one().id]


def test_the_wording_in_force_stands_beside_the_question_and_is_noted(
    client: FlaskClient, session: Session, project: Project, survey: Survey
) -> None:
    reword(session, project, "Ja, <b>neu</b>.")
    respondent = Respondent(client, "/s/pankow")
    assert "Ja, &lt;b&gt;neu&lt;/b&gt;." in respondent.html
    respondent.send(consent="yes")
    assert agreed(session, survey) == {"consent": "de 2"}
    reword(session, project, "Ganz anders")
    respondent.send(org="O01")
    assert agreed(session, survey) == {"consent": "de 2"}  # nobody is asked again


def test_who_reads_arabic_agrees_to_the_arabic_wording(
    client: FlaskClient, session: Session, survey: Survey
) -> None:
    respondent = Respondent(client, "/s/pankow", "ar")
    assert consents.FIRST["survey"]["ar"] in respondent.html
    respondent.send(consent="yes")
    assert agreed(session, survey) == {"consent": "ar 1"}


def test_what_was_shown_counts_even_if_the_wording_changed_meanwhile(
    client: FlaskClient, session: Session, project: Project, survey: Survey
) -> None:
    respondent = Respondent(client, "/s/pankow")
    reword(session, project, "Ganz anders")
    respondent.send(consent="yes")
    assert agreed(session, survey) == {"consent": "de 1"}


def test_naming_has_a_wording_too_and_tables_say_which(
    client: FlaskClient, session: Session, survey: Survey
) -> None:
    respondent = Respondent(client, "/s/pankow").send(consent="yes").send(org="O01")
    while not respondent.path.endswith("/receipt"):
        respondent.send()
    link = respondent.html.split('href="/s/pankow/naming/')[1].split('"')[0]
    page = client.get(f"/s/pankow/naming/{link}").text
    assert consents.FIRST["naming"]["de"] in page
    responses = taking(session, survey, Options()).tables()[0]
    (row,) = responses.rows()
    told = dict(zip((column.name for column in responses.columns), row, strict=True))
    assert (told["consent: wording"], told["naming: wording"]) == ("de 1", "de 1")
