"""A source of one's own is changed and taken back, and whoever cites it is told."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.concepts.models import Section
from agency.evidence import citing, owning
from agency.evidence.collecting import Reader
from agency.evidence.models import OwnSource
from agency.evidence.references import Reference, State
from people.models import Naming, Project
from tests.agency.concepts.story import a_concept, an_entry
from tests.story import NOON

PAGE = "/p/buch/concepts/sources"
LINK = "https://example.org/bericht"


@pytest.fixture
def source(session: Session, project: Project) -> OwnSource:
    made = citing.add_source(session, project, "s", "Bericht 2025", LINK, "", "Birte", NOON)
    session.commit()
    return made


@pytest.fixture
def cited(session: Session, project: Project, source: OwnSource) -> Reference:
    """It stands in a concept."""
    team = Reader(session, project, Naming.TEAM)
    (found,) = citing.citable(team)
    an_entry(session, a_concept(session, project), Section.PROBLEM, "So.", found.reference)
    session.commit()
    return found.reference


def state(session: Session, project: Project, cited: Reference) -> State:
    session.rollback()
    team = Reader(session, project, Naming.TEAM)
    return citing.resolved(team, [cited])[cited].state


def said(it: OwnSource, **change: str) -> dict[str, str]:
    return {"title": it.title, "link": it.link, "text": "", "version": str(it.version)} | change


def test_a_source_is_changed_and_whoever_cites_it_is_told(
    desk: FlaskClient, session: Session, project: Project, source: OwnSource, cited: Reference
) -> None:
    assert "1-mal zitiert" in desk.get(PAGE).text
    typed = said(source, title="Bericht 2026")
    assert desk.post(f"{PAGE}/{source.id}", data=typed).status_code == 303
    assert "Bericht 2026" in desk.get(PAGE).text
    assert state(session, project, cited) == State.CHANGED
    late = desk.post(f"{PAGE}/{source.id}", data=typed | {"title": "Bericht 2027"})
    assert late.status_code == 409
    assert "Bericht 2027" in late.text and "Bericht 2026" in late.text


def test_a_source_is_taken_back_and_brought_back(
    desk: FlaskClient, session: Session, project: Project, source: OwnSource, cited: Reference
) -> None:
    for _ in range(2):
        desk.post(f"{PAGE}/{source.id}/removal")
    page = desk.get(PAGE).text
    assert "1 Quelle zurückgenommen" in page
    assert desk.get(f"{PAGE}/{source.id}").status_code == 404
    assert state(session, project, cited) == State.GONE
    desk.post(f"{PAGE}/{source.id}/return")
    assert state(session, project, cited) == State.THERE


@pytest.mark.parametrize(
    "change",
    [{"title": " "}, {"link": ""}, {"link": "javascript:alert(1)"}, {"version": str(2**63)}],
)
def test_what_is_no_source_is_refused_and_stays(
    desk: FlaskClient, session: Session, source: OwnSource, change: dict[str, str]
) -> None:
    assert desk.post(f"{PAGE}/{source.id}", data=said(source, **change)).status_code == 422
    session.rollback()
    assert session.scalars(select(OwnSource.link)).one() == LINK
    with pytest.raises(owning.SaysNothing):
        owning.change(session, source, "Bericht", "", "", source.version, "Birte", NOON)


@pytest.mark.parametrize("name", ["title", "link"])
def test_what_is_too_long_for_a_source_is_said_and_stays(
    desk: FlaskClient, session: Session, project: Project, name: str
) -> None:
    """It was cut off, and nobody was told."""
    long = "https://example.org/" + "x" * 500
    said = {"key": "k", "title": "Räder", "evidence-sent": "1", "evidence-title": "Bericht"}
    said |= {"evidence-link": LINK, f"evidence-{name}": long}
    answer = desk.post("/p/buch/concepts", data=said)
    assert answer.status_code == 422
    assert long in answer.text and "höchstens 500 Zeichen" in answer.text
    assert owning.own_sources(session, project) == []
