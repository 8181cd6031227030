"""What all measures stand on: a graph as igraph knows it, and values by node."""

import random
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any, TypeVar

import igraph
import networkx as nx

N = TypeVar("N", bound=Hashable)
SEED = 2026
_dice = Lock()  # igraph has one source of chance for all threads


@contextmanager
def same_chance(seed: int = SEED) -> Iterator[None]:
    """Let igraph throw the same dice each time."""
    with _dice:
        igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - no secret
        try:
            yield
        finally:
            igraph.set_random_number_generator(random)


def by_node(graph: "nx.Graph[N]", values: list[Any]) -> dict[N, Any]:
    """Return *values* in the order of the graph under their nodes."""
    return dict(zip(graph, values, strict=True))


def in_igraph(graph: "nx.Graph[Any]") -> igraph.Graph:
    """Return the same graph as igraph knows it; nodes are numbered in their order."""
    place = {node: number for number, node in enumerate(graph)}
    edges = [(place[a], place[b]) for a, b in graph.edges]
    return igraph.Graph(len(place), edges, directed=graph.is_directed())


def weights_of(graph: "nx.Graph[Any]", weight: str | None) -> list[float]:
    """Return the weight of each edge in the order of the graph; 1 where none is said."""
    if weight is None:
        return [1.0] * graph.number_of_edges()
    return [float(value) for _, _, value in graph.edges.data(weight, default=1)]


def skeleton(graph: "nx.Graph[Any]") -> igraph.Graph:
    """Return the graph without directions."""
    return in_igraph(graph).as_undirected() if graph.is_directed() else in_igraph(graph)
