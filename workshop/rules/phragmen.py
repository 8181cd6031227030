"""Phragmén's sequential rule: whoever wants an option carries its price, and loads stay even.

L. E. Phragmén, "Sur une méthode nouvelle pour réaliser, dans les élections, la représentation
proportionnelle des partis" (1894); M. Brill et al., "Phragmén's voting methods and justified
representation", Math. Programming 203 (2024). With prices: M. Los, Z. Christoff and D. Grossi,
"Proportional Budget Allocations", IJCAI 2022: it stops where the next option costs too much.
"""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from math import lcm

from workshop.rules.profile import Number, Outcome, Profile
from workshop.rules.stepping import walk


def by_seq_phragmen(
    profile: Profile, seats: int, order: Sequence[str], budget: Number | None = None
) -> Outcome:
    """Choose until *seats* are taken, or until the next option breaks the *budget*."""
    start = Loads.of(profile, seats, budget)
    return walk(start, order, len(profile.collapsed))


class Loads:
    """How much every ballot carries, as whole numbers of one unit: exact, and quick."""

    def __init__(
        self,
        wanted: Mapping[str, tuple[int, ...]],
        weights: Sequence[int],
        costs: Mapping[str, Number],
        left: tuple[int, Number | None],
        passes: bool = False,
    ) -> None:
        self.wanted, self.weights, self.costs = wanted, weights, costs
        self.seats, self.budget = left
        self.passes = passes
        self.chosen: tuple[str, ...] = ()
        self.loads: list[int] = []
        self.unit = 1

    @classmethod
    def of(
        cls,
        profile: Profile,
        seats: int,
        budget: Number | None,
        carried: Sequence[Fraction] = (),
        chosen: tuple[str, ...] = (),
    ) -> "Loads":
        """Return the beginning: nobody carries anything, unless *carried* says so.

        What goes on from there passes over what costs too much instead of stopping at it.
        """
        ballots = profile.collapsed
        wanted: dict[str, list[int]] = {option: [] for option in profile.ids}
        for number, ballot in enumerate(ballots):
            for option in ballot.approved:
                wanted[option].append(number)
        costs = profile.costs if budget is not None else dict.fromkeys(profile.ids, 1)
        if budget is not None:
            budget -= sum(costs[option] for option in chosen)
        self = cls(
            {option: tuple(them) for option, them in wanted.items() if them},
            [ballot.weight for ballot in ballots],
            costs,
            (seats - len(chosen), budget),
            passes=bool(chosen or carried),
        )
        self.chosen = chosen
        fractions = [Fraction(load) for load in carried] or [Fraction(0)] * len(ballots)
        self.unit = lcm(*(load.denominator for load in fractions))
        self.loads = [int(load * self.unit) for load in fractions]
        return self

    def next(self) -> Sequence[str]:
        """Return the options whose supporters would carry least."""
        if self.seats < 1:
            return ()
        open_ = [option for option in self.wanted if option not in self.chosen]
        if self.passes:
            open_ = [option for option in open_ if self._fits(option)]
        after = {option: self._after(option) for option in open_}
        if not after:
            return ()
        least = min(after.values())
        equal = [option for option, load in after.items() if load == least]
        return equal if all(self._fits(option) for option in equal) else ()

    def take(self, option: str) -> "Loads":
        """Let the supporters of *option* carry all that they and it bring, evenly."""
        load = self._after(option)
        factor = load.denominator
        after = Loads(self.wanted, self.weights, self.costs, self._left(option), self.passes)
        after.unit = self.unit * factor
        after.loads = [each * factor for each in self.loads]
        for voter in self.wanted[option]:
            after.loads[voter] = load.numerator
        after.chosen = (*self.chosen, option)
        return after

    def state(self) -> Hashable:
        """Return who is chosen, and the loads."""
        return frozenset(self.chosen), tuple(Fraction(load, self.unit) for load in self.loads)

    def _fits(self, option: str) -> bool:
        return self.budget is None or self.costs[option] <= self.budget

    def _left(self, option: str) -> tuple[int, Number | None]:
        rest = None if self.budget is None else self.budget - self.costs[option]
        return self.seats - 1, rest

    def _after(self, option: str) -> Fraction:
        """Return what each supporter would carry, in units."""
        them = self.wanted[option]
        carried = sum(self.loads[voter] * self.weights[voter] for voter in them)
        weight = sum(self.weights[voter] for voter in them)
        return Fraction(carried + self.costs[option] * self.unit) / weight
