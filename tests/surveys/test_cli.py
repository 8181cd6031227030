"""Commands around questionnaires."""

import json
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project
from surveys.exchange.xlsform import read_xlsform
from surveys.models import Survey, SurveyVersion
from tests.surveys.exchange.workbook import CHOICES, workbook

ENTERPRISE = "surveys/instruments/osi_enterprise_survey.xlsx"


@pytest.fixture
def broken(tmp_path: Path) -> str:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(
        workbook(survey="type | name | label\n selekt yn | a | A", choices=CHOICES)
    )
    return str(path)


def run(app: Flask, *words: str) -> tuple[int, str, str]:
    result = app.test_cli_runner().invoke(args=["survey", *words])
    return result.exit_code, result.stdout, result.stderr


def test_checking_a_form_stores_nothing(app: Flask, session: Session, project: Project) -> None:
    status, out, _ = run(app, "import", ENTERPRISE, "--check", "--json")
    report = json.loads(out)
    assert status == 0
    assert (report["accepted"], report["languages"]) == (
        True, ["de", "en", "de-simple", "ar", "uk", "ru", "prs", "tr"]
    )  # fmt: skip
    assert report["questions"] > 50
    assert report["findings"] == []  # nothing to explain about a questionnaire of ours
    assert not session.scalars(select(Survey)).all()


def test_a_report_says_where_and_what(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    path.write_bytes(workbook(survey="type | name | label\n start | start |\n text | a | A"))
    _, out, _ = run(app, "import", str(path), "--check", "--json")
    assert {
        "level": "note",
        "sheet": "survey",
        "row": 2,
        "column": "type",
        "message": "“start” is not recorded, to protect those who answer.",
    } in json.loads(out)["findings"]


def test_importing_twice_makes_one_survey_with_one_version(
    app: Flask, session: Session, project: Project
) -> None:
    for _ in range(2):
        status, out, _ = run(app, "import", ENTERPRISE, "--project", "buch")
        assert status == 0
        assert "befragung-soziale-betriebe" in out
    (survey,) = session.scalars(select(Survey))
    assert survey.project_id == project.id
    (version,) = session.scalars(select(SurveyVersion))
    assert version.definition["form_id"] == "osi_enterprise_survey"


def test_a_form_with_errors_is_refused_with_reasons(
    app: Flask, session: Session, project: Project, broken: str
) -> None:
    status, out, err = run(app, "import", broken)
    assert status == 1
    assert "There is no type of question named “selekt yn”." in err
    status, out, err = run(app, "import", broken, "--json")
    assert (status, json.loads(out)["accepted"]) == (1, False)
    assert not session.scalars(select(Survey)).all()


def test_the_project_must_be_clear(
    app: Flask, project: Project, elsewhere: Project, session: Session
) -> None:
    assert run(app, "import", ENTERPRISE)[0] == 1
    assert run(app, "import", ENTERPRISE, "--project", "nowhere")[0] == 1
    assert not session.scalars(select(Survey)).all()


def test_wrong_usage_is_told_from_a_refusal(app: Flask) -> None:
    assert run(app, "import")[0] == 2
    assert run(app, "import", "nowhere.xlsx")[0] == 2
    assert run(app, "evaluate", ENTERPRISE, "--answers", "[1]")[0] == 2
    assert run(app, "evaluate", ENTERPRISE, "--answers", "{")[0] == 2


def test_answers_are_evaluated_without_a_project(app: Flask, tmp_path: Path) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(
        '{"consent": "no", "length": "long", "partners": ["O02"], "inc_public": 90, '
        '"headcount": -1}'
    )
    status, out, _ = run(app, "evaluate", ENTERPRISE, "--answers", str(answers), "--json")
    result = json.loads(out)
    assert status == 0
    assert result["relevant"]["inc_warn"] is True
    assert result["relevant"]["tie_future[1]"] is True
    assert result["values"]["alter_name[1]"] == "Nadelwerk Karow gUG"
    assert result["values"]["inc_sum"] == 90
    assert result["violations"] == {
        "consent": "Ohne Zustimmung kann die Befragung nicht starten.",
        "headcount": "Bitte eine Zahl ab 0.",
    }


def test_what_is_exported_is_what_was_imported(
    app: Flask, project: Project, tmp_path: Path
) -> None:
    run(app, "import", ENTERPRISE)
    slug = "befragung-soziale-betriebe-und-traeger-in-pankow"
    book, data = tmp_path / "form.xlsx", tmp_path / "form.json"
    assert run(app, "export", slug, "--format", "xlsform", "-o", str(book))[0] == 0
    assert run(app, "export", slug, "--format", "json", "-o", str(data))[0] == 0
    original = read_xlsform(Path(ENTERPRISE).read_bytes()).definition
    assert original
    assert read_xlsform(book.read_bytes()).definition == original
    assert json.loads(data.read_text()) == original.to_json()
    assert run(app, "export", "nothing", "--format", "json", "-o", str(data))[0] == 1
