import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project, User
from surveys.models import Kind, Subject, Survey
from surveys.reporting.models import Export
from tests.story import browser_of
from tests.surveys.example import a_survey, answer
from tests.surveys.exporting.example import table, unpacked

FORM = {"kind": "csv", "language": "de", "cells": "codes", "which": "all", "names": "team"}


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    survey = a_survey(session, project)
    answer(session, survey, {"org_type": "migrant", "org": "O1"}, leading=True)
    answer(session, survey, {"org_type": "provider"})
    session.commit()
    return survey


@pytest.fixture
def page(survey: Survey) -> str:
    return f"/p/buch/surveys/{survey.slug}/exports"


def test_answers_are_taken_along_as_somebody_wishes(desk: FlaskClient, page: str) -> None:
    sent = desk.post(page, data=FORM)
    assert (sent.status_code, sent.mimetype) == (200, "application/zip")
    assert "attachment" in sent.headers["Content-Disposition"]
    rows = table(unpacked(sent.data)["responses.csv"])
    assert [row["org_type"] for row in rows] == ["migrant", "provider"]

    wish = {"language": "en", "cells": "words", "which": "leading", "names": "network"}
    (row,) = table(unpacked(desk.post(page, data=FORM | wish).data)["responses.csv"])
    assert row["What kind of organisation are you?"] == "Migrant organisation"
    assert "Which organisation do you answer for?" not in row


def test_a_codebook_is_taken_along_as_xml(desk: FlaskClient, page: str) -> None:
    sent = desk.post(page, data=FORM | {"kind": "ddi"})
    assert (sent.status_code, sent.mimetype) == (200, "application/xml")
    assert sent.headers["Content-Disposition"].endswith("-ddi.xml")
    assert b"<catValu>migrant</catValu>" in sent.data


def test_the_page_says_what_each_kind_is_for_and_who_took_what(
    desk: FlaskClient, page: str
) -> None:
    before = desk.get(page).text
    for name in ("Excel", "CSV", "SPSS", "Stata", "R", "DDI"):
        assert f"{name}</h2>" in before
    assert "Birte" not in before.partition("<main")[2]
    desk.post(page, data=FORM | {"kind": "spss"})
    desk.post(page, data=FORM | {"kind": "xlsx", "names": "network"})
    listed = desk.get(page).text.partition("<tbody>")[2]
    assert listed.index("Excel") < listed.index("SPSS")
    assert "Birte" in listed
    found = desk.get(f"{page}?words=spss").text.partition("<tbody>")[2]
    assert "Excel" not in found
    assert "<tbody>" not in desk.get(f"{page}?words=nobody").text
    assert page in desk.get(page.replace("exports", "results")).text


@pytest.mark.parametrize(
    "wrong", [{"kind": "pdf"}, {"kind": ""}, {"language": "tlh"}, {"names": "public"}]
)
def test_what_is_not_offered_is_not_given(
    desk: FlaskClient, session: Session, page: str, wrong: dict[str, str]
) -> None:
    assert desk.post(page, data=FORM | wrong).status_code == 422
    assert session.scalars(select(Export)).all() == []


@pytest.mark.parametrize("is_anonymous", [False, True])
def test_rows_of_persons_and_anonymous_ones_stay(
    desk: FlaskClient, session: Session, project: Project, is_anonymous: bool
) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    if is_anonymous:
        survey.subject, survey.kind = Subject.ORGANISATIONS, Kind.ANONYMOUS
    else:
        answer(session, survey, {"org_type": "migrant"})
    session.commit()
    page = f"/p/buch/surveys/{survey.slug}/exports"
    assert 'name="kind"' not in desk.get(page).text
    for kind in ("csv", "xlsx", "spss", "r"):
        assert desk.post(page, data=FORM | {"kind": kind}).status_code == 409
    assert session.scalars(select(Export)).all() == []


def test_the_task_force_takes_nothing_along(
    app: Flask, session: Session, tarik: User, page: str
) -> None:
    browser = browser_of(tarik, app)
    assert browser.get(page).status_code == 403
    assert browser.post(page, data=FORM).status_code == 403
    assert session.scalars(select(Export)).all() == []
    assert page not in browser.get(page.replace("exports", "results")).text
