import csv
import io
import zipfile
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from networks.analysing import Analysis
from networks.exporting import COLOURS, export
from networks.layout import HEIGHT, WIDTH, layout
from networks.network import Network, Node
from networks.tying import Nomination, State, Wish, tie

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
        )  # fmt: skip
    codes = [*nodes]
    said = [Nomination(a, b, ("rooms",), 2) for a, b in pairwise(codes)]
    return Network(nodes, tie(said, codes, codes), [Wish("O1", codes[-1], "secret reason")])


def file(network: Network, format: str, audience: str = "network") -> bytes:
    analysis = Analysis(network)
    return export(format, analysis, layout(analysis.graph), audience, "de")


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
    assert image.size == (2 * WIDTH, 2 * HEIGHT)
    colours = {colour for _, colour in image.getcolors(2**16) or ()}
    assert ImageColor.getrgb(COLOURS["society"]) in colours


@pytest.mark.parametrize("format", ["gexf", "graphml", "svg", "csv"])
def test_names_stand_in_files_only_by_consent(format: str) -> None:
    network = a_network(["Radhaus", "Geheimbund"])

    def text(audience: str) -> str:
        content = file(network, format, audience)
        if format != "csv":
            return content.decode()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return " ".join(archive.read(name).decode() for name in archive.namelist())

    assert "Geheimbund" not in text("network")
    assert "Organisation 2" in text("network")
    assert "Radhaus" in text("network")
    assert "Radhaus" not in text("public")
    assert "Geheimbund" in text("team")
    assert "secret reason" not in text("team")


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
        "source": "O1", "target": "O2", "state": "one_sided", "strength": "2",
        "kinds": "rooms", "named_by_source": "1", "named_by_target": "0",
    }  # fmt: skip
    assert tables["wishes.csv"] == [{"source": "O1", "target": "O3"}]


@pytest.mark.parametrize("name", ["=1+1", "+49 30", "-5", "@SUM(A1)", "  =1"])
def test_no_cell_of_a_table_is_computed(name: str) -> None:
    rows = read_tables(file(a_network([name]), "csv"))["nodes.csv"]
    assert rows[0]["label"] == f"'{name.strip()}"


def test_the_same_network_is_the_same_file() -> None:
    network = a_network(["Radhaus", "Küche"])
    for format in ("graphml", "csv", "svg"):
        assert file(network, format) == file(network, format)


def test_someone_without_partners_has_no_constraint() -> None:
    row = read_tables(file(a_network(["Radhaus"]), "csv"))["nodes.csv"][0]
    assert (row["degree"], row["constraint"]) == ("0", "")
