"""Which cards belong together: a proposal for whoever sorts them, and names for it.

The two likest cards come together first, then the likest groups (average linkage, after
Sokal and Michener 1958), until nothing is alike enough. The larger a group, the more alike
its cards have to be, lest one group swallow the wall. Cards that fit nowhere stay alone.
The same cards make the same proposal, in whatever order they come.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workshop.sorting.likeness import Card, Likeness
from workshop.sorting.titling import Titles

ENOUGH = 0.17  # likeness from which on two cards come together
STRICTER = 0.02  # for every doubling of what comes together

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Group:
    """Cards that belong together, and what they are about."""

    name: str
    cards: tuple[Card, ...]

    @property
    def numbers(self) -> list[int]:
        return [card.number for card in self.cards]


def propose(cards: Iterable[Card]) -> list[Group]:
    """Return groups of two or more *cards* that answer one question, the largest first."""
    likeness = Likeness(sorted(cards, key=lambda card: card.number))
    questions = np.array([card.question for card in likeness.cards])
    apart = questions[:, None] != questions[None, :]
    grouped = grouped_by(np.where(apart, np.float32(-1), likeness.matrix()))
    titles = Titles(likeness.cards)
    members = [tuple(likeness.cards[i] for i in group) for group in grouped if len(group) > 1]
    return [Group(titles.of(each), each) for each in sorted(members, key=_order)]


def grouped_by(likes: NDArray[np.float32]) -> list[list[int]]:
    """Return the numbers of the rows of *likes*, those that are alike together."""
    merging = _Merging(likes)
    while merging.step():
        pass
    return [sorted(group) for group in merging.groups if group]


class _Merging:
    """The groups so far, how alike they are, and for each the one that is nearest."""

    def __init__(self, likes: NDArray[np.float32]) -> None:
        self.groups = [[row] for row in range(len(likes))]
        self._likes = likes.astype(np.float64)
        np.fill_diagonal(self._likes, -np.inf)
        self._sizes = np.ones(len(likes))
        self._nearest = np.zeros(len(likes), np.int64)
        self._near = np.full(len(likes), -np.inf)
        for row in range(len(likes)):
            self._look_around(row)

    def step(self) -> bool:
        """Put the two nearest groups together, if they are alike enough."""
        if not self.groups or self._near.max() < ENOUGH:
            return False
        one = int(self._near.argmax())
        self._join(*sorted((one, int(self._nearest[one]))))
        return True

    def _join(self, kept: int, other: int) -> None:
        sizes, likes = self._sizes, self._likes
        both = sizes[kept] + sizes[other]
        together = (likes[kept] * sizes[kept] + likes[other] * sizes[other]) / both
        together[[kept, other]] = -np.inf
        likes[kept], likes[:, kept] = together, together
        likes[other], likes[:, other] = -np.inf, -np.inf
        sizes[kept] = both
        self.groups[kept] += self.groups[other]
        self.groups[other] = []
        self._near[other] = -np.inf

        orphans = np.isin(self._nearest, (kept, other)) & (self._near > -np.inf)
        for row in {kept, *np.flatnonzero(orphans).tolist()}:
            self._look_around(row)
        nearness = self._nearness(kept)
        nearer = nearness > self._near
        self._near[nearer], self._nearest[nearer] = nearness[nearer], kept

    def _look_around(self, row: int) -> None:
        nearness = self._nearness(row)
        self._nearest[row] = nearness.argmax()
        self._near[row] = nearness.max()

    def _nearness(self, row: int) -> Floats:
        penalty = STRICTER * np.log2((self._sizes[row] + self._sizes) / 2)
        return np.asarray(self._likes[row] - penalty)


def _order(members: Sequence[Card]) -> tuple[int, int]:
    return -len(members), members[0].number
