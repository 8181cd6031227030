"""All measures of a graph at once, as plain data."""

import math
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import networkx as nx

from networks import measures
from networks.analysing import NODE_MEASURES


def measured(
    graph: "nx.Graph[str]", sectors: Mapping[str, str] | None = None
) -> dict[str, dict[str, Any]]:
    """Return the figures of the whole under ``network``, and of each node under ``nodes``.

    What is not defined, such as the constraint of someone without partners, is nothing.
    """
    parts = measures.components(graph)
    group = sectors or {}
    known = sectors is not None and all(node in sectors for node in graph)
    shuffled = measures.ei_shuffled(graph, group) if known else None
    columns = {name: getattr(measures, name)(graph) for name in NODE_MEASURES}
    network = {
        "nodes": len(graph),
        "ties": graph.number_of_edges(),
        "density": measures.density(graph),
        "components": len(parts),
        "component_sizes": [len(part) for part in parts],
        "isolates": measures.isolates(graph),
        "reciprocity": measures.reciprocity(graph) if graph.is_directed() else None,
        "reciprocity_of_pairs": measures.reciprocity_of_pairs(graph),
        "transitivity": measures.transitivity(graph),
        "average_clustering": measures.average_clustering(graph),
        "cut_points": measures.cut_points(graph),
        "bridges": measures.bridges(graph),
        "centralisation": measures.centralisation(graph, columns),
        "modularity": measures.modularity(graph, columns["community"]),
        "ei_index": measures.ei_index(graph, group) if known else None,
        "ei_shuffled": asdict(shuffled) if shuffled else None,
        "assortativity": measures.assortativity(graph, group) if known else None,
        "mixing": _mixing(graph, group) if known else None,
        "estimated": measures.estimated(graph),
    }
    if isinstance(graph, nx.DiGraph):
        columns |= {"in_degree": dict(graph.in_degree), "out_degree": dict(graph.out_degree)}
    nodes = {
        node: {name: _plain(column[node]) for name, column in columns.items()} for node in graph
    }
    return {"network": network, "nodes": nodes}


def _mixing(graph: "nx.Graph[str]", group: Mapping[str, str]) -> list[dict[str, Any]]:
    shares = measures.density_between(graph, group)
    return [
        {"one": one, "other": other, "ties": ties, "density": shares[one, other]}
        for (one, other), ties in measures.mixing(graph, group).items()
        if graph.is_directed() or one <= other
    ]


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value
