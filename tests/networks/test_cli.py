import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from networks.exchange.kinds import KINDS_OF_FILE
from networks.models import NetworkImport, Placement, RecordedTie
from people.models import Organisation, Project
from tests.networks.story import demo_wave
from tests.story import an_organisation


def run(app: Flask, *arguments: object) -> Any:
    return app.test_cli_runner().invoke(args=["network", *map(str, arguments)])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "ties.csv"
    path.write_text("source,target,weight\na,b,2\nb,c,1\nc,a,\nc,c,9\nd,a,1\n")
    return path


def test_a_table_of_ties_is_measured_as_networkx_does(app: Flask, table: Path) -> None:
    found = json.loads(run(app, "measures", "--edges", table, "--json").output)
    graph: Any = nx.Graph()
    graph.add_edges_from(["ab", "bc", "ca", "da"])
    assert (found["network"]["nodes"], found["network"]["ties"]) == (4, 4)
    assert found["network"]["transitivity"] == pytest.approx(nx.transitivity(graph))
    assert found["network"]["components"] == 1
    assert found["network"]["ei_index"] is None
    closeness = {node: values["closeness"] for node, values in found["nodes"].items()}
    assert closeness == pytest.approx(nx.closeness_centrality(graph))
    assert found["nodes"]["d"].keys() >= {
        "degree", "betweenness", "closeness", "eigenvector", "pagerank", "constraint",
        "effective_size", "core", "community",
    }  # fmt: skip


def test_arcs_have_reciprocity_and_degrees_in_and_out(app: Flask, table: Path) -> None:
    table.write_text("source;target\na;b\nb;a\na;c\n")
    found = json.loads(run(app, "measures", "--edges", table, "--directed", "--json").output)
    assert found["network"]["reciprocity"] == pytest.approx(2 / 3)
    assert found["nodes"]["a"] | {"in_degree": 1, "out_degree": 2} == found["nodes"]["a"]


def test_sectors_give_the_ei_index(app: Flask, table: Path, tmp_path: Path) -> None:
    nodes = tmp_path / "nodes.csv"
    nodes.write_text("id,sector\na,economy\nb,economy\nc,science\nd,science\n")
    answer = run(app, "measures", "--edges", table, "--nodes", nodes, "--json")
    assert json.loads(answer.output)["network"]["ei_index"] == 0.5


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"what,else\na,b\n", "There is no column “source”"),
        (b"source,target\na,\n", "Line 2: the tie has only one end"),
        (b"source,target,weight\na,b,many\n", "Line 2: “many” is no number"),
        (b"", "There is no column “source”"),
    ],
)
def test_what_is_no_table_of_ties_is_refused(
    app: Flask, table: Path, content: bytes, reason: str
) -> None:
    table.write_bytes(content)
    answer = run(app, "measures", "--edges", table)
    assert answer.exit_code == 1
    assert reason in answer.stderr


def test_the_network_of_a_project_is_measured(
    app: Flask, session: Session, project: Project
) -> None:
    demo_wave(session, project)
    found = json.loads(run(app, "measures", "--project", "buch", "--json").output)
    assert found["network"]["ties"] == 60
    assert found["network"]["isolates"] == ["O11", "O27"]
    assert round(found["network"]["reciprocity"], 6) == 0.867925
    assert round(found["nodes"]["O14"]["betweenness"], 6) == 0.221937
    assert "O14: degree 9, betweenness 0.221937" in run(app, "measures").output


def test_a_project_without_a_network_is_refused(app: Flask, project: Project) -> None:
    answer = run(app, "measures", "--project", "buch")
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "no such survey" in answer.stderr


@pytest.mark.parametrize("format", [*KINDS_OF_FILE])
def test_a_network_is_written_into_a_file(
    app: Flask, session: Session, project: Project, tmp_path: Path, format: str
) -> None:
    demo_wave(session, project)
    path = tmp_path / f"network.{format}"
    assert run(app, "export", "--format", format, "-o", path).exit_code == 0
    assert path.stat().st_size > 1000


def test_the_picture_is_the_same_in_a_file_on_a_page_and_from_a_command(
    app: Flask, desk: FlaskClient, session: Session, project: Project, tmp_path: Path
) -> None:
    demo_wave(session, project)
    path = tmp_path / "network.svg"
    order = ("--format", "svg", "--names", "network", "--language", "de", "-o", path)
    assert run(app, "export", *order).exit_code == 0
    german = {"Accept-Language": "de"}
    page = "/p/buch/networks/autumn"
    assert desk.get(f"{page}/picture.svg", headers=german).data == path.read_bytes()
    assert desk.get(f"{page}/files/svg", headers=german).data == path.read_bytes()
    assert "Wirtschaft" in path.read_text()
    desk.post(f"{page}/order")
    row = session.query(Placement).one()
    row.places = {code: [x / 2 + 250, y] for code, (x, y) in row.places.items()}
    session.commit()
    run(app, "export", *order)
    assert desk.get(f"{page}/picture.svg", headers=german).data == path.read_bytes()
    assert desk.get(f"{page}/files/svg", headers=german).data == path.read_bytes()


