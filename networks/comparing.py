"""Two waves of one project side by side: which ties came, stayed and went, and what cannot
be known. Nothing here knows of a database.

Silence is no loss. A tie counts as lost only when an organisation that named it before has
answered again and does not name it; it counts as new only when one that names it now had
answered before and did not. What only those said who were silent in the other wave stays
open, and so do ties of organisations that belong to the circle of one wave only.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import networkx as nx

from networks import graph, measures
from networks.changing import KNOWN, OPEN, Change, Changed
from networks.network import UNREGISTERED, Network, Node
from networks.shuffling import Difference, ei_difference
from networks.tying import State, Tie
from people.models import Sector

ORDER = (*Sector, "")  # of sectors, as everywhere


@dataclass(frozen=True)
class Churn:
    """What came, stayed and went between two sectors."""

    one: str
    other: str
    new: int
    kept: int
    lost: int

    @property
    def all(self) -> int:
        return self.new + self.kept + self.lost

    @property
    def turnover(self) -> float:
        """Return the share of ties that came or went."""
        return (self.new + self.lost) / self.all


@dataclass(frozen=True)
class Figures:
    """The figures of one wave, or of a part of it."""

    organisations: int
    asked: int
    answered: int
    ties: int
    density: float
    reciprocity: float | None
    ei_index: float | None

    @property
    def response(self) -> float | None:
        """Return the share of those asked who have answered."""
        return self.answered / self.asked if self.asked else None


class Comparison:
    """Two waves, the earlier one first.

    What is *hidden* in one of them from whoever looks, or does not count there although
    it was named, is no tie in either: else it would read as lost, or as new.
    """

    def __init__(
        self, before: Network, after: Network, hidden: Collection[tuple[str, str]] = ()
    ) -> None:
        named = {each.pair for each in (*before.ties, *after.ties)}
        self.left_out = len(named & set(hidden))
        before, after = (_without(hidden, each) for each in (before, after))
        self.before, self.after = before, after
        self.nodes = {**_renumbered(before, after), **after.silent, **after.nodes}
        self.sectors = {code: node.sector for code, node in self.nodes.items()}
        self.shared = _circle(before) & _circle(after)
        self.steady = _heard(before) & _heard(after)

    @cached_property
    def pairs(self) -> list[Changed]:
        """List every tie of the two waves once, in the order of their codes."""
        then, now = _by_pair(self.before.ties), _by_pair(self.after.ties)
        return [self._changed(p, then.get(p), now.get(p)) for p in sorted(then | now)]

    @cached_property
    def counts(self) -> Counter[Change]:
        """Count the ties by what became of them."""
        return Counter(each.change for each in self.pairs)

    @cached_property
    def comparable(self) -> list[Changed]:
        """List the ties of which both waves know."""
        return [each for each in self.pairs if each.change in KNOWN]

    @property
    def open(self) -> int:
        """Count the ties of which one of the waves does not know."""
        return sum(self.counts[change] for change in OPEN)

    @property
    def similarity(self) -> float | None:
        """Return the share of comparable ties that are in both waves (Jaccard 1901).

        Nothing without ties. Snijders, van de Bunt & Steglich 2010 want 0.3 or more before
        two waves are taken for the same network.
        """
        return jaccard(self.comparable)

    @property
    def steady_similarity(self) -> float | None:
        """Return the same among those who answered in both waves."""
        return jaccard(each for each in self.pairs if {each.a, each.b} <= self.steady)

    @cached_property
    def churn(self) -> list[Churn]:
        """List what came and went between every two sectors, most ties first."""
        found: dict[tuple[str, str], Counter[Change]] = defaultdict(Counter)
        for each in self.comparable:
            ends = self.sectors[each.a], self.sectors[each.b]
            one, other = sorted(ends, key=ORDER.index)
            found[one, other][each.change] += 1
        rows = [Churn(*pair, *(c[each] for each in KNOWN)) for pair, c in found.items()]
        return sorted(rows, key=lambda row: (-row.all, row.one, row.other))

    @cached_property
    def ei(self) -> Difference | None:
        """Compare the E-I indices over the ties of which both waves know.

        Nothing when one of the waves has no such tie between known sectors.
        """
        known = [e for e in self.comparable if self.sectors[e.a] and self.sectors[e.b]]
        then = [(each.a, each.b) for each in known if each.before]
        now = [(each.a, each.b) for each in known if each.after]
        dealt = {code: self.sectors[code] for code in self.shared if self.sectors[code]}
        return ei_difference(then, now, dealt)

    @property
    def closer(self) -> int:
        return sum(each.closer > 0 for each in self.pairs)

    @property
    def looser(self) -> int:
        return sum(each.closer < 0 for each in self.pairs)

    @property
    def confirmed(self) -> int:
        """Count the kept ties that one side named before and both name now."""
        kept = [each for each in self.pairs if each.is_told_otherwise]
        return sum(each.tie.state == State.CONFIRMED for each in kept)

    @cached_property
    def whole(self) -> tuple[Figures, Figures]:
        """Return the figures of each wave as it stands."""
        return figures(self.before), figures(self.after)

    @cached_property
    def panel(self) -> tuple[Figures, Figures]:
        """Return the figures among those who answered in both waves."""
        return figures(self.before, self.steady), figures(self.after, self.steady)

    def _changed(self, pair: tuple[str, str], then: Tie | None, now: Tie | None) -> Changed:
        told = Changed(*pair, Change.KEPT, then, now)
        if not set(pair) <= self.shared:
            return replace(told, change=Change.BEYOND)
        if then and now:
            return told
        if then:
            again = _tellers(then) & _heard(self.after)
            half = bool(_tellers(then) - again)
            return replace(told, change=Change.LOST if again else Change.UNHEARD, half=half)
        assert now is not None  # noqa: S101 - it is in one of the two
        knew = _tellers(now) & _heard(self.before)
        return replace(told, change=Change.NEW if knew else Change.UNASKED)


def jaccard(pairs: Iterable[Changed]) -> float | None:
    """Return the share of ties that are in both waves; nothing without ties."""
    listed = list(pairs)
    kept = sum(bool(each.before and each.after) for each in listed)
    return kept / len(listed) if listed else None


def figures(network: Network, only: frozenset[str] | None = None) -> Figures:
    """Return the figures of a wave, or of the part between some organisations."""
    inside = only if only is not None else frozenset(network.nodes)
    sectors = {code: node.sector for code, node in network.nodes.items() if code in inside}
    ties = [each for each in network.ties if each.a in sectors and each.b in sectors]
    heard = [each for each in ties if {each.a, each.b} <= _heard(network)]
    built = graph.build(sectors, ties)
    known = built.subgraph([code for code, sector in sectors.items() if sector])
    return Figures(
        organisations=len(sectors),
        asked=network.asked if only is None else len(inside),
        answered=network.answered if only is None else len(inside),
        ties=len(ties),
        density=float(nx.density(built)),
        reciprocity=measures.reciprocity(graph.arcs(heard)),
        ei_index=measures.ei_index(known, sectors),
    )


def _by_pair(ties: Iterable[Tie]) -> dict[tuple[str, str], Tie]:
    return {each.pair: each for each in ties}


def _without(hidden: Collection[tuple[str, str]], network: Network) -> Network:
    if not hidden:
        return network
    return replace(network, ties=[each for each in network.ties if each.pair not in hidden])


def _circle(network: Network) -> frozenset[str]:
    """Return who could be heard of: asked, answered or named."""
    return frozenset(network.nodes) | frozenset(network.silent)


def _heard(network: Network) -> frozenset[str]:
    return frozenset(code for code, node in network.nodes.items() if node.answered)


def _tellers(tie: Tie) -> frozenset[str]:
    """Return which of the two sides named a tie; both, when nobody knows any more."""
    said = {tie.a: tie.forth, tie.b: tie.back}
    return frozenset(code for code, account in said.items() if account) or frozenset(said)


def _renumbered(before: Network, after: Network) -> Mapping[str, Node]:
    """Return who is in the earlier wave; no two strangers bear the same number."""
    nodes = {**before.silent, **before.nodes}
    taken = sum(not node.registered for node in after.nodes.values())
    gone = [c for c in nodes if not nodes[c].registered and c not in after.nodes]
    for number, code in enumerate(sorted(gone), taken + 1):
        veils = {language: f"{word} {number}" for language, word in UNREGISTERED.items()}
        nodes[code] = replace(nodes[code], veils=veils)
    return nodes
