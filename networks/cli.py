"""The commands of networks: ``flask --app app network …``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click
from flask.cli import AppGroup
from sqlalchemy import select

from core.db import db
from core.errors import Refusal
from networks.network import network_of, waves
from people.models import Naming, Project
from surveys.models import Survey

if TYPE_CHECKING:
    from networks.analysing import Analysis

FORMATS = ("gexf", "graphml", "csv", "svg", "png")
survey_option = click.option("--survey", help="The wave to read, by its slug.")
project_option = click.option("--project", help="The project whose newest wave to read.")
network = AppGroup("network", help="Stakeholder networks: measures and files.")
commands: list[click.Command] = [network]


@network.command()
@click.option("--edges", type=click.Path(path_type=Path), help="source,target[,weight]")
@click.option("--nodes", type=click.Path(path_type=Path), help="id,sector (for E-I)")
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
    from networks.edges import read, read_sectors  # noqa: PLC0415 - heavy
    from networks.measuring import measured  # noqa: PLC0415 - heavy

    if edges:
        try:
            graph = read(edges, directed=directed)
            found = measured(graph, read_sectors(nodes) if nodes else None)
        except Refusal as refusal:
            _refuse(refusal.reason % refusal.values)
    else:
        if nodes or directed:
            raise click.UsageError("--nodes and --directed go with --edges.")
        analysis = _analysis(survey, project)
        found = measured(analysis.graph, analysis.sectors)
        found["network"] |= analysis.whole
    _print(found, as_json)


@network.command()
@click.option("--format", "format", type=click.Choice(FORMATS), required=True)
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True)
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
    """Write a project's network into a file for Gephi, a spreadsheet or a report."""
    from networks import exporting  # noqa: PLC0415 - heavy
    from networks.layout import layout  # noqa: PLC0415 - heavy

    analysis = _analysis(survey, project, names)
    places = layout(analysis.graph)
    try:
        output.write_bytes(exporting.export(format, analysis, places, names, language))
    except OSError as error:
        _refuse(f"{output}: {error.strerror}")
    click.echo(f"{output}: {len(analysis.network.nodes)} organisations.")


def _analysis(
    survey: str | None, project: str | None, audience: str = Naming.TEAM
) -> "Analysis":
    from networks.analysing import Analysis  # noqa: PLC0415 - heavy

    return Analysis(network_of(db.session, _wave(survey, project)).for_audience(audience))


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
    answered = (survey for survey in found if network_of(db.session, survey).answered)
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


def _refuse(reason: str) -> NoReturn:
    click.echo(reason, err=True)
    raise SystemExit(1)
