"""The income of an organisation is noted, changed and taken back, and its history stays."""

import html
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from agency import diversity, earning
from agency.models import IncomeNote
from core.errors import ChangedMeanwhile, FormUsedTwice
from people.models import Organisation, Project
from tests.story import NOON, an_organisation

PAGE = "/p/buch/income/organisations/O01"


@pytest.fixture
def radhaus(session: Session, project: Project) -> Organisation:
    details = {"headcount": 7, "inc_public": 90, "inc_market": 10, "inc_expiring_pct": 60}
    found = an_organisation(project, "O01", "Radhaus Buch gGmbH", details=details)
    session.add(found)
    session.commit()
    return found


def held(session: Session, radhaus: Organisation) -> dict[str, float]:
    session.rollback()
    session.refresh(radhaus)
    assert radhaus.details["headcount"] == 7
    return earning.figures_of(radhaus)


def typed(desk: FlaskClient, key: str, **figures: str) -> dict[str, str]:
    version = re.findall(r'name="version"[^>]*value="(\d+)"', desk.get(PAGE).text)[0]
    return {"key": key, "version": version, **figures}


def test_figures_are_changed_and_what_stood_before_is_kept(
    desk: FlaskClient, session: Session, radhaus: Organisation
) -> None:
    assert 'value="90"' in desk.get(PAGE).text
    said = typed(desk, "one", inc_public="62,5", inc_market="37.5", inc_expiring_pct="20")
    for _ in range(2):
        assert desk.post(PAGE, data=said).status_code == 303
    now = {"inc_public": 62.5, "inc_market": 37.5, "inc_expiring_pct": 20}
    assert held(session, radhaus) == now
    page = desk.get(PAGE).text
    assert 'value="62,5"' in page
    assert "bevor es hier geändert wurde" in page
    assert [each.figures for each in earning.history(session, radhaus)] == [
        now,
        {"inc_public": 90, "inc_market": 10, "inc_expiring_pct": 60},
    ]
    (wave,) = diversity.waves_of(session, session.get_one(Project, radhaus.project_id))
    assert wave.incomes[0].shares[:3] == (62.5, None, 37.5)
    assert desk.post(PAGE, data=said | {"inc_public": "1"}).status_code == 409


def test_figures_are_taken_back_and_taken_again(
    desk: FlaskClient, session: Session, radhaus: Organisation
) -> None:
    before = held(session, radhaus)
    assert desk.post(f"{PAGE}/removal", data=typed(desk, "away")).status_code == 303
    assert held(session, radhaus) == {}
    page = desk.get(PAGE).text
    assert "Über die Einnahmen ist noch nichts bekannt" in page
    (again,) = {html.unescape(e) for e in re.findall(r'action="([^"]*/return)"', page)}
    assert desk.post(again, data=typed(desk, "again")).status_code == 303
    assert held(session, radhaus) == before


@pytest.mark.parametrize(
    "figures",
    [{"inc_public": "101"}, {"inc_public": "-1"}, {"inc_fee": "viel"}, {"inc_fee": "NaN"}],
)
def test_what_is_no_share_is_refused_and_stays(
    desk: FlaskClient, session: Session, radhaus: Organisation, figures: dict[str, str]
) -> None:
    answer = desk.post(PAGE, data=typed(desk, "one", **figures))
    assert answer.status_code == 422
    assert f'value="{next(iter(figures.values()))}"' in answer.text
    assert session.scalars(select(IncomeNote)).all() == []


def test_more_than_the_whole_is_refused(
    desk: FlaskClient, session: Session, radhaus: Organisation
) -> None:
    answer = desk.post(PAGE, data=typed(desk, "one", inc_public="60", inc_fee="50"))
    assert answer.status_code == 409
    assert "mehr als 100 Prozent" in answer.text
    assert held(session, radhaus)["inc_public"] == 90


@pytest.mark.both_engines
def test_who_saves_at_the_same_time_overwrites_nobody(
    session: Session, project: Project
) -> None:
    one = an_organisation(project, "O01", "Radhaus")
    session.add(one)
    session.commit()
    version = one.version
    earning.note(session, one, {"inc_fee": 5}, version, "a", "Birte", NOON)
    session.commit()
    with pytest.raises(ChangedMeanwhile):
        earning.note(session, one, {"inc_fee": 6}, version, "b", "Tarik", NOON)
    session.rollback()
    with pytest.raises(FormUsedTwice):
        earning.note(session, one, {"inc_fee": 6}, one.version, "a", "Birte", NOON)


def test_an_organisation_is_found_by_its_name(desk: FlaskClient, radhaus: Organisation) -> None:
    look = "/p/buch/income/organisations?name="
    assert desk.get(f"{look}radhaus+buch").location.endswith("/O01")
    assert "heißt so" in desk.get(f"{look}Gibt+es+nicht", follow_redirects=True).text
    assert 'href="/p/buch/income/organisations/O01"' in desk.get("/p/buch/income").text
