"""One shopping of Equal Shares: everyone has the same purse, and supporters pay together.

Floating point decides what is clear. Where two sides are closer than rounding could matter,
fractions decide: every purse is known exactly as what it began with, less the price of each
round times the points its owner gave there. So the outcome is that of exact arithmetic.
"""

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workshop.rules.profile import Number, Tie, TooLarge

CLOSE = 1e-9  # rounding in sums of a million purses is a thousand times smaller
NEVER = float("inf")
MOST = 2**53  # points of all voters together, for one option

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Wish:
    """An option, and who gave it how many points; a point is *worth* so much to its giver."""

    id: str
    cost: Fraction
    worth: Fraction
    voters: Whole
    points: Whole
    weights: Whole

    @cached_property
    def weighed(self) -> Whole:
        """Return the points, as often as they were given."""
        return self.points * self.weights

    @cached_property
    def floor(self) -> float:
        """Return the price of a point when nobody runs out of money."""
        return float(self.cost / int(self.weighed.sum()))

    @cached_property
    def unit(self) -> float:
        """Return what the price of a point is divided by, to compare options."""
        return float(self.worth) or 1.0


def wishes(
    points: Mapping[str, Mapping[int, int]],
    weights: Sequence[int],
    costs: Mapping[str, Number],
    worth: Mapping[str, Number],
) -> list[Wish]:
    """Return the options somebody wants; *points* are given by the number of the ballot.

    :raise TooLarge: when points and voters are more than can be added exactly
    """
    weighed = np.array(weights, dtype=np.int64)
    found = []
    for option, by_voter in points.items():
        if by_voter:
            if max(by_voter.values()) * sum(weights) > MOST:
                raise TooLarge
            voters = np.fromiter(by_voter, np.int64, len(by_voter))
            given = np.fromiter(by_voter.values(), np.int64, len(by_voter))
            cost, each = Fraction(costs[option]), Fraction(worth[option])
            found.append(Wish(option, cost, each, voters, given, weighed[voters]))
    return found


