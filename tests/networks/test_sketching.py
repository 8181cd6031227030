"""The picture as numbers, for browsers that draw it themselves."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from networks.drawing import draw
from networks.network import Node
from networks.sketching import sketch
from networks.tying import CLOSE, LOOSE, State, Tie
from people.models import Naming, Organisation, Project, Sector, User
from surveys.models import Survey
from tests.networks.story import demo_wave
from tests.story import browser_of

PAGE = "/p/buch/networks/autumn"


@pytest.fixture
def demo(session: Session, project: Project) -> Survey:
    return demo_wave(session, project)


def test_a_picture_as_numbers_says_who_and_how() -> None:
    nodes = {
        "A": Node("A", "Adas Laden", "Adas Laden", Sector.ECONOMY, answered=True),
        "B": Node("B", "Beas Hof e. V.", "Beas Hof", Sector.SCIENCE),
        "C": Node("C", "Cems Kiosk", "", "", answered=True),
    }
    ties = [Tie("A", "B", State.UNKNOWN, CLOSE), Tie("A", "C", State.ONE_SIDED, LOOSE)]
    places = {"A": (10.0, 20.0), "B": (30.0, 40.0), "C": (50.0, 60.0)}
    drawing = draw(nodes, ties, places, {"A": 2, "B": 1, "C": 1}, lambda n: n.short_name)
    found = json.loads(sketch(drawing, lambda node: node.name, lambda node: node.code))
    assert found["codes"] == ["A", "B", "C"]
    assert found["names"] == ["Adas Laden", "Beas Hof", ""]
    assert found["full"] == {"1": "Beas Hof e. V.", "2": "Cems Kiosk"}
    assert found["places"][3:5] == [30.0, 40.0]
    assert found["sectors"] == [0, 3, -1]
    assert found["silent"] == [1]
    assert found["ties"] == {"5": [0, 1], "6": [2, 0]}  # unknown and close; from C to A


def test_whoever_has_a_picture_gets_it_once(desk: FlaskClient, demo: Survey) -> None:
    first = desk.get(f"{PAGE}/drawing.json")
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = desk.get(f"{PAGE}/drawing.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    part = desk.get(f"{PAGE}/drawing.json?sector=economy")
    assert len(part.json["codes"]) < len(first.json["codes"])  # type: ignore[index]
    assert part.headers["ETag"] != first.headers["ETag"]


def test_names_in_the_numbers_are_those_the_reader_may_see(
    app: Flask, desk: FlaskClient, tarik: User, demo: Survey, session: Session
) -> None:
    session.query(Organisation).filter_by(code="O14").one().naming = Naming.TEAM
    session.commit()
    theirs, ours = (
        client.get(f"{PAGE}/drawing.json", headers={"Accept-Language": "de"})
        for client in (browser_of(tarik, app), desk)
    )
    assert "Bucher Bogen" in ours.text
    assert "Bucher Bogen" not in theirs.text
    assert "Organisation 14" in theirs.text
    assert theirs.headers["ETag"] != ours.headers["ETag"]
    assert app.test_client().get(f"{PAGE}/drawing.json").status_code != 200
