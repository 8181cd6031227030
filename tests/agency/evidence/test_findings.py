"""A finding of the network that is cited says when the figures under it have moved."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from agency.concepts.models import Concept, Section
from agency.evidence import citing
from agency.evidence.collecting import Reader
from agency.evidence.references import Kind, State
from networks.models import Finding
from people.models import Naming, Organisation, Project
from surveys.models import Response, Survey
from tests.agency.concepts.story import a_concept, an_entry
from tests.networks.story import demo_wave, naming

PAGE = "/p/buch/networks/autumn/findings"
DE = {"Accept-Language": "de"}
MOVED = "hat sich seitdem geändert"


@pytest.fixture
def wave(session: Session, project: Project) -> Survey:
    return demo_wave(session, project)


@pytest.fixture
def concept(desk: FlaskClient, session: Session, project: Project, wave: Survey) -> Concept:
    """It cites how close the network is, as it was released."""
    desk.post(PAGE, data={"key": "density", "fate": "released"})
    concept = a_concept(session, project)
    team = Reader(session, project, Naming.TEAM)
    (found,) = citing.citable(team, kinds=[Kind.FINDING])
    an_entry(session, concept, Section.PROBLEM, "Viele kennen sich nicht.", found.reference)
    session.commit()
    return concept


def answer_otherwise(session: Session) -> None:
    five = session.query(Organisation).filter_by(code="O11").one()
    response = next(r for r in session.query(Response) if r.organisation_id == five.id)
    response.answers = naming(("O14", ["rooms"], 3))
    response.saved = response.begun
    session.commit()


def test_a_concept_says_when_the_figures_of_a_finding_have_moved(
    desk: FlaskClient, session: Session, concept: Concept
) -> None:
    page = f"/p/buch/concepts/{concept.id}"
    assert MOVED not in desk.get(page, headers=DE).text
    answer_otherwise(session)
    assert MOVED in desk.get(page, headers=DE).text
    assert "Der Beleg hat sich seitdem geändert" in desk.get(page, headers=DE).text


def test_what_has_moved_is_offered_again_once_it_is_released_anew(
    desk: FlaskClient, session: Session, project: Project, concept: Concept
) -> None:
    answer_otherwise(session)
    new = f"/p/buch/concepts/{concept.id}/entries/new?section=problem"
    key = session.query(Finding).one().key
    assert f'value="finding:autumn/{key}"' not in desk.get(new, headers=DE).text
    desk.post(PAGE, data={"key": "density", "fate": "released"})
    assert f'value="finding:autumn/{key}"' in desk.get(new, headers=DE).text


def test_who_asks_for_no_figures_is_told_of_the_words_alone(
    session: Session, project: Project, concept: Concept
) -> None:
    answer_otherwise(session)
    (found,) = citing.citable(Reader(session, project, Naming.TEAM), kinds=[Kind.FINDING])
    assert found.state == State.THERE
    moved = Reader(session, project, Naming.TEAM, figures=lambda _survey: {})
    (told,) = citing.resolved(moved, [found.reference]).values()
    assert (told.state, bool(told.label)) == (State.CHANGED, True)
