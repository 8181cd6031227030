"""What a rule reads and what it says: options, ballots, and who won."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from core.errors import Refusal, message

Number = int | Fraction
Duels = Mapping[tuple[str, str], Number]  # (one, other): how many put one before the other


class TooLarge(Refusal):
    """More than anybody ever counted; nothing is rounded instead."""

    reason = message("These numbers are too large to be counted exactly.")


@dataclass(frozen=True)
class Option:
    """What can be chosen; without a price every option costs 1."""

    id: str
    cost: Number = 1
    name: str = ""


@dataclass(frozen=True)
class Ballot:
    """What one person said, or *weight* people who said the same.

    Points say how much an option is liked, ranks which one comes before which: equal ranks
    stand together, the best come first, and whoever is named nowhere comes last.
    """

    points: Mapping[str, Number] = field(default_factory=dict)
    ranks: tuple[tuple[str, ...], ...] = ()
    weight: int = 1

    @cached_property
    def approved(self) -> tuple[str, ...]:
        """Return whom this ballot wants: all with points above zero, or all it ranks."""
        if self.points:
            return tuple(option for option, points in self.points.items() if points > 0)
        return tuple(option for rank in self.ranks for option in rank)

    @cached_property
    def order(self) -> tuple[tuple[str, ...], ...]:
        """Return the ranks, made from the points where none were given."""
        if self.ranks or not self.points:
            return self.ranks
        steps = sorted(set(self.points.values()), reverse=True)
        return tuple(
            tuple(option for option, points in self.points.items() if points == step)
            for step in steps
        )

    @classmethod
    def approving(cls, options: Iterable[str], weight: int = 1) -> "Ballot":
        """Return a ballot that wants each of *options* alike."""
        return cls(points=dict.fromkeys(options, 1), weight=weight)

    @classmethod
    def ranking(cls, options: Iterable[str], weight: int = 1) -> "Ballot":
        """Return a ballot that puts each option before the next."""
        return cls(ranks=tuple((option,) for option in options), weight=weight)


@dataclass(frozen=True)
class Profile:
    """Everything a rule may know; *duels* stand alone where only pairs were published.

    *graded* says that points are more than yes or no, so that Equal Shares counts them.
    """

    options: tuple[Option, ...]
    ballots: tuple[Ballot, ...] = ()
    budget: Number | None = None
    seats: int | None = None
    duels: Duels | None = None
    graded: bool = False

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Return the options' ids in their order."""
        return tuple(option.id for option in self.options)

    @cached_property
    def costs(self) -> dict[str, Number]:
        """Return what each option costs."""
        return {option.id: option.cost for option in self.options}

    @cached_property
    def voters(self) -> int:
        """Return how many people voted."""
        return sum(ballot.weight for ballot in self.ballots)

    @cached_property
    def collapsed(self) -> tuple[Ballot, ...]:
        """Return the ballots, those that say the same as one of more weight."""
        same: Counter[tuple[Any, ...]] = Counter()
        for ballot in self.ballots:
            same[(tuple(sorted(ballot.points.items())), ballot.ranks)] += ballot.weight
        return tuple(Ballot(dict(points), ranks, n) for (points, ranks), n in same.items())

    @cached_property
    def support(self) -> dict[str, int]:
        """Return how many people want each option."""
        found = dict.fromkeys(self.ids, 0)
        for ballot in self.ballots:
            for option in ballot.approved:
                found[option] += ballot.weight
        return found


@dataclass(frozen=True)
class Tie:
    """Options that the rule holds equal, of which only some could be taken."""

    options: tuple[str, ...]
    chosen: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """Who won, why, and what was decided by breaking a tie.

    *sets* are all sets of winners that the ties allow; *all_sets* is false where they were
    too many to list, or the rule is defined for one set only.
    """

    winners: tuple[str, ...]
    scores: Mapping[str, Number | float] = field(default_factory=dict)
    ties: tuple[Tie, ...] = ()
    sets: tuple[tuple[str, ...], ...] = ()
    all_sets: bool = True
    more: Mapping[str, Any] = field(default_factory=dict)
