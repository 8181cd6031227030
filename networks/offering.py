"""Organisations and the terms they need and offer, as a network of two kinds of nodes.

Nothing here knows of a database. A term has as many ties as organisations need or offer
it. Two organisations are near each other when they share terms on the same side (Breiger
1974); a term that few share tells more than one that everybody shares (Newman 2001).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

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

    @property
    def pair(self) -> frozenset[str]:
        return frozenset((self.needs, self.offers))


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

    def of(self, code: str, side: str) -> list[str]:
        """List what one organisation needs, or offers."""
        return [each.term for each in self.said if (each.code, each.side) == (code, side)]

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
        """List who shares needs, or offers, with whom: the strongest first.

        Newman 2001: a term that k organisations share adds 1 / (k - 1) to each pair of
        them. Nothing where there are too many to compare each with each.
        """
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        sharing = {
            each.term: each.needed if side == Side.NEED else each.offered
            for each in self.demands
        }
        if len({code for codes in sharing.values() for code in codes}) > AT_MOST:
            return []
        for term in sorted(sharing):
            for pair in combinations(sharing[term], 2):
                found[pair].append(term)
        rows = [
            Common(a, b, side, tuple(terms), sum(1 / (len(sharing[t]) - 1) for t in terms))
            for (a, b), terms in found.items()
        ]
        return sorted(rows, key=lambda row: (-row.weight, row.a, row.b))
