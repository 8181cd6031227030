"""Measures of networks, named and scaled as in networkx, computed by igraph where it is slow.

Every function takes a networkx graph without self-loops and does not look at weights, unless
it says so. Values of nodes come as a dict in the order of the graph. igraph agrees with
networkx to 1e-9 and better; the tests hold that.
"""

import math
import random
from collections.abc import Hashable, Mapping
from threading import Lock
from typing import Any, TypeVar

import igraph
import networkx as nx
import numpy as np

N = TypeVar("N", bound=Hashable)
SEED = 2026
EXACT_UP_TO = 1e8  # nodes times ties: some seconds; beyond, betweenness is estimated
SOURCES = 1000  # from so many nodes
WALKERS = 1024  # who walk at once, a multiple of 64
FAR = 24  # steps; whose graph is wider is counted by igraph, node by node
LARGE = 2000  # from here on, four rounds of Leiden: more change next to nothing
UNTIL_STABLE = -1
_dice = Lock()  # igraph has one source of chance for all threads


def density(graph: "nx.Graph[Any]") -> float:
    """Return the share of possible ties that exist (Wasserman & Faust 1994, ch. 4)."""
    return float(nx.density(graph))


def components(graph: "nx.Graph[N]") -> list[list[N]]:
    """List the parts within which everyone reaches everyone, the largest first.

    In a directed graph the direction does not count.
    """
    nodes = list(graph)
    found = [[nodes[i] for i in part] for part in _igraph(graph).connected_components("weak")]
    return sorted(found, key=len, reverse=True)


def isolates(graph: "nx.Graph[N]") -> list[N]:
    """List the nodes without a tie."""
    return [node for node, degree in graph.degree if degree == 0]


def degree(graph: "nx.Graph[N]") -> dict[N, int]:
    """Count the ties of each node (raw, as ``graph.degree``)."""
    return dict(graph.degree)


def betweenness(graph: "nx.Graph[N]") -> dict[N, float]:
    """Return the share of shortest paths between others that lead over a node.

    Freeman 1977, computed after Brandes 2001; normalised as networkx does. In very large
    graphs it is estimated from the paths of some nodes (Brandes & Pich 2007).
    """
    n = len(graph)
    pairs = (n - 1) * (n - 2) / (1 if graph.is_directed() else 2)
    some = _sources(n) if "betweenness" in estimated(graph) else None
    raw = _igraph(graph).betweenness(directed=graph.is_directed(), sources=some)
    if some:
        pairs *= len(some) / n
    return _by_node(graph, [value / pairs if pairs > 0 else 0.0 for value in raw])


def estimated(graph: "nx.Graph[Any]") -> list[str]:
    """Name the measures that are not computed to the end, as the graph is so large."""
    work = len(graph) * graph.number_of_edges()
    return ["betweenness"] if work > EXACT_UP_TO and len(graph) > SOURCES else []


def closeness(graph: "nx.Graph[N]") -> dict[N, float]:
    """Return how near a node is to all others, by the distances that lead to it.

    Wasserman & Faust 1994, p. 200: within its component, times the share it reaches.
    """
    whole, n = _igraph(graph), len(graph)
    counted = _distances(whole) if n > LARGE else None
    if counted:
        reached, far = counted
        near = (reached - 1) / np.maximum(far, 1)
        return _by_node(graph, (near * (reached - 1) / (n - 1)).tolist())
    raw = whole.closeness(mode="in", normalized=True)
    shares = [(reach - 1) / (n - 1) if n > 1 else 0.0 for reach in _reached(whole)]
    found = zip(raw, shares, strict=True)
    return _by_node(graph, [near * share if share else 0.0 for near, share in found])


def eigenvector(graph: "nx.Graph[N]") -> dict[N, float]:
    """Return the leading eigenvector (Bonacich 1972) of the largest component, 0 elsewhere.

    Its length is 1. In a directed graph the component is strongly connected, and being
    named counts.
    """
    whole, values = _igraph(graph), [0.0] * len(graph)
    parts = whole.connected_components("strong" if graph.is_directed() else "weak")
    largest: list[int] = max(parts, key=len, default=[])
    if len(largest) > 1:
        leading = _leading(whole.induced_subgraph(largest))
        for node, value in zip(largest, leading, strict=True):
            values[node] = value
    return _by_node(graph, values)


