import random

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.models import Base
from people.models import Project, User
from surveys.models import State
from tests.story import browser_of
from tests.surveys.answers import Respondent, a_register, a_survey, instrument
from tests.surveys.test_public import some_answers

PREVIEW = "/p/buch/surveys/pankow/preview"
MARK = "Vorschau – nichts wird gespeichert"


def rows(session: Session) -> dict[str, int | None]:
    session.expire_all()
    tables = Base.metadata.sorted_tables
    return {t.name: session.scalar(select(func.count()).select_from(t)) for t in tables}


@pytest.mark.parametrize("name", ["enterprise_survey", "refugee_conversation"])
def test_the_team_walks_to_the_end_of_a_draft_and_nothing_is_stored(
    desk: FlaskClient, session: Session, project: Project, name: str
) -> None:
    a_register(session, project)
    a_survey(session, project, instrument(name), state=State.DRAFT)
    before, chance = rows(session), random.Random(3)  # noqa: S311 - no secret
    walker, pages = Respondent(desk, PREVIEW), 0
    while "page" in walker.page.forms:
        assert MARK in walker.html and walker.path == PREVIEW
        walker.send(**some_answers(walker, chance))
        pages += walker.answer.status_code == 200
        assert pages < 60
    assert "Das ist das Ende des Fragebogens" in walker.html and pages > 3
    assert rows(session) == before


def test_what_was_answered_decides_what_is_asked_and_is_still_there_on_the_way_back(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    a_survey(session, project, instrument("enterprise_survey"))
    walker = Respondent(desk, PREVIEW)
    walker.send(consent="no")
    assert "Ohne Zustimmung kann die Befragung nicht starten." in walker.html
    walker.send(consent="yes")
    assert "consent" not in walker.form.names()
    walker.send({"go": "back"})
    assert walker.form.data()["consent"] == ["yes"]
    walker.send({"language": "en"})
    assert 'lang="en"' in walker.html and walker.form.data()["consent"] == ["yes"]


def test_a_preview_that_somebody_has_bent_begins_anew(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    a_survey(session, project, instrument("enterprise_survey"))
    for key in ("", "x.y", "eyJwYWdlIjoieCJ9.abc"):
        page = desk.post(PREVIEW, data={"key": key, "go": "next"})
        assert page.status_code == 200 and 'name="consent"' in page.text


def test_only_facilitators_walk_ahead(
    app: Flask, session: Session, project: Project, tarik: User, client: FlaskClient
) -> None:
    a_survey(session, project, instrument("enterprise_survey"), state=State.DRAFT)
    assert browser_of(tarik, app).get(PREVIEW).status_code == 403
    assert client.get("/s/pankow").status_code == 404
