"""What those who were asked and did not answer could change in a measure.

Of someone silent we know only what others say of it. In a network without direction, a tie
that one side tells is there: that is *reconstruction* (Stork & Richards 1992). Who is named
how often is counted as it was heard: it is *kept*. What nobody told is drawn, as often as it
needs to be seen how far it matters; the silent answer as those who answered do (after
Huisman 2009, who compares such procedures, and Smith & Moody 2013 on what silence costs):

- whoever named a silent organisation is named in return as often as namings are returned
  among those who answered;
- others are named as often as those who answered name somebody who does not name them:
  more often who is named by many, and more by a silent one that is dealt a talkative donor;
- two silent ones name each other as those who answered do, and return it as often.

A range holds what was heard, what is reconstructed, and nine in ten of the draws. The best
estimate is the mean of the draws: of the ways tried it comes nearest to the truth
(bench/silence.py). Where all answered, all three are the same.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import igraph
import networkx as nx
import numpy as np

from networks import measures
from networks.network import Network

DRAWS = ((100, 200), (300, 100), (1000, 20))  # up to so many organisations; beyond, none
SPAN = (0.05, 0.95)
SEED = 2026
Range = tuple[float, float, float]

EACH = (
    "degree", "strength", "in_degree", "betweenness", "closeness", "eigenvector", "pagerank",
    "constraint", "effective_size", "core",
)  # fmt: skip


def range_of(network: Network, measure: str) -> dict[str, Range]:
    """Return the lowest, the best and the highest value of a measure for everyone asked.

    It is named as in ``Analysis.each``, and of ``EACH``.
    """
    return Silence(network).range_of(measure)


@dataclass(frozen=True)
class Case:
    """One account of who names whom, as a table with a row for each."""

    codes: list[str]
    sectors: dict[str, str]
    arcs: Any
    strength: Any  # of ties that were told; what is drawn is as strong as these on average

    @cached_property
    def graph(self) -> Any:
        graph: Any = nx.Graph()
        graph.add_nodes_from(self.codes)
        graph.add_edges_from((self.codes[a], self.codes[b]) for a, b in self.ties)
        return graph

    @cached_property
    def ties(self) -> Any:
        """The places of both ends of every tie."""
        return np.argwhere(np.triu(self.arcs | self.arcs.T))

    def each(self, measure: str) -> list[float]:
        if measure == "in_degree":
            return list(self.arcs.sum(axis=0))
        if measure == "betweenness":  # findings ask for it, so not by way of networkx
            return measures.shares_of_paths(igraph.Graph(len(self.codes), self.ties.tolist()))
        if measure == "strength":
            return list(np.where(self.arcs | self.arcs.T, self.strength, 0).sum(axis=1))
        return [*getattr(measures, measure)(self.graph).values()]

    def whole(self, measure: str) -> float | None:
        if measure == "centralisation":
            return measures.centralisation(self.graph)["betweenness"]
        if measure == "ei_index":
            return self._ei_index
        if measure == "density":
            possible = len(self.codes) * (len(self.codes) - 1) / 2
            return len(self.ties) / possible if possible else 0.0
        if measure == "assortativity":
            known = [code for code in self.codes if self.sectors[code]]
            return measures.assortativity(self.graph.subgraph(known), self.sectors)
        value: float = getattr(measures, measure)(self.graph)
        return value

    @property
    def _ei_index(self) -> float | None:
        sector = np.array([self.sectors[code] for code in self.codes])
        one, other = sector[self.ties].T
        crossing = (one != other)[(one != "") & (other != "")]
        return float(2 * crossing.mean() - 1) if len(crossing) else None


class Silence:
    """A network with those who did not answer, and what they could have said."""

    def __init__(self, network: Network) -> None:
        nodes = network.nodes | network.silent
        self.codes = list(nodes)
        self.sectors = {code: node.sector for code, node in nodes.items()}
        self.roster = np.array([node.registered for node in nodes.values()], dtype=bool)
        answered = np.array([node.answered for node in nodes.values()], dtype=bool)
        self.silent = self.roster & ~answered
        self.arcs, strength = self._told(network)
        known = strength[strength > 0]
        self._strength = np.where(strength > 0, strength, known.mean() if len(known) else 1)
        self._each: dict[str, dict[str, Range]] = {}

    def range_of(self, measure: str) -> dict[str, Range]:
        """Return the lowest, the best and the highest value for everyone asked."""
        if measure not in self._each:
            told = [case.each(measure) for case in self._variants]
            drawn = [case.each(measure) for case in self._draws]
            spans = _spans(np.array(told, dtype=float), np.array(drawn or told, dtype=float))
            self._each[measure] = dict(zip(self.codes, spans, strict=True))
        return self._each[measure]

    def range_of_whole(self, measure: str) -> Range | None:
        """Return the same of a figure of the whole; nothing where it is not defined."""
        told = [case.whole(measure) for case in self._variants]
        drawn = [value for case in self._draws if (value := case.whole(measure)) is not None]
        if any(value is None for value in told):
            return None
        both = (
            np.array(told, dtype=float)[:, None],
            np.array(drawn or told, dtype=float)[:, None],
        )
        return _spans(*both)[0]

    def told(self, measure: str) -> list[float]:
        """Return the values as they were heard, in the order of ``codes``."""
        return self._variants[0].each(measure)

    @property
    def is_drawn(self) -> bool:
        """Tell whether a range holds what the silent could have said."""
        return bool(self._draws) or not self.silent.any()

    @cached_property
    def _variants(self) -> list[Case]:
        """What was heard, and the same with each tie of the silent told by both."""
        both = self.arcs.copy()
        both[self.silent] |= self.arcs[:, self.silent].T
        return [self._case(self.arcs), self._case(both)]

    @cached_property
    def _draws(self) -> list[Case]:
        n = len(self.codes)
        times = next((times for size, times in DRAWS if n <= size), 0)
        if not times or not self.silent.any() or self.silent[self.roster].all():
            return []
        return [self._case(arcs) for arcs in drawn(self.arcs, self.silent, self.roster, times)]

    def _case(self, arcs: Any) -> Case:
        return Case(self.codes, self.sectors, arcs, self._strength)

    def _told(self, network: Network) -> tuple[Any, Any]:
        place = {code: number for number, code in enumerate(self.codes)}
        arcs = np.zeros((len(place), len(place)), dtype=bool)
        strength = np.zeros(arcs.shape)
        for tie in network.ties:
            a, b = place[tie.a], place[tie.b]
            arcs[a, b], arcs[b, a] = tie.forth is not None, tie.back is not None
            if not arcs[a, b] and not arcs[b, a]:  # seen elsewhere than in an answer
                arcs[a, b] = arcs[b, a] = True
            strength[a, b] = strength[b, a] = tie.strength or 1
        return arcs, strength


def drawn(arcs: Any, silent: Any, roster: Any, times: int, seed: int = SEED) -> Any:
    """Return *times* tables of who names whom, in which the silent answer, too."""
    chance, heard = np.random.default_rng(seed), roster & ~silent
    back, lone, often = _habits(arcs[np.ix_(heard, heard)], arcs[heard][:, roster])
    named = arcs[heard].sum(axis=0) + 0.5
    liked = named / (heard.sum() - heard).clip(1)
    liked = np.where(roster, liked / liked[roster].mean(), 0)
    told = arcs[heard].sum(axis=1)
    found = np.repeat(arcs[None], times, axis=0)
    known = heard.copy()
    for each in np.flatnonzero(silent):
        donor = chance.choice(told, times) + 0.5
        zeal = (donor / (told.mean() + 0.5))[:, None] * liked[None]
        unnamed = np.where(known, lone, often) * zeal
        wanted = np.where(found[:, :, each] & known, back, unnamed.clip(0, 1))
        wanted[:, ~roster] = wanted[:, each] = 0
        found[:, each] |= chance.random(wanted.shape) < wanted
        known[each] = True
    return found


def _habits(among: Any, told: Any) -> tuple[float, float, float]:
    """Return how often a naming is returned, made without one, and made at all."""
    often = told.sum() / max(told.size - len(told), 1)
    ties = among.sum()
    unnamed = len(among) * (len(among) - 1) - ties
    back = (among & among.T).sum() / ties if ties else 1.0
    lone = (among & ~among.T).sum() / unnamed if unnamed else often
    return float(back), float(lone), float(often)


def _spans(told: Any, drawn: Any) -> list[Range]:
    """Return the range of each column; what is never defined stays so."""
    found = []
    for some, more in zip(told.T, drawn.T, strict=True):
        values, heard = more[~np.isnan(more)], some[~np.isnan(some)]
        if not len(values):
            found.append((np.nan, np.nan, np.nan))
            continue
        low, high = np.quantile(values, SPAN)
        low, high = min([low, *heard]), max([high, *heard])
        found.append((float(low), float(values.mean().clip(low, high)), float(high)))
    return found
