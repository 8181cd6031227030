"""Organisations and the terms they need and offer, as a network of two kinds of nodes.

Nothing here knows of a database. A term has as many ties as organisations need or offer
it. Two organisations are near each other when they share terms on the same side (Breiger
1974); a term that few share tells more than one that everybody shares (Newman 2001).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import networkx as nx
from networkx.algorithms import bipartite

from people.models import Side

AT_MOST = 1000  # among more organisations, nobody is compared with everybody


@dataclass(frozen=True, order=True)
class Said:
    """One organisation needs or offers a term."""

    code: str
    side: str
    term: str


@dataclass(frozen=True)
class Demand:
    """Who needs a term, and who offers it."""

    term: str
    needed: tuple[str, ...]
    offered: tuple[str, ...]

    @property
    def degree(self) -> int:
        """Count the organisations that need or offer it."""
        return len({*self.needed, *self.offered})

    @property
    def meets(self) -> bool:
        """Tell whether one organisation needs what another one offers."""
        return any(a != b for a in self.needed for b in self.offered)


@dataclass(frozen=True)
class Common:
    """What two organisations both need, or both offer; *weight* is Newman's."""

    a: str
    b: str
    side: str
    terms: tuple[str, ...]
    weight: float


@dataclass(frozen=True)
class Meeting:
    """What one organisation needs and another one offers."""

    needs: str
    offers: str
    terms: tuple[str, ...]


class Offers:
    """All that some organisations need and offer."""

    def __init__(self, said: Iterable[Said]) -> None:
        self.said = sorted(set(said))

    @cached_property
    def demands(self) -> list[Demand]:
        """List all terms, those that most need or offer first."""
        needed: dict[str, list[str]] = defaultdict(list)
        offered: dict[str, list[str]] = defaultdict(list)
        for each in self.said:
            (needed if each.side == Side.NEED else offered)[each.term].append(each.code)
        rows = [
            Demand(term, tuple(needed[term]), tuple(offered[term]))
            for term in sorted({each.term for each in self.said})
        ]
        return sorted(rows, key=lambda row: -row.degree)

    @property
    def gaps(self) -> list[Demand]:
        """List the terms that somebody needs and nobody offers."""
        return [each for each in self.demands if each.needed and not each.offered]

    @property
    def idle(self) -> list[Demand]:
        """List the terms that somebody offers and nobody needs."""
        return [each for each in self.demands if each.offered and not each.needed]

    @property
    def met(self) -> list[Demand]:
        """List the terms that somebody needs and somebody else offers."""
        return [each for each in self.demands if each.meets]

    @cached_property
    def meetings(self) -> list[Meeting]:
        """List whose needs meet whose offers, those with most in common first."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for each in self.met:
            for a in each.needed:
                for b in each.offered:
                    if a != b:
                        found[a, b].append(each.term)
        rows = [Meeting(a, b, tuple(sorted(terms))) for (a, b), terms in found.items()]
        return sorted(rows, key=lambda row: (-len(row.terms), row.needs, row.offers))

    def common(self, side: str) -> list[Common]:
        """List who shares needs, or offers, with whom: the strongest by Newman first.

        Nothing where there are too many to compare each with each.
        """
        said = [each for each in self.said if each.side == side]
        codes = {each.code for each in said}
        if len(codes) > AT_MOST:
            return []
        graph = two_mode((each.code, each.term) for each in said)
        weights = projected(graph, codes)
        rows = [
            Common(a, b, side, tuple(sorted(set(graph[a]) & set(graph[b]))), weight)
            for (a, b), weight in weights.items()
        ]
        return sorted(rows, key=lambda row: (-row.weight, row.a, row.b))


def two_mode(pairs: Iterable[tuple[str, str]]) -> "nx.Graph[str]":
    """Return the graph of who is tied to what; the first of each pair are of one kind."""
    graph: nx.Graph[str] = nx.Graph()
    for one, other in pairs:
        graph.add_node(one, bipartite=0)
        graph.add_node(other, bipartite=1)
        graph.add_edge(one, other)
    return graph


def projected(graph: "nx.Graph[str]", codes: Collection[str]) -> dict[tuple[str, str], float]:
    """Weigh what every two of *codes* have in common, each by how few others have it.

    Newman 2001: a term that k organisations share adds 1 / (k - 1) to each pair of them.
    """
    ties = bipartite.collaboration_weighted_projected_graph(graph, sorted(codes)).edges
    found = {(min(a, b), max(a, b)): float(ties[a, b]["weight"]) for a, b in ties}
    return dict(sorted(found.items()))
