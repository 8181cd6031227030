import csv
import io
import zipfile
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from networks.analysing import Analysis
from networks.depicting import KEY, colour_of
from networks.exchange.exporting import WRITERS, export
from networks.exchange.graphs import graph_of
from networks.exchange.kinds import KINDS_OF_FILE
from networks.exchange.reading import READERS
from networks.layout import HEIGHT, WIDTH, layout
from networks.network import Network, Node
from networks.tying import (
    Nomination,
    Say,
    Seen,
    Source,
    State,
    Tie,
    Wish,
    Word,
    tie,
)

SECTORS = ("economy", "society", "politics", "science", "")


def a_network(names: list[str]) -> Network:
    """A chain of organisations with these names; all may be named but the last."""
    nodes = {}
    for number, name in enumerate(names, 1):
        code = f"O{number}"
        hidden = number == len(names) > 1
        nodes[code] = Node(
            code, name, name, SECTORS[number % 5], naming="team" if hidden else "network",
            veils={"de": f"Organisation {number} (Träger)"}, answered=True,
            locality="karow" if hidden else "buch",
        )  # fmt: skip
    codes = [*nodes]
    said = [Nomination(a, b, ("rooms",), 2) for a, b in pairwise(codes)]
    return Network(nodes, tie(said, codes, codes), [Wish("O1", codes[-1], "secret reason")])


def file(network: Network, format: str, audience: str = "network") -> bytes:
    analysis = Analysis(network)
    return export(format, analysis, layout(analysis.graph), audience, "de", str, "autumn")


def labels(found: Any) -> dict[str, str]:
    return dict(found.nodes("label"))


@pytest.mark.parametrize("format", ["gexf", "graphml"])
def test_a_file_read_back_is_the_same_network(format: str) -> None:
    network = a_network(["Radhaus", "Küche & Co", "Гарден", "منظمة"])
    readers: dict[str, Any] = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}
    found: Any = readers[format](io.BytesIO(file(network, format, "team")))
    assert labels(found) == {code: node.name for code, node in network.nodes.items()}
    assert {frozenset(edge) for edge in found.edges} == {
        frozenset((each.a, each.b)) for each in network.ties
    }
    assert found.nodes["O2"]["betweenness"] == pytest.approx(2 / 3)
    assert found.edges["O1", "O2"]["state"] == State.ONE_SIDED
    assert found.edges["O1", "O2"]["weight"] == 2


@settings(deadline=None, max_examples=40)
@given(names=st.lists(st.text(st.characters(codec=None), max_size=20), min_size=1, max_size=4))
def test_files_are_well_formed_whatever_organisations_are_called(names: list[str]) -> None:
    network = a_network([*names, "\x00\x0b\ufffe\uffff\ud800 ]]> <&\"' --"])
    for format in ("gexf", "graphml", "svg"):
        ElementTree.fromstring(file(network, format, "team"))  # noqa: S314 - our own
    assert read_tables(file(network, "csv", "team"))["nodes.csv"][-1]["label"] == "]]> <&\"' --"


def test_the_png_shows_the_same_picture_twice_as_large() -> None:
    network = a_network(["Radhaus", "مقهى", "\x00]]> <&\"' --"])
    image = Image.open(io.BytesIO(file(network, "png", "team"))).convert("RGB")
    assert image.size == (2 * WIDTH, 2 * (HEIGHT + KEY))
    colours = {colour for _, colour in image.getcolors(2**16) or ()}
    assert ImageColor.getrgb(colour_of("society")) in colours


def unpacked(content: bytes) -> str:
    """All that stands in a file, also in an archive."""
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return " ".join(archive.read(name).decode() for name in archive.namelist())


@pytest.mark.parametrize("format", [*KINDS_OF_FILE])
def test_names_stand_in_files_only_by_consent(format: str) -> None:
    network = a_network(["Radhaus", "Geheimbund"])

    def text(audience: str) -> str:
        return unpacked(file(network, format, audience)).replace("\xa0", " ")

    assert "Geheimbund" not in text("network")
    assert "secret reason" not in text("team")
    if format == "png":
        return  # what it shows stands in the SVG it is drawn from
    assert "Organisation 2" in text("network")
    assert "Radhaus" in text("network")
    assert "Radhaus" not in text("public")
    assert "Geheimbund" in text("team")


def test_the_place_of_someone_without_a_name_is_not_told() -> None:
    network = a_network(["Radhaus", "Geheimbund"])
    assert "karow" not in unpacked(file(network, "xlsx", "network")).partition("O2")[2]
    assert "karow" in unpacked(file(network, "csv", "team")).partition("O2")[2]


