"""Who stands where: measures of single nodes."""

import random
from typing import Any

import igraph
import networkx as nx
import numpy as np

from networks.measures.ground import SEED, N, by_node, in_igraph

EXACT_UP_TO = 1e8  # nodes times ties: some seconds; beyond, betweenness is estimated
SOURCES = 1000  # from so many nodes
WALKERS = 1024  # who walk at once, a multiple of 64
FAR = 24  # steps; whose graph is wider is counted by igraph, node by node
LARGE = 2000  # from here on, all walk at once


def degree(graph: "nx.Graph[N]") -> dict[N, int]:
    """Count the ties of each node (raw, as ``graph.degree``)."""
    return dict(graph.degree)


def strength(graph: "nx.Graph[N]", weight: str = "weight") -> dict[N, float]:
    """Add up the weights of each node's ties (Barrat et al. 2004)."""
    return dict(graph.degree(weight=weight))


def betweenness(graph: "nx.Graph[N]") -> dict[N, float]:
    """Return the share of shortest paths between others that lead over a node.

    Freeman 1977, computed after Brandes 2001; normalised as networkx does. In very large
    graphs it is estimated from the paths of some nodes (Brandes & Pich 2007).
    """
    return by_node(graph, shares_of_paths(in_igraph(graph)))


def shares_of_paths(whole: igraph.Graph) -> list[float]:
    """Return the same for a graph that igraph knows, in the order of its nodes."""
    n = whole.vcount()
    pairs = (n - 1) * (n - 2) / (1 if whole.is_directed() else 2)
    some = _sources(n) if _is_vast(n, whole.ecount()) else None
    raw = whole.betweenness(directed=whole.is_directed(), sources=some)
    if some:
        pairs *= len(some) / n
    return [value / pairs if pairs > 0 else 0.0 for value in raw]


def estimated(graph: "nx.Graph[Any]") -> list[str]:
    """Name the measures that are not computed to the end, as the graph is so large."""
    return ["betweenness"] if _is_vast(len(graph), graph.number_of_edges()) else []


def closeness(graph: "nx.Graph[N]") -> dict[N, float]:
    """Return how near a node is to all others, by the distances that lead to it.

    Wasserman & Faust 1994, p. 200: within its component, times the share it reaches.
    """
    whole, n = in_igraph(graph), len(graph)
    counted = _distances(whole) if n > LARGE else None
    if counted:
        reached, far = counted
        near = (reached - 1) / np.maximum(far, 1)
        return by_node(graph, (near * (reached - 1) / (n - 1)).tolist())
    raw = whole.closeness(mode="in", normalized=True)
    shares = [(reach - 1) / (n - 1) if n > 1 else 0.0 for reach in _reached(whole)]
    found = zip(raw, shares, strict=True)
    return by_node(graph, [near * share if share else 0.0 for near, share in found])


def eigenvector(graph: "nx.Graph[N]") -> dict[N, float]:
    """Return the leading eigenvector (Bonacich 1972) of the largest component, 0 elsewhere.

    Its length is 1. In a directed graph the component is strongly connected, and being
    named counts.
    """
    whole, values = in_igraph(graph), [0.0] * len(graph)
    parts = whole.connected_components("strong" if graph.is_directed() else "weak")
    largest: list[int] = max(parts, key=len, default=[])
    if len(largest) > 1:
        leading = _leading(whole.induced_subgraph(largest))
        for node, value in zip(largest, leading, strict=True):
            values[node] = value
    return by_node(graph, values)


def pagerank(graph: "nx.Graph[N]", alpha: float = 0.85) -> dict[N, float]:
    """Return how often a random walk is at a node (Brin & Page 1998); the sum is 1.

    What igraph finds is walked on until a step moves less than 1e-15 in all.
    """
    if not len(graph):
        return {}
    whole, n = in_igraph(graph), len(graph)
    source, target = np.array(whole.get_edgelist(), dtype=np.int64).reshape(-1, 2).T
    if not whole.is_directed():
        source, target = np.concatenate([source, target]), np.concatenate([target, source])
    leaving = np.bincount(source, minlength=n)
    share = alpha / np.maximum(leaving, 1)
    values = np.array(whole.pagerank(damping=alpha))
    for _ in range(500):
        lost = alpha * values[leaving == 0].sum()  # who has no way on goes anywhere
        step = np.bincount(target, (values * share)[source], n) + (1 - alpha + lost) / n
        step /= step.sum()
        done = np.abs(step - values).sum() < 1e-15
        values = step
        if done:
            break
    return by_node(graph, values.tolist())


def _reached(whole: igraph.Graph) -> list[int]:
    """Count for each node those from which it can be reached, itself included."""
    if whole.is_directed():
        return whole.neighborhood_size(order=max(whole.vcount(), 1), mode="in")  # type: ignore[no-any-return]
    parts = whole.connected_components()
    sizes = parts.sizes()
    return [sizes[part] for part in parts.membership]


def _distances(whole: igraph.Graph) -> tuple[Any, Any] | None:
    """Count for each node those who reach it, itself included, and add up their distances.

    All walk at once, a bit for each (Then et al. 2014); nothing when some walk very far.
    """
    n, arcs = whole.vcount(), np.array(whole.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    if not whole.is_directed():
        arcs = np.concatenate([arcs, arcs[:, ::-1]])
    arcs = arcs[np.argsort(arcs[:, 1], kind="stable")]
    named, starts = np.unique(arcs[:, 1], return_index=True)
    reached, far = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    for first in range(0, n, WALKERS):
        who = np.arange(first, min(first + WALKERS, n))
        here = np.zeros((n, WALKERS // 64), dtype=np.uint64)
        here[who, (who - first) // 64] = np.uint64(1) << (who % 64).astype(np.uint64)
        seen = here.copy()
        for step in range(FAR):
            count = np.bitwise_count(here).sum(axis=1, dtype=np.int64)
            reached += count
            far += step * count
            if not count.any() or not len(arcs):
                break
            ahead = np.zeros_like(here)
            ahead[named] = np.bitwise_or.reduceat(here[arcs[:, 0]], starts, axis=0)
            here = ahead & ~seen
            seen |= here
        else:
            return None
    return reached, far


def _is_vast(n: int, edges: int) -> bool:
    return n * edges > EXACT_UP_TO and n > SOURCES


def _sources(n: int) -> list[int]:
    return random.Random(SEED).sample(range(n), SOURCES)  # noqa: S311 - no secret


def _leading(part: igraph.Graph) -> list[float]:
    """Refine what igraph finds until another step changes nothing."""
    ends = np.array(part.get_edgelist())
    if not part.is_directed():
        ends = np.concatenate([ends, ends[:, ::-1]])
    source, target = ends.T
    found = [1.0] * part.vcount() if part.is_directed() else part.eigenvector_centrality()
    found = np.round(found, 8)  # its last digits are those of chance
    values = np.maximum(found, 1e-9)  # all positive, whatever was found
    for _ in range(20_000):
        # A + I has the same vectors, and never swings between two halves of the graph.
        step = values + np.bincount(target, values[source], len(values))
        step /= np.linalg.norm(step)
        done = np.abs(step - values).max() < 1e-15
        values = step
        if done:
            break
    return values.tolist()  # type: ignore[no-any-return]
