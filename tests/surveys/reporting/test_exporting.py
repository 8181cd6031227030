import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from people.models import Naming, Organisation, Project
from surveys.definition import Choice, Definition, Item
from surveys.models import Subject, Survey, SurveyVersion
from surveys.reporting.exporting import AboutPersons, Options, Writing, as_csv, as_xlsx
from tests.story import NOON, an_organisation
from tests.surveys.example import a_survey, answer

ANSWERS = {
    "org": "O1",
    "org_type": "migrant",
    "headcount": 12,
    "offers": ["rooms", "jobs"],
    "idea": "+49 30 1234\n=1+1",
    "tie": [{"strength": "2"}, {"strength": "3"}],
}


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project)


@pytest.fixture
def radhaus(session: Session, project: Project) -> Organisation:
    organisation = an_organisation(project, "O1", "=Radhaus", naming=Naming.TEAM)
    session.add(organisation)
    session.flush()
    return organisation


def rows_of(content: bytes, sheet: str) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert not [cell for page in book for row in page for cell in row if cell.data_type == "f"]
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_a_row_says_who_answered_and_what(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    answer(session, survey, {"headcount": 3}, sent=None)
    content = as_xlsx(session, survey, Options())
    (row,) = rows_of(content, "responses")
    assert row["organisation"] == "O1"
    assert row["name"] == "=Radhaus"
    assert row["leading"] == "yes"
    assert row["submitted"] == "2026-11-02"
    assert row["headcount"] == 12
    assert row["offers"] == "rooms jobs"
    assert row["idea"] == "+49 30 1234\n=1+1"
    assert "email" not in row
    turns = rows_of(content, "tie")
    assert [(turn["tie"], turn["strength"]) for turn in turns] == [(1, "2"), (2, "3")]


def test_labels_stand_for_codes_when_asked(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    options = Options(labels=True, language="en")
    (row,) = rows_of(as_xlsx(session, survey, options), "responses")
    assert row["org_type"] == "Migrant organisation"
    assert row["offers"] == "Rooms and workshops; Jobs"


def test_the_second_sheet_is_the_codebook(session: Session, survey: Survey) -> None:
    content = as_xlsx(session, survey, Options(language="en"))
    assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames[:2] == [
        "responses", "codebook",
    ]  # fmt: skip
    rows = rows_of(content, "codebook")
    assert {"question": "headcount", "type": "integer"}.items() <= rows[
        [row["question"] for row in rows].index("headcount")
    ].items()
    choices = [row["choice label"] for row in rows if row["question"] == "org_type"]
    assert "Migrant organisation" in choices
    assert "email" not in {row["question"] for row in rows}


def test_a_csv_with_repeats_is_a_zip_of_tables(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    content, ending = as_csv(session, survey, Options())
    assert ending == "zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert sorted(archive.namelist()) == ["codebook.csv", "responses.csv", "tie.csv"]
        text = archive.read("responses.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""), delimiter=";")
    assert row["name"] == "'=Radhaus"  # a spreadsheet shows it and computes nothing
    assert row["idea"].lstrip("'").startswith("+49 30 1234")


def test_names_leave_the_team_only_by_consent(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS | {"org_other": "Radhaus"}, radhaus)
    (row,) = rows_of(as_xlsx(session, survey, Options(audience="network")), "responses")
    assert not row["name"]
    assert not {"org", "org_other"} & row.keys()


def test_rows_about_persons_are_not_given_out(session: Session, project: Project) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    for export in (as_csv, as_xlsx):
        with pytest.raises(AboutPersons):
            export(session, survey, Options())


def test_what_only_an_older_version_asked_is_exported_too(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    newer = Definition({"de": "x"}, "x", "de", ("de",), (Item("question", "more", "text"),))
    session.add(
        SurveyVersion(
            survey_id=survey.id, number=2, digest="", definition=newer.to_json(), created=NOON
        )
    )
    session.flush()
    (row,) = rows_of(as_xlsx(session, survey, Options()), "responses")
    assert row["headcount"] == 12
    assert "more" in row


@given(st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_any_label_can_be_written(name: str, label: str) -> None:
    item = Item("question", "q", "select_one", list="l")
    definition = Definition(
        {}, "f", "de", ("de",), (item,), {"l": (Choice(name, {"de": label}),)}
    )
    writing = Writing(definition, Options(labels=True))
    assert writing._cell(item, name) == (label or name)


@pytest.mark.parametrize(("kind", "start"), [("csv", b"PK"), ("xlsx", b"PK")])
def test_answers_are_exported_by_command(
    app: Flask,
    session: Session,
    survey: Survey,
    radhaus: Organisation,
    tmp_path: Path,
    kind: str,
    start: bytes,
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    session.commit()
    file = tmp_path / "answers"
    arguments = ["survey", "export", survey.slug, "--format", kind, "-o", str(file)]
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 0
    assert file.read_bytes().startswith(start)


def test_the_command_refuses_rows_about_persons(
    app: Flask, session: Session, project: Project, tmp_path: Path
) -> None:
    survey, file = a_survey(session, project, subject=Subject.PERSONS), tmp_path / "answers"
    arguments = ["survey", "export", survey.slug, "--format", "csv", "-o", str(file)]
    refused = app.test_cli_runner().invoke(args=arguments)
    assert refused.exit_code == 1
    assert "about persons" in refused.stderr
    assert not file.exists()