def pagerank(graph: "nx.Graph[N]", alpha: float = 0.85) -> dict[N, float]:
    """Return how often a random walk is at a node (Brin & Page 1998); the sum is 1."""
    if not len(graph):
        return {}
    return _by_node(graph, _igraph(graph).pagerank(damping=alpha))


def constraint(graph: "nx.Graph[N]") -> dict[N, float]:
    """Return how far a node's partners are each other's partners (Burt 1992; 2004).

    Nobody's constraint is defined who has no partner: there it is nan.
    """
    return _by_node(graph, _igraph(graph).constraint())


def effective_size(graph: "nx.Graph[N]") -> dict[N, float]:
    """Return the number of partners less their redundancy (Burt 1992; Borgatti 1997).

    Without a partner it is nan.
    """
    ties = _Mutual(graph)
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
    return _by_node(graph, size.tolist())


def core(graph: "nx.Graph[N]") -> dict[N, int]:
    """Return the largest k such that a node has k partners with k partners (Seidman 1983)."""
    return _by_node(graph, _igraph(graph).coreness(mode="all"))


def reciprocity(graph: "nx.Graph[Any]") -> float | None:
    """Return the share of arcs that are answered by one in return; nothing without arcs."""
    if not graph.is_directed() or not graph.number_of_edges():
        return None
    return float(_igraph(graph).reciprocity())


def transitivity(graph: "nx.Graph[Any]") -> float:
    """Return the share of paths of two ties that a third one closes (Newman 2001)."""
    return float(_skeleton(graph).transitivity_undirected(mode="zero"))


def average_clustering(graph: "nx.Graph[Any]") -> float:
    """Return how many pairs of a node's partners are partners, on average.

    Watts & Strogatz 1998; who has fewer than two partners counts as 0.
    """
    if not len(graph):
        return 0.0
    return float(_skeleton(graph).transitivity_avglocal_undirected(mode="zero"))


def ei_index(graph: "nx.Graph[N]", group: Mapping[N, object]) -> float | None:
    """Return external less internal ties, as a share of all (Krackhardt & Stern 1988).

    -1: all keep to their own group; +1: all ties cross. Nothing without ties.
    """
    ties = graph.number_of_edges()
    external = sum(group[a] != group[b] for a, b in graph.edges)
    return (2 * external - ties) / ties if ties else None


def community(graph: "nx.Graph[N]", seed: int = SEED) -> dict[N, int]:
    """Return the group of each node, numbered from 1, the largest first.

    Leiden by modularity (Traag, Waltman & van Eck 2019), with a fixed seed.
    """
    if not graph.number_of_edges():
        return {node: number for number, node in enumerate(graph, 1)}
    with _dice:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - no secret
        rounds = UNTIL_STABLE if len(graph) <= LARGE else 4
        found = _skeleton(graph).community_leiden("modularity", n_iterations=rounds)
        igraph.set_random_number_generator(random)
    groups = sorted(found, key=lambda group: (-len(group), group))
    number = {node: each for each, group in enumerate(groups, 1) for node in group}
    return _by_node(graph, [number[i] for i in range(len(graph))])


def _by_node(graph: "nx.Graph[N]", values: list[Any]) -> dict[N, Any]:
    return dict(zip(graph, values, strict=True))


def _igraph(graph: "nx.Graph[Any]") -> igraph.Graph:
    place = {node: number for number, node in enumerate(graph)}
    edges = [(place[a], place[b]) for a, b in graph.edges]
    return igraph.Graph(len(place), edges, directed=graph.is_directed())


def _skeleton(graph: "nx.Graph[Any]") -> igraph.Graph:
    """Return the graph without directions."""
    return _igraph(graph).as_undirected() if graph.is_directed() else _igraph(graph)


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


class _Mutual:
    """The weights of ties in both directions together, and the triangles they form."""

    def __init__(self, graph: "nx.Graph[Any]") -> None:
        whole = _igraph(graph)
        arcs = np.sort(np.array(whole.get_edgelist(), dtype=np.int64).reshape(-1, 2), axis=1)
        self.n = max(len(graph), 1)
        self.keys, counts = np.unique(arcs[:, 0] * self.n + arcs[:, 1], return_counts=True)
        self.weight = counts * (1.0 if graph.is_directed() else 2.0)
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
