"""Graphs to measure: drawn by chance, and those that others have published."""

import csv
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
from hypothesis import strategies as st

BESIDE = (Path("../shared/data/networks"), Path("../../shared/data/networks"))
PUBLISHED = next((folder for folder in BESIDE if folder.exists()), BESIDE[0])


@st.composite
def graphs(draw: st.DrawFn, directed: bool = False, weighted: bool = False) -> Any:
    """Any graph of up to 12 nodes: in pieces, empty, or nearly complete."""
    nodes = draw(st.integers(1, 12))
    ends = st.integers(0, nodes - 1)
    edges = draw(st.lists(st.tuples(ends, ends, st.integers(1, 3)), max_size=40))
    graph: Any = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(nodes))
    for a, b, weight in edges:
        if a != b:
            graph.add_edge(a, b, **({"weight": weight} if weighted else {}))
    return graph


@st.composite
def sorted_graphs(draw: st.DrawFn, directed: bool = False) -> Any:
    """A graph and a group for each node."""
    graph = draw(graphs(directed))
    letters = st.lists(st.sampled_from("abc"), min_size=len(graph), max_size=len(graph))
    group = dict(enumerate(draw(letters)))
    nx.set_node_attributes(graph, group, "group")
    return graph, group


def same(found: dict[Any, float], expected: dict[Any, float], within: float = 1e-9) -> bool:
    return list(found) == list(expected) and all(
        (math.isnan(found[node]) and math.isnan(value)) or abs(found[node] - value) < within
        for node, value in expected.items()
    )


NAMES = {
    "knoke": "knoke_bureaucracies", "lazega": "law_advice",
    "TCcoll": "tobacco_indiana_TCcoll", "TCdiss": "tobacco_indiana_TCdiss",
}  # fmt: skip
DIRECTED = {"knoke", "lazega"}


def beside() -> list[str]:
    """Name the networks of others that lie beside the project, if they do."""
    return [name for name, file in NAMES.items() if (PUBLISHED / f"{file}_edges.csv").exists()]


def read(name: str, relation: str = "information") -> Any:
    """Read a network that lies beside the project, in the order of its file."""
    graph: Any = nx.DiGraph() if name in DIRECTED else nx.Graph()
    nodes = PUBLISHED / f"{NAMES[name]}_nodes.csv"
    if nodes.exists():
        graph.add_nodes_from(row["id"] for row in _rows(nodes))
    for row in _rows(PUBLISHED / f"{NAMES[name]}_edges.csv"):
        if row.get("relation", relation) == relation:
            graph.add_edge(row["source"], row["target"])
    return graph


def marriages() -> Any:
    """Padgett's fifteen Florentine families (Breiger & Pattison 1986)."""
    return nx.florentine_families_graph()


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="") as file:
        yield from csv.DictReader(file)
