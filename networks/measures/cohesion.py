"""What holds a network together: density, parts, cores, and what stands on one node."""

from collections.abc import Mapping
from typing import Any

import networkx as nx

from networks.measures.centrality import betweenness, closeness
from networks.measures.ground import N, by_node, in_igraph, skeleton


def density(graph: "nx.Graph[Any]") -> float:
    """Return the share of possible ties that exist (Wasserman & Faust 1994, ch. 4)."""
    return float(nx.density(graph))


def components(graph: "nx.Graph[N]") -> list[list[N]]:
    """List the parts within which everyone reaches everyone, the largest first.

    In a directed graph the direction does not count.
    """
    nodes = list(graph)
    found = [[nodes[i] for i in part] for part in in_igraph(graph).connected_components("weak")]
    return sorted(found, key=len, reverse=True)


def isolates(graph: "nx.Graph[N]") -> list[N]:
    """List the nodes without a tie."""
    return [node for node, degree in graph.degree if degree == 0]


def core(graph: "nx.Graph[N]") -> dict[N, int]:
    """Return the largest k such that a node has k partners with k partners (Seidman 1983)."""
    return by_node(graph, in_igraph(graph).coreness(mode="all"))


def cut_points(graph: "nx.Graph[N]") -> list[N]:
    """List the nodes without whom their part would fall apart (Hopcroft & Tarjan 1973).

    In a directed graph the direction does not count.
    """
    nodes = list(graph)
    return [nodes[i] for i in sorted(skeleton(graph).articulation_points())]


def bridges(graph: "nx.Graph[N]") -> list[tuple[N, N]]:
    """List the ties without which their part would fall apart; direction does not count."""
    nodes, whole = list(graph), skeleton(graph)
    ends = sorted(tuple(sorted(whole.es[i].tuple)) for i in whole.bridges())
    return [(nodes[a], nodes[b]) for a, b in ends]


def reciprocity(graph: "nx.Graph[Any]") -> float | None:
    """Return the share of arcs that are answered by one in return; nothing without arcs."""
    if not graph.is_directed() or not graph.number_of_edges():
        return None
    return float(in_igraph(graph).reciprocity())


def reciprocity_of_pairs(graph: "nx.Graph[Any]") -> float | None:
    """Return the share of pairs with an arc that have both (Wasserman & Faust 1994, ch. 13)."""
    if not graph.is_directed() or not graph.number_of_edges():
        return None
    both = sum(graph.has_edge(b, a) for a, b in graph.edges) / 2
    return both / (graph.number_of_edges() - both)


def transitivity(graph: "nx.Graph[Any]") -> float:
    """Return the share of paths of two ties that a third one closes (Newman 2001)."""
    return float(skeleton(graph).transitivity_undirected(mode="zero"))


def average_clustering(graph: "nx.Graph[Any]") -> float:
    """Return how many pairs of a node's partners are partners, on average.

    Watts & Strogatz 1998; who has fewer than two partners counts as 0.
    """
    if not len(graph):
        return 0.0
    return float(skeleton(graph).transitivity_avglocal_undirected(mode="zero"))


def centralisation(
    graph: "nx.Graph[N]", known: Mapping[str, Mapping[N, float]] | None = None
) -> dict[str, float | None]:
    """Return how far a network hangs on one node: 0 a ring, 1 a star (Freeman 1979).

    By ``degree`` and ``closeness`` of ties, and ``betweenness``; of a directed graph also by
    ``in_degree`` and ``out_degree``. Columns that are *known* are not computed again.
    Nothing with fewer than three nodes.
    """
    n, ties = len(graph), graph.to_undirected() if graph.is_directed() else graph
    names = ["degree", "betweenness", "closeness"]
    if isinstance(graph, nx.DiGraph):
        names += ["in_degree", "out_degree"]
    if n < 3:
        return dict.fromkeys(names)
    between = (known or {}).get("betweenness") or betweenness(graph)
    near = None if graph.is_directed() else (known or {}).get("closeness")
    found: dict[str, float | None] = {
        "degree": _beyond(dict(ties.degree)) / ((n - 1) * (n - 2)),
        "betweenness": _beyond(between) / (n - 1),
        "closeness": _beyond(near or closeness(ties)) * (2 * n - 3) / ((n - 1) * (n - 2)),
    }
    if isinstance(graph, nx.DiGraph):
        found["in_degree"] = _beyond(dict(graph.in_degree)) / (n - 1) ** 2
        found["out_degree"] = _beyond(dict(graph.out_degree)) / (n - 1) ** 2
    return found


def _beyond(values: Mapping[Any, float]) -> float:
    """Add up how far all stay behind the highest."""
    return float(len(values) * max(values.values()) - sum(values.values()))
