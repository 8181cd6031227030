"""Sequential Proportional Approval Voting: each further winner of one's own counts less.

T. N. Thiele, "Om Flerfoldsvalg" (1895): the second counts a half, the third a third.
"""

from collections.abc import Hashable, Sequence
from fractions import Fraction
from math import lcm

from workshop.rules.profile import Outcome, Profile
from workshop.rules.stepping import walk


def by_seq_pav(profile: Profile, seats: int, order: Sequence[str]) -> Outcome:
    """Choose, *seats* times, the option that adds most to the sum of everyone's 1 + 1/2 + …"""
    start = Satisfaction.of(profile, min(seats, len(profile.options)))
    outcome = walk(start, order, len(profile.collapsed))
    step = start
    gains: dict[str, Fraction] = {}
    for option in outcome.winners:
        gains[option] = Fraction(step.gains[option], step.whole)
        step = step.take(option)
    return Outcome(outcome.winners, gains, outcome.ties, outcome.sets, outcome.all_sets)


class Satisfaction:
    """How many winners each ballot has, and what each option would add, in whole numbers."""

    def __init__(
        self,
        ballots: Sequence[tuple[tuple[str, ...], int]],
        has: list[int],
        gains: dict[str, int],
        whole: int,
        seats: int,
        chosen: tuple[str, ...] = (),
    ) -> None:
        self.ballots, self.has, self.gains = ballots, has, gains
        self.whole, self.seats, self.chosen = whole, seats, chosen

    @classmethod
    def of(cls, profile: Profile, seats: int) -> "Satisfaction":
        """Return the beginning, where an option adds 1 for each who wants it."""
        ballots = [(ballot.approved, ballot.weight) for ballot in profile.collapsed]
        whole = lcm(*range(1, max(seats, 1) + 1))
        gains = {option: number * whole for option, number in profile.support.items()}
        return cls(ballots, [0] * len(ballots), gains, whole, seats)

    def next(self) -> Sequence[str]:
        """Return the options that add most."""
        open_ = {each: gain for each, gain in self.gains.items() if each not in self.chosen}
        if len(self.chosen) >= self.seats or not open_:
            return ()
        most = max(open_.values())
        return [option for option, gain in open_.items() if gain == most]

    def take(self, option: str) -> "Satisfaction":
        """Count *option* for all who want it; everything else of theirs adds less now."""
        has, gains = list(self.has), dict(self.gains)
        for number, (wants, weight) in enumerate(self.ballots):
            if option in wants:
                has[number] += 1
                if has[number] < self.seats:
                    less = self.whole // has[number] - self.whole // (has[number] + 1)
                    for other in wants:
                        gains[other] -= less * weight
        chosen = (*self.chosen, option)
        return Satisfaction(self.ballots, has, gains, self.whole, self.seats, chosen)

    def state(self) -> Hashable:
        """Return who is chosen: everything follows from that."""
        return frozenset(self.chosen)