def read_tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}


def test_tables_hold_organisations_ties_and_wishes() -> None:
    tables = read_tables(file(a_network(["Radhaus", "Küche", "Hof"]), "csv"))
    assert [row["label"] for row in tables["nodes.csv"]] == [
        "Radhaus", "Küche", "Organisation 3 (Träger)",
    ]  # fmt: skip
    assert tables["nodes.csv"][1]["betweenness"] == "1.0"
    assert tables["edges.csv"][0] == {
        "source": "O1", "target": "O2", "weight": "2.0", "kinds": "rooms", "strength": "2",
        "state": "one_sided", "wave": "autumn", "named_by_source": "1", "named_by_target": "0",
        "seen_in": "",
    }  # fmt: skip
    assert tables["wishes.csv"] == [{"source": "O1", "target": "O3"}]


def with_recorded(network: Network) -> Network:
    """The same, in which the first two met, and the first met one whom nobody named."""
    day = date(2026, 11, 2)
    met = Seen(Source.MEETING, "Geheimes Treffen", day), Seen(Source.TEAM, "", day)
    far = Node("O9", "Fernhof", "Fernhof", "science", naming="network")
    ties = [Tie("O1", code, State.RECORDED, 3, seen=met) for code in ("O2", "O9")]
    return replace(network, recorded=ties, others={"O9": far})


def test_what_was_recorded_elsewhere_goes_along_and_counts_in_no_measure() -> None:
    network = with_recorded(a_network(["Radhaus", "Küche", "Hof"]))
    tables = read_tables(file(network, "csv"))
    seen = {(row["source"], row["target"]): row for row in tables["edges.csv"]}
    assert seen["O1", "O2"]["state"] == "one_sided"
    assert seen["O2", "O3"]["seen_in"] == ""
    recorded = seen["O1", "O9"]
    assert (recorded["state"], recorded["strength"], recorded["wave"]) == ("recorded", "3", "")
    assert {row["seen_in"] for row in (seen["O1", "O2"], recorded)} == {"meeting; team"}
    assert {row["label"]: row["degree"] for row in tables["nodes.csv"]}["Fernhof"] == ""
    for format in WRITERS:
        content = file(network, format)
        assert "Treffen" not in unpacked(content)
        assert graph_of(READERS[format](content)).number_of_edges() == 2, format


@pytest.mark.parametrize("format", [*WRITERS])
def test_hidden_ties_stand_in_files_of_the_team_only(format: str) -> None:
    whole = with_recorded(a_network(["Radhaus", "Küche", "Hof"]))
    hide = (Word("O1", Say.HIDE),)
    hidden = replace(
        whole,
        ties=[replace(each, words=hide if each.a == "O1" else ()) for each in whole.ties],
        recorded=[replace(each, words=hide) for each in whole.recorded],
    )
    team, others = (
        file(hidden.for_audience(each), format, each) for each in ("team", "network")
    )
    assert len(READERS[format](team).ties) == (2 if format == "dl" else 3)
    assert len(READERS[format](others).ties) == 1
    assert "Fernhof" not in unpacked(others)


@pytest.mark.parametrize("name", ["=1+1", "+49 30", "-5", "@SUM(A1)", "  =1"])
def test_no_cell_of_a_table_is_computed(name: str) -> None:
    rows = read_tables(file(a_network([name]), "csv"))["nodes.csv"]
    assert rows[0]["label"] == f"'{name.strip()}"


@pytest.mark.parametrize("format", [*KINDS_OF_FILE])
def test_the_same_network_is_the_same_file(format: str) -> None:
    network = a_network(["Radhaus", "Küche"])
    assert file(network, format) == file(network, format)


def test_no_cell_of_a_workbook_is_computed_whatever_a_name_begins_with() -> None:
    content = file(a_network(["=1+1", "@SUM(A1)", "+49", "http://a.example"]), "xlsx", "team")
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"}
    assert not any(cell.hyperlink for cell in cells)
    assert {"=1+1", "@SUM(A1)", "+49"} <= {cell.value for cell in cells}
    assert book.sheetnames == ["nodes", "edges", "wishes"]


def test_someone_without_partners_has_no_constraint() -> None:
    row = read_tables(file(a_network(["Radhaus"]), "csv"))["nodes.csv"][0]
    assert (row["degree"], row["constraint"]) == ("0", "")
