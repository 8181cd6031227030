"""Equal Shares as its paper says it, step by step in fractions: for all that ties allow."""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction

from workshop.rules.phragmen import Loads
from workshop.rules.profile import Profile
from workshop.rules.shopping import Wish
from workshop.rules.stepping import Step

Points = Mapping[str, Mapping[int, int]]


class Purses:
    """What everyone has left; where nothing can be paid any more, Phragmén may go on."""

    def __init__(
        self,
        wished: Mapping[str, Wish],
        left: tuple[Fraction, ...],
        chosen: tuple[str, ...] = (),
        beyond: tuple[Profile, int, Fraction] | None = None,
    ) -> None:
        self.wished, self.left, self.chosen, self.beyond = wished, left, chosen, beyond

    def next(self) -> Sequence[str]:
        """Return the options that cost their supporters least per worth."""
        rates = {
            option: rate
            for option in self.wished
            if option not in self.chosen and (rate := self._rate(option)) is not None
        }
        if rates:
            return [option for option, rate in rates.items() if rate == min(rates.values())]
        loads = self._loads()
        return loads.next() if loads else ()

    def take(self, option: str) -> Step:
        """Let the supporters of *option* pay for it."""
        rate = self._rate(option)
        if rate is None:
            return loads.take(option) if (loads := self._loads()) else self
        wish, left = self.wished[option], list(self.left)
        for voter, points in zip(wish.voters, wish.points, strict=True):
            left[voter] = max(Fraction(0), left[voter] - rate * wish.worth * int(points))
        return Purses(self.wished, tuple(left), (*self.chosen, option), self.beyond)

    def state(self) -> Hashable:
        """Return who is chosen, and the purses."""
        return frozenset(self.chosen), self.left

    def _rate(self, option: str) -> Fraction | None:
        wish = self.wished[option]
        if not wish.cost:
            return Fraction(0)
        them = zip(wish.voters, wish.points, wish.weights, strict=True)
        payers = sorted(
            (self.left[voter] / int(points), int(points), int(weight))
            for voter, points, weight in them
        )
        rest, points = wish.cost, sum(points * weight for _, points, weight in payers)
        for most, given, weight in payers:
            if most * points >= rest:
                return rest / points / wish.worth
            rest -= most * given * weight
            points -= given * weight
        return None

    def _loads(self) -> Loads | None:
        if self.beyond is None:
            return None
        profile, seats, purse = self.beyond
        carried = [purse - left for left in self.left]
        return Loads.of(profile, seats, profile.budget, carried, self.chosen)
