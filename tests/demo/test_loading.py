"""The demo says what is written down of it, on both engines."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, sessionmaker

from agency.ventures.models import Act, Event, Stage, Venture
from agency.ventures.reading import dossiers
from app import create_app
from core.db import db
from core.keys import Keyring
from demo import loading
from demo.composing import table
from networks.analysing import Analysis
from people.models import Contact, Naming, Organisation, Project
from surveys.conversations.models import Conversation
from surveys.fieldwork import inviting
from surveys.fieldwork.inviting import Step
from surveys.models import Response, SealedAnswer, State, Subject, Survey
from tests.networks.story import network_of
from tests.postgres import Postgres
from workshop import counting
from workshop.models import Board, Phase, Workshop

EXPECTED = json.loads(Path("demo/data/expected_network.json").read_text())


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(
    request: pytest.FixtureRequest, blank: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """An app with the demo in it, loaded once for all that only look."""
    folder = tmp_path_factory.mktemp("demo")
    address = f"sqlite:///{shutil.copy(blank, folder / 'demo.db')}"
    if request.param == "postgresql":
        server: Postgres = request.getfixturevalue("postgres")
        address = server.database()
    app = create_app(
        DATABASE_URL=address, DATA=folder, JOBS="now", SECRET_KEY="test", TESTING=True
    )
    load(app)
    yield app
    with app.app_context():
        db.engine.dispose()


def load(app: Flask) -> None:
    said = app.test_cli_runner().invoke(args=["demo", "load"])
    assert said.stdout.strip() == "/p/neue-wege-in-pankow"


@pytest.fixture
def demo(filled: Flask) -> Iterator[Session]:
    with filled.app_context():
        sessions = db.sessionmaker
    with sessions() as session:
        yield session


def wave(session: Session, year: int) -> Survey:
    return session.scalars(select(Survey).filter_by(slug=f"befragung-pankow-{year}")).one()


def test_the_network_of_the_first_wave_is_as_written_down(demo: Session) -> None:
    analysis = Analysis(network_of(demo, wave(demo, 2025)))
    network = analysis.network
    assert (len(network.nodes), len(network.ties)) == (40, 60)
    assert analysis.density == pytest.approx(EXPECTED["density"], abs=1e-6)
    assert [len(part) for part in analysis.components] == EXPECTED["components"]
    assert sorted(node.code for node in analysis.isolates) == EXPECTED["isolates"]
    assert analysis.ei_index == pytest.approx(EXPECTED["EI_index"], abs=1e-6)
    assert analysis.reciprocity == pytest.approx(EXPECTED["reciprocity"], abs=1e-6)
    assert analysis.crossing == EXPECTED["cross_sector_edges"]
    assert analysis.average_clustering == pytest.approx(EXPECTED["avg_clustering"], abs=1e-5)
    for code, value in EXPECTED["top_betweenness"]:
        assert analysis.betweenness[code] == pytest.approx(value, abs=1e-6)
    for code, degree in EXPECTED["top_degree"]:
        assert analysis.degree[code] == degree


def test_the_network_page_shows_it(filled: Flask, demo: Session) -> None:
    said = filled.test_cli_runner().invoke(
        args=["network", "measures", "--survey", "befragung-pankow-2025", "--json"]
    )
    whole = json.loads(said.stdout)["network"]
    assert (whole["nodes"], whole["ties"], whole["density"]) == (
        40,
        60,
        pytest.approx(0.076923, abs=1e-6),
    )


def test_the_workshop_shows_a_hundred_dots(demo: Session) -> None:
    board = demo.scalars(select(Board).join(Workshop).filter_by(slug="campus-buch")).one()
    places = counting.result(demo, board)
    assert sum(place.points for place in places) == board.placed == 100
    first = table("ideas")[16]
    assert (first["id"], places[0].option.title, places[0].points) == ("I17", first["title"], 7)


def test_the_next_workshop_is_collecting(demo: Session) -> None:
    board = demo.scalars(select(Board).join(Workshop).filter_by(slug="werkstatt-2")).one()
    assert (board.phase, board.workshop.is_open) == (Phase.COLLECT, True)


def test_some_did_not_answer_the_second_wave_and_one_said_no(demo: Session) -> None:
    steps = {
        each.organisation.code: each.step for each in inviting.invited(demo, wave(demo, 2026))
    }
    assert len(steps) == 40
    assert [code for code, step in steps.items() if step == Step.INVITED] == ["O12", "O30"]
    assert [code for code, step in steps.items() if step == Step.DECLINED] == ["O36"]
    assert network_of(demo, wave(demo, 2026)).answered == 37


def test_one_asked_not_to_be_named(demo: Session) -> None:
    unnamed = select(Organisation.code).filter_by(naming=Naming.TEAM)
    assert "O21" in demo.scalars(unnamed).all()


def test_two_people_answered_for_one_organisation_and_one_of_them_leads(demo: Session) -> None:
    query = select(Response).join(Organisation).filter(Organisation.code == "O14")
    for year in (2025, 2026):
        both = demo.scalars(query.where(Response.survey_id == wave(demo, year).id)).all()
        assert sorted(each.leading for each in both) == [False, True]


def test_conversations_are_there_and_over(demo: Session) -> None:
    talks, following = demo.scalars(
        select(Survey).filter_by(subject=Subject.PERSONS).order_by(Survey.id)
    )
    count = select(func.count(Response.id)).where(
        Response.survey_id == talks.id, Response.submitted.is_not(None)
    )
    assert (demo.scalar(count), talks.state) == (30, State.CLOSED)
    assert following.state == State.OPEN  # one can try it
    held = {each.code: each for each in demo.scalars(select(Conversation))}
    assert held.keys() == {row["token"] for row in table("conversations")}
    assert {each.draft for each in held.values()} == {None}
    assert len({each.provider_id for each in held.values()}) > 2


def test_addresses_are_sealed(demo: Session) -> None:
    sealed = [*demo.scalars(select(Contact.sealed)), *demo.scalars(select(SealedAnswer.sealed))]
    assert len(sealed) > 100
    assert not [each for each in sealed if "kontakt" in each]
    stored = demo.scalars(select(Response)).all()
    assert not [each for each in stored if "kontakt@" in json.dumps(each.answers)]


def test_loading_twice_is_loading_once(filled: Flask, demo: Session) -> None:
    before = demo.scalar(select(func.count(Response.id)))
    demo.commit()
    load(filled)
    assert demo.scalar(select(func.count(Response.id))) == before


@pytest.mark.both_engines
def test_clearing_leaves_nothing_of_it(
    app: Flask, sessions: sessionmaker[Session], keys: Keyring
) -> None:
    load(app)
    runner = app.test_cli_runner()
    assert runner.invoke(args=["demo", "clear"]).exit_code == 0
    assert runner.invoke(args=["demo", "clear"]).exit_code == 1
    with sessions() as session:
        assert session.scalar(select(func.count(Project.id))) == 0
        for name in ("organisation", "response", "mention", "idea", "mark", "sealed_answer"):
            assert session.scalar(text(f"SELECT count(*) FROM {name}")) == 0  # noqa: S608
        assert loading.find(session) is None


def test_most_of_the_demo_may_be_quoted_and_some_may_not(demo: Session) -> None:
    survey = demo.scalars(select(Survey).filter_by(slug="befragung-pankow-2026")).one()
    said = [each.answers.get("quote") for each in responses_to(demo, survey)]
    assert said.count("yes") > said.count("no") > 3 and {*said} == {"yes", "no"}


def responses_to(demo: Session, survey: Survey) -> list[Response]:
    return list(demo.scalars(select(Response).filter_by(survey_id=survey.id)))


def test_the_ventures_of_the_demo_stand_at_different_stages(demo: Session) -> None:
    found = demo.scalars(select(Venture).order_by(Venture.id)).all()
    assert [(each.title, each.stage) for each in found] == [
        ("Fahrradwerkstatt Buch", Stage.ENTERPRISE),
        ("Nähwerkstatt „Zweiter Faden“", Stage.CANVAS),
        ("Catering „Buch isst Welt“", Stage.SPARK),
    ]
    project = demo.get_one(Project, found[0].project_id)
    bicycles, sewing, catering = dossiers(demo, project)
    assert bicycles.liquidity().break_even == date(2027, 1, 1)
    assert bicycles.liquidity().missing == 0
    assert sewing.liquidity().missing == Decimal("4296.08")
    assert len(bicycles.filled(date(2026, 11, 30))) == 2
    assert not catering.has_money_plan
    acts = demo.scalars(select(Event.act).filter_by(venture_id=found[0].id)).all()
    assert acts.count(Act.PASSED) == 6
