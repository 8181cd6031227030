"""The commands of this context: forms in and out, and what follows from some answers."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup
from sqlalchemy import select

from core import clock, steady
from core.db import db
from core.errors import Refusal
from core.languages import FALLBACK
from people.models import Project
from surveys.definition import Definition, Item
from surveys.exchange.findings import Finding, Level
from surveys.exchange.writing import write_xlsform
from surveys.exchange.xlsform import Reading, read_xlsform
from surveys.exporting import recording, spreadsheets
from surveys.exporting.tables import Options
from surveys.fieldwork import importing
from surveys.models import Survey
from surveys.questionnaires.evaluating import Evaluation, questionnaire
from surveys.routes import sealing_off
from surveys.translating import reviewing

survey_group = AppGroup("survey", help="Questionnaires: import, export, evaluate.")
privacy_group = AppGroup("privacy", help="Erase what is kept no longer.")
commands: list[click.Command] = [survey_group, privacy_group]
KINDS = ["json", "xlsform", *recording.KINDS]
BY = "flask survey export"  # who takes answers along by the command
existing = click.Path(exists=True, dir_okay=False, path_type=Path)
as_json = click.option("--json", "as_json", is_flag=True, help="Print machine-readable output.")


@survey_group.command("import")
@click.argument("file", type=existing)
@click.option("--project", "slug", help="The project; not needed when there is only one.")
@click.option("--check", is_flag=True, help="Report only, store nothing.")
@as_json
def import_survey(file: Path, slug: str | None, check: bool, as_json: bool) -> None:
    """Read an XLSForm into a project; the same form again becomes a new version."""
    reading = read_xlsform(file.read_bytes(), file.stem)
    stored = "" if check or not reading.accepted else _store(reading, _project(slug))
    _report(reading, as_json, stored)


@privacy_group.command("purge")
@as_json
def purge(as_json: bool) -> None:
    """Erase answers and comments whose last day is over; it says that the clock is right."""
    steady.set_clock(db.session, clock.now())
    db.session.commit()
    number = sealing_off.erase_what_is_over()
    sealing_off.scour()
    click.echo(
        json.dumps({"erased": number}) if as_json else f"{number} answers and comments erased."
    )


@survey_group.command("evaluate")
@click.argument("file", type=existing)
@click.option("--answers", required=True, help="A JSON object, or the name of a file with one.")
@as_json
def evaluate_survey(file: Path, answers: str, as_json: bool) -> None:
    """Say what is asked, what follows and what is wrong, given some answers."""
    reading = read_xlsform(file.read_bytes(), file.stem)
    document = _document(answers)
    if not reading.definition or not reading.accepted:
        _report(reading, as_json)
        return
    form = questionnaire(reading.definition)
    result = outcome(form.evaluate(document, now=clock.now()))
    click.echo(json.dumps(result, ensure_ascii=False, indent=None if as_json else 2))


@survey_group.command("export")
@click.argument("slug", metavar="SURVEY")
@click.option("--format", "kind", type=click.Choice(KINDS), required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--labels", is_flag=True, help="In csv and xlsx: words instead of codes.")
@click.option("--language", help="Of the labels; without it, that of the questionnaire.")
def export_survey(
    slug: str, kind: str, output: Path, labels: bool, language: str | None
) -> None:
    """Write what a survey asks (json, xlsform) or its answers (all others) into a file.

    A CSV of a survey with repeats is a ZIP of several; spss, stata and r always are one.
    """
    survey = db.session.scalar(select(Survey).filter_by(slug=slug))
    version = importing.latest_version(db.session, survey) if survey else None
    if not survey or not version:
        _refuse(f"There is no survey {slug}.")
    definition = reviewing.for_export(
        db.session, survey, Definition.from_json(version.definition)
    )
    if kind in recording.KINDS:
        options = Options(labels, language or definition.default_language or FALLBACK)
        output.write_bytes(_answers(survey, kind, options))
        return
    if kind == "json":
        text = json.dumps(definition.to_json(), ensure_ascii=False, indent=2)
        output.write_text(f"{text}\n", encoding="utf-8")
    else:
        output.write_bytes(write_xlsform(definition))


def _answers(survey: Survey, kind: str, options: Options) -> bytes:
    try:
        content = recording.export(db.session, survey, kind, options, BY, clock.now())
    except Refusal as refusal:
        _refuse(refusal.reason % refusal.values)
    db.session.commit()
    return spreadsheets.table_alone(content) if kind == "csv" else content


def outcome(evaluation: Evaluation) -> dict[str, Any]:
    """What follows from answers, by the names of the items; in repeats ``name[turn]``."""
    relevant: dict[str, bool] = {}
    values: dict[str, Any] = {}
    violations: dict[str, str] = {}
    form = evaluation.questionnaire.definition
    for item in form.walk():
        for turn in evaluation.instances(item.name):
            name = item.name + "".join(f"[{number}]" for number in turn)
            relevant[name] = evaluation.relevant(item.name, turn)
            if item.kind in ("question", "calculate"):
                values[name] = evaluation.value(item.name, turn)
            if evaluation.violation(item.name, turn):
                violations[name] = _complaint(evaluation, item, turn)
    return {"relevant": relevant, "values": values, "violations": violations}


def _complaint(evaluation: Evaluation, item: Item, turn: tuple[int, ...]) -> str:
    language = evaluation.questionnaire.definition.default_language
    return evaluation.message(item, language, turn)[0] or item.constraint


def _store(reading: Reading, project: Project) -> str:
    """Keep a form that was accepted; return the address of its survey."""
    definition = reading.definition
    if not definition:
        return ""
    known = importing.survey_of_form(db.session, project, definition.form_id)
    survey = importing.import_form(db.session, project, definition, clock.now(), survey=known)
    db.session.commit()
    return survey.slug


def _project(slug: str | None) -> Project:
    projects = select(Project).filter_by(slug=slug) if slug else select(Project).limit(2)
    found = db.session.scalars(projects).all()
    if len(found) != 1:
        _refuse(f"There is no project {slug}." if slug else "Name a project with --project.")
    return found[0]


def _document(answers: str) -> dict[str, Any]:
    try:
        text = answers if answers.lstrip()[:1] in "{[" else Path(answers).read_text("utf-8")
        document = json.loads(text)
    except (OSError, ValueError) as problem:
        raise click.UsageError(f"The answers cannot be read: {problem}") from problem
    if not isinstance(document, dict):
        raise click.UsageError("The answers are no JSON object.")
    return document


def _report(reading: Reading, as_json: bool, stored: str = "") -> None:
    """Print what was found; a form that is not accepted ends the command."""
    definition = reading.definition
    asked = (
        [item for item in definition.walk() if item.kind == "question"] if definition else []
    )
    languages = list(definition.languages) if definition else []
    if as_json:
        result = {
            "accepted": reading.accepted,
            "questions": len(asked),
            "languages": languages,
            "findings": [_plain(finding) for finding in reading.findings],
        }
        click.echo(
            json.dumps(result | ({"survey": stored} if stored else {}), ensure_ascii=False)
        )
    for finding in reading.findings:
        is_reason = finding.level == Level.ERROR
        if is_reason or not as_json:
            click.echo(_line(finding), err=is_reason)
    if not reading.accepted:
        sys.exit(1)
    if not as_json:
        place = f" at /s/{stored}" if stored else ""
        click.echo(f"{len(asked)} questions in {', '.join(languages)}{place}")


def _line(finding: Finding) -> str:
    row = f"row {finding.row}" if finding.row else ""
    place = ", ".join(filter(None, (finding.sheet, row, finding.column)))
    return (
        f"{finding.level}: {place}: {finding.text}"
        if place
        else f"{finding.level}: {finding.text}"
    )


def _plain(finding: Finding) -> dict[str, Any]:
    return {
        "level": finding.level.value,
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "message": finding.text,
    }


def _refuse(reason: str) -> NoReturn:
    click.echo(reason, err=True)
    sys.exit(1)
