"""Who should meet whom: pairs without a tie, each with its reasons. Pure.

What organisations say of themselves comes first: that both wish for it, that one does and
the other has what it needs, that one does, that needs and offers fit. Then the ties of the
others speak. A pair from two sectors is worth a little more, as it brings the sectors nearer.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from networks import graph, likening
from networks.network import Network, Node
from networks.suggestion import Fit, Ground, Suggestion, Terms
from networks.tying import Pair, Tie, Wish

BRIDGING = 0.05  # what a pair from two sectors is worth more, of 1
FITTING = 0.5  # what the pair is worth whose needs and offers fit best
MOST, EACH = 200, 8  # pairs listed, and how often the same organisation
ROOM = 1500  # organisations; of more, those with the most ties and all who wish


def suggest(
    network: Network, terms: Terms, most: int | None = MOST, each: int | None = EACH
) -> list[Suggestion]:
    """List the pairs that should meet, best first; strangers to the register are not asked.

    Where needs or ties speak, nobody stands in the list more often than *each*.
    """
    everyone = {**network.nodes, **network.silent}
    people = _crowd(everyone, network.ties, network.wishes)
    ties = [tie for tie in network.ties if tie.a in people and tie.b in people]
    chosen = _Pairs(people, ties, network, terms)
    return list(_spread(chosen, most, each))


class _Pairs:
    """All pairs of a network at once, in the order in which they should meet."""

    def __init__(
        self, people: Mapping[str, Node], ties: list[Tie], network: Network, terms: Terms
    ) -> None:
        self.people, self.codes, self.terms = people, sorted(people), terms
        sectors = {code: people[code].sector for code in self.codes}
        whole = graph.build(sectors, ties)
        self.strength = _strengths(self.codes, ties)
        self._wished = {(wish.source, wish.target) for wish in network.wishes}
        chance = likening.likelihoods(whole, sectors)
        rows, columns = np.triu_indices(len(self.codes), 1)
        free = likening.adjacency(whole)[rows, columns] == 0
        asked = np.array([people[code].registered for code in self.codes], dtype=bool)
        free &= asked[rows] & asked[columns]
        free &= ~self._paired(network.beside)[rows, columns]
        self.rows, self.columns = rows[free], columns[free]
        kind = np.unique([sectors[code] for code in self.codes], return_inverse=True)[1]
        known = np.array([bool(sectors[code]) for code in self.codes], dtype=bool)
        heard = np.array([code in network.nodes for code in self.codes], dtype=bool)
        i, j = self.rows, self.columns
        self.bridging = (kind[i] != kind[j]) & known[i] & known[j]
        fit = _fitting(self.codes, terms)[i, j]
        best = fit.max(initial=0)
        self.score = _ranked(chance[i, j]) + BRIDGING * self.bridging
        self.score += FITTING * fit / best if best else 0
        self.ground = self._grounds(fit > 0, (chance[i, j] > 0) & heard[i] & heard[j])

    def __iter__(self) -> Iterator[tuple[int, float, int, int]]:
        speaks = np.flatnonzero(self.ground <= Ground.TIES)
        order = speaks[np.lexsort((-self.score[speaks], self.ground[speaks]))]
        columns = self.ground, self.score, self.rows, self.columns
        return zip(*(column[order].tolist() for column in columns), strict=True)

    def told(self, ground: int, score: float, row: int, column: int) -> Suggestion:
        """Return a pair with all that speaks for it."""
        a, b = self.codes[row], self.codes[column]
        wishers = tuple(one for one, other in ((a, b), (b, a)) if (one, other) in self._wished)
        both = self.people[a], self.people[b]
        return Suggestion(
            a, b, Ground(ground), score, wishers, self._fits(a, b), self._common(a, b),
            bridging=both[0].sector != both[1].sector and all(node.sector for node in both),
            unheard=tuple(node.code for node in both if not node.answered),
        )  # fmt: skip

    def _grounds(self, fits: Any, likely: Any) -> Any:
        wished = self._paired(self._wished).astype(int)
        said = (wished + wished.T)[self.rows, self.columns]
        one = np.where(fits, Ground.WISH_FIT, Ground.WISH)
        none = np.where(fits, Ground.FIT, np.where(likely, Ground.TIES, Ground.TIES + 1))
        return np.where(said == 2, Ground.MUTUAL, np.where(said == 1, one, none))

    def _paired(self, pairs: set[Pair]) -> Any:
        """Return who stands in *pairs* with whom, as a table of all."""
        place = {code: number for number, code in enumerate(self.codes)}
        paired = np.zeros((len(place), len(place)), dtype=bool)
        for one, other in pairs:
            if one in place and other in place:
                paired[place[one], place[other]] = True
        return paired

    def _fits(self, a: str, b: str) -> tuple[Fit, ...]:
        return tuple(
            Fit(one, other, term)
            for one, other in ((a, b), (b, a))
            for term in sorted(_needs(self.terms, one) & _offers(self.terms, other))
        )

    def _common(self, a: str, b: str) -> tuple[str, ...]:
        one, other = self.strength[a], self.strength[b]

        def near(code: str) -> tuple[bool, int, int, str]:
            weakest, both = min(one[code], other[code]), one[code] + other[code]
            return not self.people[code].registered, -weakest, -both, code

        return tuple(sorted(one.keys() & other.keys(), key=near))


def _spread(pairs: _Pairs, most: int | None, each: int | None) -> Iterator[Suggestion]:
    """Yield the best pairs; nobody crowds out the others."""
    seen: Counter[int] = Counter()
    number = 0
    room = {int(ground): each for ground in (Ground.FIT, Ground.TIES)}
    for ground, score, row, column in pairs:
        if most is not None and number >= most:
            return
        times = room.get(ground)
        if times is not None and max(seen[row], seen[column]) >= times:
            continue
        seen.update((row, column))
        number += 1
        yield pairs.told(ground, score, row, column)


def _crowd(
    people: Mapping[str, Node], ties: list[Tie], wishes: list[Wish]
) -> Mapping[str, Node]:
    """Keep everyone, or in a very large network those who wish and those with most ties."""
    if len(people) <= ROOM:
        return people
    degree = Counter(code for tie in ties for code in (tie.a, tie.b))
    degree.update(dict.fromkeys({c for w in wishes for c in (w.source, w.target)}, len(people)))
    kept = sorted(people, key=lambda code: (-degree[code], code))[:ROOM]
    return {code: people[code] for code in kept}


def _fitting(codes: list[str], terms: Terms) -> Any:
    """Add up what fits in each pair; what few offer and few need counts more."""
    words = sorted({term for sides in terms.values() for side in sides for term in side})
    column = {word: number for number, word in enumerate(words)}
    need, offer = np.zeros((len(codes), len(words))), np.zeros((len(codes), len(words)))
    for row, code in enumerate(codes):
        need[row, [column[term] for term in _needs(terms, code)]] = 1
        offer[row, [column[term] for term in _offers(terms, code)]] = 1
    rare = 1 / np.log(2 + need.sum(axis=0) * offer.sum(axis=0))
    fit = need * rare @ offer.T
    return fit + fit.T


def _strengths(codes: list[str], ties: list[Tie]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {code: {} for code in codes}
    for tie in ties:
        found[tie.a][tie.b] = found[tie.b][tie.a] = max(tie.strength, 1)
    return found


def _ranked(values: Any) -> Any:
    """Return of how many of the others each is at least as likely, as a share."""
    if not len(values):
        return values
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return (ends - (counts - 1) / 2)[place] / len(values)


def _needs(terms: Terms, code: str) -> set[str]:
    return set(terms[code][0]) if code in terms else set()


def _offers(terms: Terms, code: str) -> set[str]:
    return set(terms[code][1]) if code in terms else set()
