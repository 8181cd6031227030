"""What the network would be without some of its organisations: what carries it. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import igraph
import networkx as nx

from networks import measures

MOST = 3  # organisations at once


@dataclass(frozen=True)
class Shape:
    """The figures of a network, or of what is left of one."""

    organisations: int
    ties: int
    parts: int
    largest: int
    density: float
    distance: float | None  # ties on the shortest way, on average of all pairs with one
    reaching: int  # pairs of the others between which there is a way


@dataclass(frozen=True)
class Change:
    """A network before and after; *waiting* would have no tie left."""

    before: Shape
    after: Shape
    waiting: tuple[str, ...]

    @property
    def apart(self) -> int:
        """Count the pairs of others that would not reach each other any more."""
        return self.before.reaching - self.after.reaching


def without(graph: "nx.Graph[str]", codes: Collection[str]) -> Change:
    """Compare the network with what is left when *codes* are not there."""
    rest = graph.subgraph([code for code in graph if code not in codes])
    waiting = [code for code in rest if graph.degree[code] and not rest.degree[code]]
    return Change(_shape(graph, rest), _shape(rest, rest), tuple(sorted(waiting)))


def _shape(graph: "nx.Graph[str]", others: "nx.Graph[Any]") -> Shape:
    parts = measures.components(graph)
    sizes = [sum(code in others for code in part) for part in parts]
    return Shape(
        organisations=len(graph),
        ties=graph.number_of_edges(),
        parts=len(parts),
        largest=len(parts[0]) if parts else 0,
        density=measures.density(graph),
        distance=_distance(graph),
        reaching=sum(size * (size - 1) // 2 for size in sizes),
    )


def _distance(graph: "nx.Graph[str]") -> float | None:
    place = {code: number for number, code in enumerate(graph)}
    drawn = igraph.Graph(len(place), [(place[a], place[b]) for a, b in graph.edges])
    return float(drawn.average_path_length()) if drawn.ecount() else None
