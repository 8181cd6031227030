"""Findings on their pages: drafts, what is released, and who sees which."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from networks.models import Fate, Finding, Reply, Say
from people.models import Naming, Organisation, Project, User
from surveys.models import Response, Survey
from surveys.reporting.models import Frozen
from tests.networks.story import a_response, a_wave, demo_wave, naming
from tests.story import NOON, an_organisation, browser_of

NETWORK = "/p/buch/networks/autumn"
PAGE = f"{NETWORK}/findings"
DE = {"Accept-Language": "de"}
BRIDGE = "Stadtteilzentrum Bucher Bogen e.V."


@pytest.fixture
def demo(session: Session, project: Project) -> Survey:
    return demo_wave(session, project)


@pytest.fixture
def reader(app: Flask, tarik: User) -> FlaskClient:
    return browser_of(tarik, app)


def card(client: FlaskClient) -> str:
    """What the page of the network says under its picture."""
    page = client.get(NETWORK, headers=DE).text
    found = page[page.index('id="findings"') :].partition("</section>")[0]
    return " ".join(re.sub("<[^>]*>", " ", found).split())


def release(desk: FlaskClient, *keys: str, fate: str = "released") -> str:
    answer = desk.post(
        PAGE, data={"key": [*keys], "fate": fate}, follow_redirects=True, headers=DE
    )
    assert answer.status_code == 200
    return answer.text


def test_drafts_are_for_the_team_until_somebody_releases_them(
    desk: FlaskClient, reader: FlaskClient, demo: Survey, session: Session
) -> None:
    assert f"Entwurf {BRIDGE} verbindet die anderen." in card(desk)
    assert card(reader).endswith("Noch ist nichts freigegeben.")
    assert "verbindet" not in card(reader)
    page = release(desk, "bridge:O14", "crossing")
    assert "2 Befunde freigegeben." in page
    assert "verbindet die anderen. Von 100 kürzesten Wegen zwischen anderen führen 22" in card(
        reader
    )
    assert "Entwurf" not in card(reader)
    assert "möglichen Beziehungen" not in card(reader)
    assert {row.by for row in session.query(Finding)} == {"Birte"}


def test_what_was_dropped_is_seen_by_nobody_and_can_come_back(
    desk: FlaskClient, demo: Survey
) -> None:
    page = release(desk, "bridge:O14", fate="dropped")
    assert "verbindet die anderen" not in card(desk)
    undo = re.search(r'action="([^"]*/removal\?key=[^"]*)"', page)
    assert undo
    desk.post(undo[1].replace("&amp;", "&"))
    assert "verbindet die anderen" in card(desk)


def test_released_words_stay_and_ask_again_when_the_figures_change(
    desk: FlaskClient, reader: FlaskClient, demo: Survey, session: Session
) -> None:
    release(desk, "crossing", "density")
    five = session.query(Organisation).filter_by(code="O11").one()
    response = next(r for r in session.query(Response) if r.organisation_id == five.id)
    response.answers = naming(("O14", ["rooms"], 3))
    response.saved = response.begun
    session.commit()
    assert "37 von 60 Beziehungen" in card(reader)
    assert "die Zahlen haben sich seitdem geändert" in card(reader)
    page = desk.get(PAGE, headers=DE).text
    assert "Freigegeben, aber die Zahlen haben sich geändert" in page
    assert 'value="crossing" form="release" checked' in page
    release(desk, "crossing")
    assert "38 von 61 Beziehungen" in card(reader)


def test_a_released_finding_that_holds_no_more_says_so(
    desk: FlaskClient, demo: Survey, session: Session
) -> None:
    release(desk, "bridge:O14")
    row = session.query(Finding).one()
    row.key = "bridge:O16"
    session.commit()
    assert "Freigegeben, trifft aber nicht mehr zu" in desk.get(PAGE, headers=DE).text


def test_released_twice_is_released_once(
    desk: FlaskClient, demo: Survey, session: Session
) -> None:
    release(desk, "density")
    release(desk, "density")
    release(desk, "density", fate="dropped")
    assert session.query(Finding).one().fate == Fate.DROPPED


def test_released_findings_name_nobody_without_consent_not_even_later(
    desk: FlaskClient, reader: FlaskClient, demo: Survey, session: Session
) -> None:
    release(desk, "bridge:O14")
    assert BRIDGE in card(reader)
    session.query(Organisation).filter_by(code="O14").one().naming = Naming.TEAM
    session.commit()
    assert BRIDGE not in card(reader)
    assert "Organisation 14" in card(reader)
    assert BRIDGE not in str(session.query(Finding).one().words)


def test_frozen_figures_hold_released_findings_only(
    desk: FlaskClient, demo: Survey, session: Session
) -> None:
    release(desk, "bridge:O14")
    desk.post(f"{NETWORK}/stand")
    frozen = session.query(Frozen).one()
    assert "verbindet die anderen" in str(frozen.content)
    assert "Bucher Bogen" in str(frozen.content)
    assert "Bucher Bogen" not in str(frozen.public)
    assert "Sektors" not in str(frozen.content)


def test_nothing_ticked_and_nothing_known_change_nothing(
    desk: FlaskClient, reader: FlaskClient, demo: Survey, session: Session
) -> None:
    assert "kreuzen Sie zuerst an" in release(desk)
    assert "kreuzen Sie zuerst an" in release(desk, "bridge:O99", "\x00", "x" * 5000)
    assert desk.post(PAGE, data={"key": "density", "fate": "married"}).status_code == 422
    assert session.query(Finding).count() == 0
    assert reader.get(PAGE).status_code == 403
    assert reader.post(PAGE, data={"key": "density", "fate": "released"}).status_code == 403


def test_names_in_findings_are_text(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    survey = a_wave(session, project)
    evil = "<script>alert(1)</script>\ue000O1\ue001%(name)s"
    people = [an_organisation(project, f"O{n}", f"{evil}{n}") for n in (1, 2, 3)]
    session.add_all(people)
    session.commit()
    a_response(session, survey, people[0], naming(("O2", ["rooms"], 1), ("O3", ["rooms"], 1)))
    for path in (PAGE, NETWORK, f"{NETWORK}/introductions", f"{NETWORK}/without?code=O1"):
        answer = desk.get(path)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text


def test_what_silence_could_change_is_said_and_alone_makes_no_finding_old(
    desk: FlaskClient, reader: FlaskClient, demo: Survey, session: Session
) -> None:
    for response in session.query(Response).order_by(Response.id).limit(4):
        response.submitted = None
    session.commit()
    assert card(desk).count("Weil Antworten fehlen") == 2  # the third is below the fold
    release(desk, "crossing", "density")
    assert card(reader).count("Weil Antworten fehlen") == 2
    assert "p = 0," in card(reader)
    for row in session.query(Finding):
        row.figures |= {"low": 0.0, "high": 0.9}
    session.commit()
    assert "haben sich seitdem" not in card(reader)


def test_what_is_hidden_is_in_no_finding_of_others_whoever_looks_first(
    desk: FlaskClient, reader: FlaskClient, demo: Survey, session: Session
) -> None:
    """What one audience found was once kept for all."""
    release(desk, "crossing")
    assert "37 von 60 Beziehungen" in card(reader)
    ends = [session.query(Organisation).filter_by(code=c).one().id for c in ("O14", "O01")]
    session.add(
        Reply(
            project_id=demo.project_id, survey_id=demo.id, organisation_id=ends[0],
            other_id=ends[1], says=Say.HIDE, at=NOON,
        )
    )  # fmt: skip
    session.commit()
    assert "37 von 60 Beziehungen" in card(desk)
    assert "60 Beziehungen" not in card(reader)
    introductions = f"{PAGE.removesuffix('/findings')}/introductions"
    for who in (desk, reader):  # the team first, so that it is kept
        assert who.get(introductions).status_code == 200
