"""All measures of a graph at once, as plain data."""

import math
from collections.abc import Mapping
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
    known = sectors is not None and all(node in sectors for node in graph)
    network = {
        "nodes": len(graph),
        "ties": graph.number_of_edges(),
        "density": measures.density(graph),
        "components": len(parts),
        "component_sizes": [len(part) for part in parts],
        "isolates": measures.isolates(graph),
        "reciprocity": measures.reciprocity(graph) if graph.is_directed() else None,
        "transitivity": measures.transitivity(graph),
        "average_clustering": measures.average_clustering(graph),
        "ei_index": measures.ei_index(graph, sectors or {}) if known else None,
        "estimated": measures.estimated(graph),
    }
    columns = {name: getattr(measures, name)(graph) for name in NODE_MEASURES}
    if isinstance(graph, nx.DiGraph):
        columns |= {"in_degree": dict(graph.in_degree), "out_degree": dict(graph.out_degree)}
    nodes = {
        node: {name: _plain(column[node]) for name, column in columns.items()} for node in graph
    }
    return {"network": network, "nodes": nodes}


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and math.isnan(value) else value
