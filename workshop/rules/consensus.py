"""What nearly everyone agrees on, as Polis finds it.

Polis' ``conversation.clj`` (consensus-stats, select-consensus-comments) tests for each
statement whether more than half agree: a one-proportion z-test on counts with one vote added
on each side, at 90 % (one-sided), and shows the five that agree most clearly.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

Z_90 = 1.2816
MOST = 5


@dataclass(frozen=True)
class Agreement:
    """How many of those who saw a statement agree with it, or disagree."""

    statement: str
    yes: int
    votes: int

    @property
    def share(self) -> float:
        """Return the share, drawn towards one half: who says nothing is not unanimous."""
        return (self.yes + 1) / (self.votes + 2)

    @property
    def z(self) -> float:
        """Return how far from one half this is, in standard deviations."""
        return 2 * sqrt(self.votes + 1) * ((self.yes + 1) / (self.votes + 1) - 0.5)


@dataclass(frozen=True)
class Consensus:
    """The statements nearly everyone agrees with, and those nearly everyone refuses."""

    agree: tuple[Agreement, ...]
    disagree: tuple[Agreement, ...]


def consensus(votes: Iterable[tuple[str, int]], most: int = MOST) -> Consensus:
    """Find the consensus among (statement, vote); 1 agrees, -1 disagrees, 0 passes.

    Each person's last vote on a statement counts, once: that is up to the caller.
    """
    counts: dict[str, dict[int, int]] = {}
    for statement, vote in votes:
        counts.setdefault(statement, {1: 0, 0: 0, -1: 0})[vote] += 1
    return Consensus(_clearest(counts, 1, most), _clearest(counts, -1, most))


def _clearest(
    counts: Mapping[str, Mapping[int, int]], side: int, most: int
) -> tuple[Agreement, ...]:
    found = [
        Agreement(each, counts[each][side], sum(counts[each].values()))
        for each in sorted(counts, key=natural)  # of two alike, the older goes first
    ]
    clear = [each for each in found if each.share > 0.5 and each.z > Z_90]
    return tuple(sorted(clear, key=lambda each: each.share * each.z, reverse=True)[:most])


def natural(id: str) -> tuple[int, str]:
    """Put 2 before 10, and numbers before words."""
    return (int(id) if id.isdecimal() and len(id) < 19 else 10**19, id)
