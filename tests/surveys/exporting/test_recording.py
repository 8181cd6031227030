from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from people.models import Organisation, Project
from surveys.definition import Definition, Item
from surveys.exporting import recording
from surveys.exporting.recording import export, exports_of
from surveys.exporting.tables import Options
from surveys.hiding import AboutPersons
from surveys.models import Response, Subject, Survey
from surveys.reporting.models import Export
from tests.story import NOON
from tests.surveys.example import a_survey, answer
from tests.surveys.exporting.example import ANSWERS


@pytest.mark.both_engines
def test_who_takes_answers_along_is_noted_for_good(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    answer(session, survey, {}, leading=False)
    for kind in recording.KINDS:
        begins = b"<?xml" if kind == "ddi" else b"PK"
        assert export(session, survey, kind, Options(), "Birte", NOON).startswith(begins)
    few = Options(language="en", audience="network", leading_only=True)
    export(session, survey, "r", few, "Ada", NOON)
    session.execute(delete(Response))
    session.commit()
    noted = [(each.by, each.kind, each.language, each.rows, each.with_names, each.at)
             for each in exports_of(session, survey)]  # fmt: skip
    assert noted[0] == ("Ada", "r", "en", 1, False, NOON)
    assert noted[1:] == [
        ("Birte", kind, "de", 2, True, NOON) for kind in reversed([*recording.KINDS])
    ]


def test_what_is_refused_is_not_noted(session: Session, project: Project) -> None:
    survey = a_survey(session, project, subject=Subject.PERSONS)
    with pytest.raises(AboutPersons):
        export(session, survey, "csv", Options(), "Birte", NOON)
    assert session.scalars(select(Export)).all() == []


def test_exports_are_found_by_person_kind_and_day(session: Session, survey: Survey) -> None:
    export(session, survey, "xlsx", Options(), "Birte Öz", NOON)
    export(session, survey, "spss", Options(), "Ada", NOON + timedelta(days=1))
    for words, found in {
        "birte": ["xlsx"], "öz excel": ["xlsx"], "03.11.2026": ["spss"], "carim": [],
        "2026-11": ["spss", "xlsx"], "": ["spss", "xlsx"],
    }.items():  # fmt: skip
        assert [each.kind for each in exports_of(session, survey, words)] == found


def test_of_many_exports_the_latest_are_listed(
    session: Session, survey: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "LISTED", 2)
    for by in ("Ada", "Birte", "Carim"):
        export(session, survey, "csv", Options(), by, NOON)
    assert [each.by for each in exports_of(session, survey)] == ["Carim", "Birte"]
    assert [each.by for each in exports_of(session, survey, "Ada")] == ["Ada"]


@pytest.mark.parametrize("kind", [*recording.KINDS])
def test_answers_are_taken_along_by_command(
    app: Flask,
    session: Session,
    survey: Survey,
    radhaus: Organisation,
    tmp_path: Path,
    kind: str,
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    session.commit()
    file = tmp_path / "answers"
    arguments = ["survey", "export", survey.slug, "--format", kind, "-o", str(file)]
    assert app.test_cli_runner().invoke(args=[*arguments, "--language", "en"]).exit_code == 0
    assert file.read_bytes().startswith(b"<?xml" if kind == "ddi" else b"PK")
    (noted,) = exports_of(session, survey)
    assert (noted.by, noted.kind, noted.language) == ("flask survey export", kind, "en")


def test_the_command_writes_a_table_alone_when_there_are_no_repeats(
    app: Flask, session: Session, project: Project, tmp_path: Path
) -> None:
    form = Definition({}, "f", "de", ("de",), (Item("question", "a", "text"),))
    survey, file = a_survey(session, project, form), tmp_path / "answers.csv"
    answer(session, survey, {"a": "ja"})
    session.commit()
    arguments = ["survey", "export", survey.slug, "--format", "csv", "-o", str(file)]
    assert app.test_cli_runner().invoke(args=arguments).exit_code == 0
    assert file.read_text("utf-8-sig").splitlines()[1].endswith(";ja")


def test_the_command_refuses_rows_about_persons(
    app: Flask, session: Session, project: Project, tmp_path: Path
) -> None:
    survey, file = a_survey(session, project, subject=Subject.PERSONS), tmp_path / "answers"
    arguments = ["survey", "export", survey.slug, "--format", "csv", "-o", str(file)]
    refused = app.test_cli_runner().invoke(args=arguments)
    assert refused.exit_code == 1
    assert "about persons" in refused.stderr
    assert not file.exists()
