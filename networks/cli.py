"""The commands of networks: ``flask --app app network …``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import uuid4

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale, gettext
from sqlalchemy import select

from core import clock
from core.db import db
from core.errors import Refusal
from core.keys import Keyring
from core.languages import locale_of
from networks.exchange.kinds import KINDS_OF_FILE
from networks.network import network_of, waves
from people.models import Naming, Project
from surveys.models import Survey

if TYPE_CHECKING:
    from networks.analysing import Analysis
    from networks.exchange.plain import PlainNetwork
    from networks.layout import Place

FILE = click.Path(path_type=Path)
survey_option = click.option("--survey", help="The wave to read, by its slug.")
project_option = click.option("--project", help="The project whose newest wave to read.")
network = AppGroup("network", help="Stakeholder networks: measures and files.")
commands: list[click.Command] = [network]


@network.command()
@click.option("--edges", type=FILE, help="source,target[,weight], or any file we read.")
@click.option("--nodes", type=FILE, help="id,label,sector (for E-I).")
@click.option("--directed", is_flag=True, help="A tie leads from source to target.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@survey_option
@project_option
def measures(
    edges: Path | None,
    nodes: Path | None,
    directed: bool,
    as_json: bool,
    survey: str | None,
    project: str | None,
) -> None:
    """Print the measures of a table of ties, or of a project's network.

    Names and scaling are those of networkx. Weights are read, but not looked at.
    """
    from networks.exchange.graphs import graph_of, sectors_of  # noqa: PLC0415 - heavy
    from networks.measuring import measured  # noqa: PLC0415 - heavy

    if edges:
        found_in = _read(edges, nodes)
        found = measured(graph_of(found_in, directed=directed), sectors_of(found_in))
    else:
        if nodes or directed:
            raise click.UsageError("--nodes and --directed go with --edges.")
        analysis = _analysis(_wave(survey, project))
        found = measured(analysis.graph, analysis.sectors)
        found["network"] |= analysis.whole
    _print(found, as_json)


@network.command()
@click.option("--format", "format", type=click.Choice([*KINDS_OF_FILE]), required=True)
@click.option("--output", "-o", type=FILE, required=True)
@click.option(
    "--names",
    type=click.Choice([naming.value for naming in Naming]),
    default=Naming.NETWORK.value,
    help="Who will read the file; only names they may see stand in it.",
)
@click.option("--language", type=click.Choice(["de", "en"]), default="de")
@survey_option
@project_option
def export(
    format: str,
    output: Path,
    names: str,
    language: str,
    survey: str | None,
    project: str | None,
) -> None:
    """Write a project's network into a file for Gephi, UCINET, a spreadsheet or a report.

    CSV is an archive of tables; when the path ends in .csv, the table of ties is written
    there and that of organisations beside it, as PATH-nodes.csv.
    """
    from networks.exchange import exporting, tables  # noqa: PLC0415 - heavy
    from networks.exchange.outgoing import outgoing  # noqa: PLC0415 - heavy

    wave = _wave(survey, project)
    analysis, places = _analysis(wave, names), _places(wave)
    if format == "csv" and output.suffix.lower() == ".csv":
        plain = outgoing(analysis, places, names, language, wave.slug)
        files = tables.files(plain)
        contents = {output: files[f"{tables.TIES}.csv"]}
        contents[output.with_stem(f"{output.stem}-nodes")] = files[f"{tables.NODES}.csv"]
    else:
        with force_locale(locale_of(language)):
            more = analysis, places, names, language, gettext, wave.slug
            contents = {output: exporting.export(format, *more)}
    for path, content in contents.items():
        try:
            path.write_bytes(content)
        except OSError as error:
            _refuse(f"{path}: {error.strerror}")
        click.echo(f"{path}: {len(analysis.network.nodes)} organisations.")


@network.command("import")
@click.argument("edges", type=FILE)
@click.option("--nodes", type=FILE, help="id,label,sector,kind,locality of organisations.")
@click.option("--project", help="The project to take the ties over into.")
@click.option("--add", is_flag=True, help="Add organisations that the register lacks.")
@click.option("--sector", default="", help="The sector of those of which it is not known.")
@click.option("--check", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def bring_in(
    edges: Path,
    nodes: Path | None,
    project: str | None,
    add: bool,
    sector: str,
    check: bool,
    as_json: bool,
) -> None:
    """Take the ties in a file over into a project: CSV, XLSX, GEXF, GraphML, Pajek, DL, Kumu.

    Organisations are found by name in the register; ties of others are left out.
    """
    from networks.exchange import importing  # noqa: PLC0415 - heavy
    from people.columns import Words  # noqa: PLC0415 - heavy

    ours = _project(project)
    found = _read(edges, nodes)
    said = edges.name, clock.today(), "network import", uuid4().hex, clock.now()
    try:
        draft = importing.begin(db.session, ours, found, *said)
        shown = importing.preview(db.session, ours, draft)
        told: dict[str, Any] = {
            "accepted": True,
            "nodes": len(found.nodes),
            "ties": len(found.ties),
            "directed": found.directed,
            "matched": [line.node.name for line in shown.same],
            "open": [line.node.name for line in shown.open],
            "notes": [*found.notes],
        }
        if not check:
            chosen = {line.number: importing.NEW for line in shown.open} if add else {}
            now = clock.now()
            importing.take_over(db.session, ours, draft, chosen, sector, Words({}), now)
            told["recorded"] = len(draft.added["ties"])
            told["added"] = len(draft.added["organisations"])
            told["left_out"] = draft.added["out"]
            db.session.commit()
    except Refusal as refusal:
        _refuse(f"{edges.name}: {refusal.reason % refusal.values}")
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for name, value in told.items():
        click.echo(f"{name}: {', '.join(value) if isinstance(value, list) else value}")


def _project(slug: str | None) -> Project:
    """Return the project that is meant: the only one, unless it is named."""
    query = select(Project).order_by(Project.id)
    found = db.session.scalars(query.filter_by(slug=slug) if slug else query).all()
    if not found:
        _refuse("There is no such project.")
    if len(found) > 1:
        _refuse("There are several projects. Please name one with --project.")
    return found[0]


def _read(path: Path, nodes: Path | None) -> "PlainNetwork":
    from networks.exchange.reading import read  # noqa: PLC0415 - heavy

    try:
        return read(path.read_bytes(), path.name, nodes.read_bytes() if nodes else b"")
    except OSError as error:
        _refuse(f"{error.filename}: {error.strerror}")
    except Refusal as refusal:
        _refuse(f"{path.name}: {refusal.reason % refusal.values}")


def _analysis(survey: Survey, audience: str = Naming.TEAM) -> "Analysis":
    from networks.analysing import Analysis  # noqa: PLC0415 - heavy

    return Analysis(network_of(db.session, _keys(), survey).for_audience(audience))


def _places(survey: Survey) -> "dict[str, Place]":
    """Return where everyone stands in the picture that the pages show, too."""
    from networks.placing import place, places_in  # noqa: PLC0415 - heavy

    graph = _analysis(survey).graph
    places = places_in(db.session, survey, graph) or place(db.session, survey, graph)
    db.session.commit()
    return places


def _wave(slug: str | None, project: str | None) -> Survey:
    """Return the wave that is meant: the newest with answers, unless it is named."""
    query = select(Project).order_by(Project.id)
    projects = db.session.scalars(query.filter_by(slug=project) if project else query).all()
    found = [survey for each in projects for survey in waves(db.session, each)]
    if slug:
        found = [survey for survey in found if survey.slug == slug]
    if not found:
        _refuse("There is no such survey that asks who works with whom.")
    if len({survey.project_id for survey in found}) > 1:
        _refuse("There are several projects. Please name one with --project.")
    answered = (survey for survey in found if network_of(db.session, _keys(), survey).answered)
    return next(answered, found[0])


def _print(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, allow_nan=False))
        return
    for name, value in found["network"].items():
        click.echo(f"{name}: {value}")
    by_bridge = sorted(found["nodes"].items(), key=lambda item: -item[1]["betweenness"])
    for node, values in by_bridge[:10]:
        click.echo(
            f"{node}: degree {values['degree']}, betweenness {values['betweenness']:.6f}"
        )


def _keys() -> Keyring:
    keys: Keyring = current_app.extensions["keys"]
    return keys


def _refuse(reason: str) -> NoReturn:
    click.echo(reason, err=True)
    raise SystemExit(1)
