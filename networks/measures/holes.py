"""Structural holes: whose partners know each other, and whose do not."""

import math
from typing import Any

import igraph
import networkx as nx
import numpy as np

from networks.measures.ground import N, by_node, in_igraph, weights_of


def constraint(graph: "nx.Graph[N]", weight: str | None = None) -> dict[N, float]:
    """Return how far a node's partners are each other's partners (Burt 1992; 2004).

    With *weight*, by the strength of ties. Who has no partner has none: there it is nan.
    """
    weights = weights_of(graph, weight) if weight else None
    return by_node(graph, in_igraph(graph).constraint(weights=weights))


def effective_size(graph: "nx.Graph[N]", weight: str | None = None) -> dict[N, float]:
    """Return the number of partners less their redundancy (Burt 1992; Borgatti 1997).

    Without a partner it is nan.
    """
    ties = _Mutual(graph, weight)
    partners = np.bincount(ties.ends.ravel(), minlength=len(graph)).astype(float)
    sums = np.bincount(ties.ends.ravel(), np.repeat(ties.weight, 2), len(graph))
    peaks = np.zeros(len(graph))
    np.maximum.at(peaks, ties.ends.ravel(), np.repeat(ties.weight, 2))
    redundancy = np.zeros(len(graph))
    for ego, via, other in ties.triangles():
        share = ties.between(ego, other) / sums[ego]
        marginal = ties.between(via, other) / peaks[via]
        redundancy += np.bincount(ego, share * marginal, len(graph))
    size = partners - redundancy
    size[partners == 0] = math.nan
    return by_node(graph, size.tolist())


class _Mutual:
    """The weights of ties in both directions together, and the triangles they form."""

    def __init__(self, graph: "nx.Graph[Any]", weight: str | None) -> None:
        whole = in_igraph(graph)
        arcs = np.sort(np.array(whole.get_edgelist(), dtype=np.int64).reshape(-1, 2), axis=1)
        self.n = max(len(graph), 1)
        pairs = arcs[:, 0] * self.n + arcs[:, 1]
        self.keys, place = np.unique(pairs, return_inverse=True)
        sums = np.bincount(place, weights_of(graph, weight), len(self.keys))
        self.weight = sums * (1.0 if graph.is_directed() else 2.0)
        self.ends = np.stack([self.keys // self.n, self.keys % self.n], axis=1)

    def between(self, some: Any, others: Any) -> Any:
        """Return the weights of the ties between *some* and *others*, which all exist."""
        keys = np.minimum(some, others) * self.n + np.maximum(some, others)
        return self.weight[np.searchsorted(self.keys, keys)]

    def triangles(self) -> list[tuple[Any, Any, Any]]:
        """List the corners of all triangles, in each of their six orders."""
        simple = igraph.Graph(self.n, self.ends.tolist())
        a, b, c = np.array(simple.list_triangles(), dtype=np.int64).reshape(-1, 3).T
        return [(a, b, c), (a, c, b), (b, a, c), (b, c, a), (c, a, b), (c, b, a)]
