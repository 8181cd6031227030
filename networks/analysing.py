"""What a network adds up to: figures of the whole, standings of each, findings in words.

Everything is computed when it is first asked for, so a page pays for what it shows only.
"""

from collections import Counter
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import combinations_with_replacement
from typing import Any

from networks import graph, measures
from networks.missing import Range, Silence
from networks.network import Network, Node
from networks.tying import State

NODE_MEASURES = (
    "degree", "strength", "betweenness", "closeness", "eigenvector", "pagerank", "constraint",
    "effective_size", "core", "community",
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """How an organisation stands in the network."""

    node: Node
    degree: int
    confirmed: int
    betweenness: float


@dataclass(frozen=True)
class Mixing:
    """How many ties lie within or between two sectors, and how many there could be."""

    one: str
    other: str
    ties: int
    possible: int

    @property
    def density(self) -> float | None:
        """Return the share of possible ties that exist."""
        return self.ties / self.possible if self.possible else None


class Analysis:
    """The measures of a network; see ``networks.measures`` for their sources."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.sectors = {code: node.sector for code, node in network.nodes.items()}
        self.graph = graph.build(self.sectors, network.ties)
        self._columns: dict[str, dict[str, Any]] = {}

    @cached_property
    def density(self) -> float:
        return measures.density(self.graph)

    @cached_property
    def components(self) -> list[list[str]]:
        return measures.components(self.graph)

    @cached_property
    def isolates(self) -> list[Node]:
        """List those who answered, name nobody and are named by nobody."""
        alone = (self.network.nodes[code] for code in measures.isolates(self.graph))
        return sorted((node for node in alone if node.answered), key=lambda node: node.code)

    @cached_property
    def reciprocity(self) -> float | None:
        """Return the share of nominations that are returned, among those who answered."""
        return measures.reciprocity(self._heard)

    @cached_property
    def reciprocity_of_pairs(self) -> float | None:
        """Return the share of ties that both sides name, among those who answered."""
        return measures.reciprocity_of_pairs(self._heard)

    @cached_property
    def _heard(self) -> Any:
        """Who named whom among those who answered: only there both sides are known."""
        nodes, ties = self.network.nodes, self.network.ties
        heard = [each for each in ties if nodes[each.a].answered and nodes[each.b].answered]
        return graph.arcs(heard)

    @cached_property
    def transitivity(self) -> float:
        return measures.transitivity(self.graph)

    @cached_property
    def average_clustering(self) -> float:
        return measures.average_clustering(self.graph)

    @cached_property
    def ei_index(self) -> float | None:
        """Return the E-I index over the ties whose ends have a known sector."""
        return measures.ei_index(self._sorted, self.sectors)

    @cached_property
    def ei_shuffled(self) -> measures.Shuffled | None:
        """Compare the E-I index with those of the same sectors dealt out anew."""
        return measures.ei_shuffled(self._sorted, self.sectors)

    @cached_property
    def assortativity(self) -> float | None:
        """Return how far ties join organisations of the same sector."""
        return measures.assortativity(self._sorted, self.sectors)

    @cached_property
    def _sorted(self) -> Any:
        """The part whose sectors are known."""
        return self.graph.subgraph([code for code, sector in self.sectors.items() if sector])

    @cached_property
    def cut_points(self) -> list[str]:
        return measures.cut_points(self.graph)

    @cached_property
    def bridges(self) -> list[tuple[str, str]]:
        return measures.bridges(self.graph)

    @cached_property
    def centralisation(self) -> dict[str, float | None]:
        known = {name: self.column(name) for name in ("betweenness", "closeness")}
        return measures.centralisation(self.graph, known)

    @cached_property
    def modularity(self) -> float | None:
        return measures.modularity(self.graph, self.column("community"))

    @cached_property
    def in_degree(self) -> dict[str, int]:
        """Count by how many others each organisation is named."""
        arcs = graph.arcs(self.network.ties)
        return {
            code: arcs.in_degree(code) if code in arcs else 0 for code in self.network.nodes
        }

    @cached_property
    def silence(self) -> Silence:
        """Return what those who did not answer could change."""
        return Silence(self.network)

    def range_of(self, measure: str) -> dict[str, Range]:
        """Return the lowest, the best and the highest value of a measure for each.

        What is shown is never outside: it knows nothing of those whom nobody named.
        """
        shown, ranges = self.column(measure), self.silence.range_of(measure)
        return {code: _with(shown.get(code), span) for code, span in ranges.items()}

    def range_of_whole(self, measure: str) -> Range | None:
        """Return the same of a figure of the whole; nothing where it has none."""
        shown = getattr(self, measure)
        if measure == "centralisation":
            shown = shown["betweenness"]
        span = None if shown is None else self.silence.range_of_whole(measure)
        return _with(shown, span) if span else None

    @cached_property
    def crossing(self) -> int:
        """Count the ties between different sectors."""
        return sum(mix.ties for mix in self.mixing if mix.one != mix.other)

    @cached_property
    def mixing(self) -> list[Mixing]:
        """List every pair of sectors with its ties.

        A tie is possible where at least one of both has answered: of the others nobody
        could have told.
        """
        sizes = Counter(sector for sector in self.sectors.values() if sector)
        silent = Counter(
            node.sector for node in self.network.nodes.values() if not node.answered
        )
        found: Counter[tuple[str, str]] = Counter()
        for each in self.network.ties:
            a, b = sorted((self.sectors[each.a], self.sectors[each.b]))
            found[a, b] += 1
        return [
            Mixing(
                a,
                b,
                found[a, b],
                _chances(sizes[a], sizes[b], a == b) - _chances(silent[a], silent[b], a == b),
            )
            for a, b in combinations_with_replacement(sorted(sizes), 2)
        ]

    @cached_property
    def strangest(self) -> Mixing | None:
        """Return the two sectors that meet least often, for all the chances they have."""
        pairs = [mix for mix in self.mixing if mix.one != mix.other and mix.possible]
        rarest = min(pairs, key=lambda mix: mix.ties / mix.possible, default=None)
        return rarest if len(pairs) > 1 else None

    @cached_property
    def states(self) -> Counter[State]:
        return Counter(each.state for each in self.network.ties)

    @cached_property
    def degree(self) -> dict[str, int]:
        return self.column("degree")

    @cached_property
    def betweenness(self) -> dict[str, float]:
        return self.column("betweenness")

    def column(self, measure: str) -> dict[str, Any]:
        """Return one measure of all organisations, computed once."""
        if measure == "in_degree":
            return self.in_degree
        if measure not in self._columns:
            self._columns[measure] = getattr(measures, measure)(self.graph)
        return self._columns[measure]

    @cached_property
    def standings(self) -> list[Standing]:
        """List all organisations, those with the most ties first."""
        confirmed: Counter[str] = Counter()
        for each in self.network.ties:
            if each.state == State.CONFIRMED:
                confirmed.update((each.a, each.b))
        found = [
            Standing(node, self.degree[code], confirmed[code], self.betweenness[code])
            for code, node in self.network.nodes.items()
        ]
        return sorted(found, key=lambda s: (-s.degree, -s.betweenness, s.node.code))

    @cached_property
    def estimated(self) -> list[str]:
        return measures.estimated(self.graph)

    @cached_property
    def bridge(self) -> Standing | None:
        """Return the organisation over which most ways between others lead."""
        best = max(self.standings, key=lambda s: s.betweenness, default=None)
        return best if best and best.betweenness > 0 else None

    @cached_property
    def whole(self) -> dict[str, Any]:
        """Return the figures of the network as plain data."""
        return {
            "nodes": len(self.network.nodes),
            "ties": len(self.network.ties),
            "density": self.density,
            "components": len(self.components),
            "component_sizes": [len(part) for part in self.components],
            "isolates": [node.code for node in self.isolates],
            "reciprocity": self.reciprocity,
            "transitivity": self.transitivity,
            "average_clustering": self.average_clustering,
            "ei_index": self.ei_index,
            "ei_shuffled": asdict(self.ei_shuffled) if self.ei_shuffled else None,
            "assortativity": self.assortativity,
            "crossing": self.crossing,
            "reciprocity_of_pairs": self.reciprocity_of_pairs,
            "cut_points": self.cut_points,
            "bridges": self.bridges,
            "centralisation": self.centralisation,
            "modularity": self.modularity,
            "mixing": [asdict(mix) | {"density": mix.density} for mix in self.mixing],
            "estimated": self.estimated,
            "states": {state.value: self.states[state] for state in State},
            "asked": self.network.asked,
            "answered": self.network.answered,
        }

    @cached_property
    def each(self) -> dict[str, dict[str, Any]]:
        """Return all measures of every organisation as plain data."""
        columns = {name: self.column(name) for name in (*NODE_MEASURES, "in_degree")}
        return {
            code: {name: column[code] for name, column in columns.items()}
            for code in self.network.nodes
        }


def _with(value: float | None, span: Range) -> Range:
    low, best, high = span
    if value is None or value != value:
        return span
    return (min(low, value), best, max(high, value)) if low == low else (value,) * 3


def _chances(one: int, other: int, is_same: bool) -> int:
    return one * (one - 1) // 2 if is_same else one * other