class Shopping:
    """The purses, from the first purchase to the last."""

    def __init__(self, size: int, purse: Fraction, order: Sequence[str]) -> None:
        self.purse, self.order = purse, {option: place for place, option in enumerate(order)}
        self.left = np.full(size, float(purse))
        self.empty: Mask = np.full(size, purse == 0)
        self.close = CLOSE * float(purse)
        self.bought: list[str] = []
        self.ties: list[Tie] = []
        self.given: list[Whole] = []  # the points of all ballots for what was bought, by round
        self.prices: list[Fraction] = []  # of a point, as far as they had to be known
        self.spare = NEVER  # so much more money, all in all, would not change what is bought
        self.steep: dict[str, float] = {}  # by how much money a rate falls by 1
        self.unknown: list[tuple[Wish, Whole, int]] = []  # what the further prices follow from

    def buy_all(self, options: Sequence[Wish]) -> None:
        """Buy, as long as anything can be paid, what costs its supporters least per worth."""
        waiting = [(wish.floor / wish.unit, self.order[wish.id], wish) for wish in options]
        heapq.heapify(waiting)  # rates only rise: what waits costs at least what it did
        while equal := self._cheapest(waiting):
            wish = min(equal, key=lambda each: self.order[each.id])
            self._look_ahead(self._rate(wish), waiting, equal)
            if len(equal) > 1:
                names = sorted((each.id for each in equal), key=self.order.__getitem__)
                self.ties.append(Tie(tuple(names), (wish.id,)))
            for each in equal:
                if each is not wish:
                    heapq.heappush(waiting, (self._rate(each), self.order[each.id], each))
            self._pay(wish)

    def purses(self) -> list[Fraction]:
        """Return exactly what is left in each purse."""
        everyone = np.arange(len(self.left))
        owned, which = self._exact_purses(everyone)
        return [
            Fraction(0) if empty else owned[number]
            for number, empty in zip(which, self.empty, strict=True)
        ]

    def _cheapest(self, waiting: list[tuple[float, int, Wish]]) -> list[Wish]:
        """Take the cheapest from those *waiting*; what nobody can pay any more goes home."""
        looked: list[tuple[float, Wish]] = []
        least = NEVER
        while waiting and waiting[0][0] <= least * (1 + CLOSE):
            wish = heapq.heappop(waiting)[2]
            rate = self._rate(wish)
            if rate < NEVER:
                looked.append((rate, wish))
                least = min(least, rate)
        near = [wish for rate, wish in looked if rate <= least * (1 + CLOSE)]
        if len(near) > 1:
            exact = {wish.id: self._exact(wish)[0] / (wish.worth or 1) for wish in near}
            near = [wish for wish in near if exact[wish.id] == min(exact.values())]
        for rate, wish in looked:
            if wish not in near:
                heapq.heappush(waiting, (rate, self.order[wish.id], wish))
        return near

    def _look_ahead(
        self, rate: float, waiting: Sequence[tuple[float, int, Wish]], equal: Sequence[Wish]
    ) -> None:
        """Find out how much more money would bring another option down to this *rate*.

        With the same purchases nobody has less when all begin with more, so that the rate of
        an option falls by no more than that money through the points of those who pay in full.
        """
        if self.spare < len(self.left):
            self.spare = 0.0  # not 1 for each: looking further brings nothing
            return
        others = [(each[0], each[2]) for each in waiting]
        others += [(rate, each) for each in equal] if len(equal) > 1 else []
        for other, wish in others:
            if (steep := self.steep.get(wish.id, NEVER)) < NEVER:
                self.spare = min(self.spare, max(other - rate, 0.0) * steep)

    def _rate(self, wish: Wish) -> float:
        return self._price(wish) / wish.unit

    def _price(self, wish: Wish) -> float:
        """Return what a point for *wish* would cost, or that they cannot pay it together."""
        left, cost = self.left[wish.voters], float(wish.cost)
        price, out = wish.floor, left < wish.floor * wish.points
        self.steep[wish.id] = NEVER
        if not out.any():
            return price
        money = left * wish.weights
        together, slack = float(money.sum()), self.close * len(left) + CLOSE * cost
        if together < cost + slack and (together < cost - slack or not self._payable(wish)):
            self.spare = min(self.spare, max(cost - together, 0.0))
            return NEVER
        while not out.all():
            points = int(wish.weighed[~out].sum())
            price = (cost - float(money[out].sum())) / points
            self.steep[wish.id] = points * wish.unit
            more = left < price * wish.points
            if not (more & ~out).any():
                return price
            out |= more
        return float((left / wish.points).max())

    def _payable(self, wish: Wish) -> bool:
        rich = ~self.empty[wish.voters]
        return self._money(wish.voters[rich], wish.weights[rich]) >= wish.cost

    def _pay(self, wish: Wish) -> None:
        price = self._price(wish)
        gap = self.left[wish.voters] - price * wish.points
        rich = ~self.empty[wish.voters]
        out, even = gap < 0, np.zeros(len(gap), dtype=bool)
        if (np.abs(gap[rich]) <= self.close).any():
            _, out, even = self._exact(wish)
        ran_out = wish.voters[out & rich]
        self.unknown.append((wish, ran_out, int(wish.weighed[~out].sum())))
        self.left[wish.voters] = np.where(out | even, 0.0, np.maximum(gap, 0.0))
        self.empty[wish.voters] |= out | even
        given = np.zeros(len(self.left), dtype=np.int64)
        given[wish.voters] = wish.points
        self.given.append(given)
        self.bought.append(wish.id)

    def _exact(self, wish: Wish) -> tuple[Fraction, Mask, Mask]:
        """Return the exact price of a point, who runs out before, and who just makes it."""
        if not wish.cost:
            nobody = np.zeros(len(wish.voters), dtype=bool)
            return Fraction(0), nobody, nobody
        gap = self.left[wish.voters] - self._price(wish) * wish.points
        empty = self.empty[wish.voters]
        near = (np.abs(gap) <= self.close) & ~empty
        out, even = ((gap < 0) & ~near) | empty, np.zeros(len(gap), dtype=bool)
        purses, which = self._exact_purses(wish.voters[near])
        places = np.flatnonzero(near)
        while True:
            ran_out = out & ~empty
            money = self._money(wish.voters[ran_out], wish.weights[ran_out])
            price = (wish.cost - money) / int(wish.weighed[~out].sum())
            lacks = [purses[n] - price * int(wish.points[p]) for n, p in zip(which, places)]  # noqa: B905
            more = places[[lack < 0 for lack in lacks]]
            if out[more].all():
                even[places[[lack == 0 for lack in lacks]]] = True
                return price, out, even
            out[more] = True

    def _money(self, voters: Whole, weights: Whole) -> Fraction:
        """Return exactly what *voters*, none of whom has run out, have together."""
        self._learn_prices()
        spent = sum(
            price * int(given[voters] @ weights)
            for price, given in zip(self.prices, self.given, strict=True)
        )
        return self.purse * int(weights.sum()) - spent

    def _exact_purses(self, voters: Whole) -> tuple[list[Fraction], Any]:
        """Return the different purses among *voters*, and which of them is whose."""
        self._learn_prices()
        if not self.given or not len(voters):
            return [self.purse], np.zeros(len(voters), dtype=np.int64)
        kinds, which = np.unique(
            np.array([given[voters] for given in self.given]), axis=1, return_inverse=True
        )
        owned = [
            self.purse - sum(p * int(n) for p, n in zip(self.prices, kind, strict=True) if n)
            for kind in kinds.T
        ]
        return owned, which.reshape(-1)

    def _learn_prices(self) -> None:
        for wish, ran_out, points in self.unknown[len(self.prices) :]:
            weights = np.zeros(len(self.left), dtype=np.int64)
            weights[wish.voters] = wish.weights
            spent = sum(
                price * int(given[ran_out] @ weights[ran_out])
                for price, given in zip(self.prices, self.given)  # noqa: B905 - those so far
            )
            money = self.purse * int(weights[ran_out].sum()) - spent
            self.prices.append((wish.cost - money) / points)
