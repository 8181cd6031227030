"""Our files as other programs read them, whatever organisations are called."""

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import igraph
import networkx as nx
import pytest

from networks.exchange.dl import AS_ONE_WORD
from networks.exchange.exporting import WRITERS
from networks.exchange.labels import unlike
from networks.exchange.pajek import NOT_IN_LABELS
from networks.exchange.plain import PlainNetwork, one_line
from tests.networks.exchange.plainly import HOSTILE, plain

NAMES = [*dict.fromkeys(filter(None, map(one_line, HOSTILE)))]


@pytest.fixture(scope="module")
def hostile() -> PlainNetwork:
    return plain([*NAMES, NAMES[0]])  # and one name twice


def labels(network: PlainNetwork, changed: Mapping[int, Any] | None = None) -> list[str]:
    """What organisations are called where a label must be enough to tell them apart."""
    found = unlike((node.id, node.label.translate(changed or {})) for node in network.nodes)
    return [*found.values()]


READERS: dict[str, Any] = {"gexf": nx.read_gexf, "graphml": nx.read_graphml}


@pytest.mark.parametrize("format", [*READERS])
def test_networkx_reads_what_xml_holds(format: str, hostile: PlainNetwork) -> None:
    found = READERS[format](io.BytesIO(WRITERS[format](hostile)))
    assert dict(found.nodes("label")) == {node.id: node.label for node in hostile.nodes}
    assert {frozenset(edge) for edge in found.edges} == {
        frozenset((tie.source, tie.target)) for tie in hostile.ties
    }
    assert found.edges["O1", "O2"].items() >= {
        "weight": 2, "kinds": "rooms; Räume", "state": "unknown", "wave": "autumn",
        "strength": 2,
    }.items()  # fmt: skip
    assert found.nodes["O1"].items() >= {"sector": "economy", "locality": "buch"}.items()


def test_networkx_reads_pajek(hostile: PlainNetwork) -> None:
    found: Any = nx.read_pajek(io.BytesIO(WRITERS["pajek"](hostile)))
    assert [*found] == labels(hostile, NOT_IN_LABELS)
    assert found.number_of_edges() == len(hostile.ties)
    assert next(iter(found.edges(data=True)))[2] == {
        "weight": 2, "l": "rooms; Räume | 2 | unknown | autumn", "p": "Dots",
    }  # fmt: skip


def by_igraph(format: str, network: PlainNetwork, folder: Path) -> Any:
    path = folder / "network"
    path.write_bytes(WRITERS[format](network))
    readers = {"graphml": igraph.Graph.Read_GraphML, "pajek": igraph.Graph.Read_Pajek}
    if format == "dl":
        return igraph.Graph.Read_DL(str(path), directed=False)
    return readers[format](str(path))


def test_igraph_reads_graphml(hostile: PlainNetwork, tmp_path: Path) -> None:
    found = by_igraph("graphml", hostile, tmp_path)
    assert found.vs["label"] == [node.label for node in hostile.nodes]
    assert found.es["kinds"] == ["rooms; Räume"] * len(hostile.ties)
    assert not found.is_directed()


def test_igraph_reads_pajek(hostile: PlainNetwork, tmp_path: Path) -> None:
    found = by_igraph("pajek", hostile, tmp_path)
    assert found.vs["name"] == labels(hostile, NOT_IN_LABELS)
    assert set(found.vs["shape"]) == {"box"}
    assert [each.tuple for each in found.es] == [(n, n + 1) for n in range(len(hostile.ties))]


def test_igraph_reads_dl(hostile: PlainNetwork, tmp_path: Path) -> None:
    found = by_igraph("dl", hostile, tmp_path)
    expected = [label.translate(AS_ONE_WORD) for label in labels(hostile, AS_ONE_WORD)]
    assert found.vs["name"] == expected
    assert found.ecount() == 2 * len(hostile.ties)
    assert set(found.es["weight"]) == {2}


def test_what_is_xml_is_well_formed_and_what_is_json_is_json(hostile: PlainNetwork) -> None:
    for format in ("gexf", "graphml"):
        ElementTree.fromstring(WRITERS[format](hostile))  # noqa: S314 - our own
    found = json.loads(WRITERS["kumu"](hostile))
    names = [element["label"] for element in found["elements"]]
    assert len(set(names)) == len(names)
    assert {end for each in found["connections"] for end in (each["from"], each["to"])} == {
        *names
    }


def test_a_direction_is_kept_by_those_who_know_one(tmp_path: Path) -> None:
    network = plain(["a", "b", "c"])
    arcs = PlainNetwork(
        network.nodes,
        tuple(replace(tie, directed=True) for tie in network.ties),
    )
    for format, read in READERS.items():
        found = read(io.BytesIO(WRITERS[format](arcs)))
        assert [*found.edges] == [("O1", "O2"), ("O2", "O3")] and found.is_directed()
    assert by_igraph("graphml", arcs, tmp_path).is_directed()
    assert by_igraph("pajek", arcs, tmp_path).is_directed()
