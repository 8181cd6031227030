"""Outside the team, how close a tie is stands only where three answers or more say so."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from networks.network import Network, Selection
from people.models import Naming, Organisation, Project, User
from surveys.models import Survey
from tests.networks.story import a_response, a_wave, naming, network_of
from tests.networks.test_routes import PAGE, sizes, text_of
from tests.networks.test_sharing import shared
from tests.story import an_organisation, browser_of


@pytest.fixture
def people(session: Session, project: Project) -> dict[str, Organisation]:
    found = {
        code: an_organisation(project, code, f"Haus {code}", naming=Naming.PUBLIC)
        for code in ("O1", "O2", "O3")
    }
    session.add_all(found.values())
    session.commit()
    return found


@pytest.fixture
def survey(session: Session, project: Project, people: dict[str, Organisation]) -> Survey:
    """Ada calls her tie to Bea close, and that to Cem regular; nobody else answers."""
    survey = a_wave(session, project)
    answers = naming(("O2", ["rooms"], 3), ("O3", ["rooms"], 2))
    a_response(session, survey, people["O1"], answers)
    return survey


@pytest.fixture
def rated(session: Session, survey: Survey, people: dict[str, Organisation]) -> Survey:
    """Three answers call the tie of Ada and Bea close, so everyone may know."""
    close = naming(("O1", ["rooms"], 3))
    a_response(session, survey, people["O2"], close)
    a_response(session, survey, people["O2"], close, leading=False)
    return survey


@pytest.fixture
def reader(app: Flask, tarik: User) -> FlaskClient:
    """A browser of someone on the task force."""
    return browser_of(tarik, app)


def page_of(client: FlaskClient, path: str) -> str:
    return client.get(path, headers={"Accept-Language": "de"}).text


def explained(page: str) -> list[str]:
    """The strengths that a page explains by a line and a word."""
    key = page.partition('<ul class="key end">')[2].partition("</ul>")[0]
    found = [text_of(line) for line in re.findall(r"<li>.*?</li>", key)]
    return [word for word in ("locker", "regelmäßig", "eng") if word in found]


def test_the_team_chooses_ties_by_strength(desk: FlaskClient, survey: Survey) -> None:
    page = page_of(desk, f"{PAGE}?strength=3")
    assert 'id="strength"' in page and sizes(page) == (1, 3)
    assert explained(page) == ["locker", "regelmäßig", "eng"]


def test_outside_the_team_no_strength_is_promised_or_asked_for(
    reader: FlaskClient, survey: Survey
) -> None:
    whole = page_of(reader, PAGE)
    assert 'id="strength"' not in whole
    assert explained(whole) == []
    assert sizes(whole) == (2, 3)


@pytest.mark.parametrize("strength", [2, 3])
@pytest.mark.parametrize("part", ["", "/map", "/projector", "/picture.svg"])
def test_outside_the_team_a_strength_in_an_address_changes_nothing(
    reader: FlaskClient, rated: Survey, strength: int, part: str
) -> None:
    def plain(path: str) -> str:
        return re.sub(r'(nonce|value)="[^"]*"', "", page_of(reader, path))

    assert plain(f"{PAGE}{part}?strength={strength}") == plain(f"{PAGE}{part}")


def test_a_selection_by_strength_tells_no_more_than_the_ties_do(
    session: Session, rated: Survey
) -> None:
    network: Network = network_of(session, rated).for_audience(Naming.NETWORK)
    assert {each.pair: each.strength for each in network.ties} == {
        ("O1", "O2"): 3, ("O1", "O3"): 0,
    }  # fmt: skip
    for strength in (1, 2, 3):
        part = network.narrowed(Selection(strength=strength))
        assert [each.pair for each in part.ties] == [("O1", "O2")]


def test_what_three_answers_say_is_explained_and_drawn_for_everyone(
    reader: FlaskClient, rated: Survey
) -> None:
    page = page_of(reader, PAGE)
    assert explained(page) == ["eng"]
    assert page.count('<line class="e3') >= 1


def test_a_shared_view_does_not_choose_by_strength(
    app: Flask, desk: FlaskClient, survey: Survey
) -> None:
    path = shared(desk, "public", "?strength=3")
    page = page_of(app.test_client(), path)
    assert sizes(page) == (2, 3)
    assert explained(page) == []


def test_a_picture_that_leaves_the_team_promises_no_strength(
    desk: FlaskClient, survey: Survey
) -> None:
    drawn = page_of(desk, f"{PAGE}/picture.svg?strength=3")
    assert drawn.count('stroke-dasharray="1 5"') == 2  # both ties, and no word how close
    assert not any(f">{word}<" in drawn for word in ("locker", "regelmäßig", "eng"))