def test_a_file_that_cannot_be_written_is_refused(
    app: Flask, session: Session, project: Project, tmp_path: Path
) -> None:
    demo_wave(session, project)
    answer = run(app, "export", "--format", "svg", "-o", tmp_path / "no" / "where.svg")
    assert answer.exit_code == 1


def test_ties_and_organisations_are_written_as_two_tables_and_measured_again(
    app: Flask, session: Session, project: Project, tmp_path: Path
) -> None:
    demo_wave(session, project)
    path = tmp_path / "ties.csv"
    assert run(app, "export", "--format", "csv", "-o", path).exit_code == 0
    nodes = tmp_path / "ties-nodes.csv"
    found = json.loads(run(app, "measures", "--edges", path, "--nodes", nodes, "--json").stdout)
    assert (found["network"]["nodes"], found["network"]["ties"]) == (40, 60)
    assert round(found["network"]["ei_index"], 4) == 0.2333
    assert round(found["nodes"]["O14"]["betweenness"], 6) == 0.221937


@pytest.mark.parametrize("format", ["csv", "xlsx", "gexf", "graphml", "pajek", "dl", "kumu"])
def test_measures_are_the_same_from_every_kind_of_file(
    app: Flask, session: Session, project: Project, tmp_path: Path, format: str
) -> None:
    demo_wave(session, project)
    path = tmp_path / f"network.{KINDS_OF_FILE[format].ending}"
    assert run(app, "export", "--format", format, "--names", "team", "-o", path).exit_code == 0
    found = json.loads(run(app, "measures", "--edges", path, "--json").stdout)
    assert (found["network"]["nodes"], found["network"]["ties"]) == (40, 60)
    assert max(each["betweenness"] for each in found["nodes"].values()) == pytest.approx(
        0.221937, abs=1e-6
    )


def test_names_stand_in_a_file_for_those_who_may_see_them(
    app: Flask, session: Session, project: Project, tmp_path: Path
) -> None:
    demo_wave(session, project)
    path = tmp_path / "network.gexf"
    for names, stands in (("network", True), ("public", False), ("team", True)):
        run(app, "export", "--format", "gexf", "--names", names, "-o", path)
        assert ("Radhaus" in path.read_text()) == stands


TIES = "source,target,strength\nRadhaus,Küche,3\nKüche,Neu,1\n"


@pytest.fixture
def register(session: Session, project: Project) -> None:
    for number, name in enumerate(("Radhaus", "Küche"), 1):
        session.add(an_organisation(project, f"O{number}", name))
    session.commit()


def recorded(session: Session) -> list[int]:
    session.expire_all()
    return [row.strength for row in session.scalars(select(RecordedTie))]


def test_ties_of_a_file_are_taken_over_between_those_in_the_register(
    app: Flask, session: Session, register: None, tmp_path: Path
) -> None:
    path = tmp_path / "ties.csv"
    path.write_text(TIES)
    checked = json.loads(run(app, "import", path, "--check", "--json").stdout)
    assert (checked["nodes"], checked["ties"]) == (3, 2)
    assert (checked["matched"], checked["open"]) == (["Radhaus", "Küche"], ["Neu"])
    assert recorded(session) == []
    found = json.loads(run(app, "import", path, "--project", "buch", "--json").stdout)
    assert (found["recorded"], found["added"], found["left_out"]) == (1, 0, 1)
    assert recorded(session) == [3]


def test_organisations_of_a_file_are_added_on_demand(
    app: Flask, session: Session, register: None, tmp_path: Path
) -> None:
    path, nodes = tmp_path / "ties.csv", tmp_path / "nodes.csv"
    path.write_text("source,target\n1,2\n")
    nodes.write_text("id,label,sector\n1,Radhaus,economy\n2,Neu,Zivilgesellschaft\n")
    answer = run(app, "import", path, "--nodes", nodes, "--add")
    assert (answer.exit_code, recorded(session)) == (0, [0]), answer.stderr
    assert "added: 1" in answer.stdout
    assert session.query(Organisation).filter_by(name="Neu").one().sector == "society"


@pytest.mark.parametrize(
    ("text", "options", "reason"),
    [
        ("source,target\na,\n", (), "ties.csv: Line 2: the tie has only one end."),
        ("source,target\na,b\n", ("--add",), "Please choose a sector"),
        ("source,target\na,b\n", ("--project", "nowhere"), "no such project"),
        ("source,target\n", (), "There are no ties"),
    ],
)
def test_what_cannot_be_taken_over_is_refused_and_nothing_is_kept(
    app: Flask, session: Session, register: None, tmp_path: Path,
    text: str, options: tuple[str, ...], reason: str,
) -> None:  # fmt: skip
    path = tmp_path / "ties.csv"
    path.write_text(text)
    answer = run(app, "import", path, *options)
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert reason in answer.stderr
    assert recorded(session) == [] and session.query(NetworkImport).count() == 0


def test_a_file_that_is_not_there_is_refused(app: Flask, register: None) -> None:
    assert run(app, "import", "nowhere.csv").exit_code == 1
    assert run(app, "measures", "--edges", "nowhere.csv").exit_code == 1


def test_wrong_use_is_told_apart_from_a_refusal(app: Flask) -> None:
    assert run(app, "export", "--format", "fax", "-o", "x").exit_code == 2
    assert run(app, "measures", "--directed").exit_code == 2
