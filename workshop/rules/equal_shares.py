"""The Method of Equal Shares: everyone decides over an equal share of the budget.

D. Peters and P. Skowron, "Proportionality and the Limits of Welfarism" (EC 2020); with prices
D. Peters, G. Pierczyński and P. Skowron, "Proportional Participatory Budgeting with Additive
Utilities" (NeurIPS 2021). An approval is worth the option's price to its giver, as in the
cities that decided by it (equalshares.net); points are worth what they are.

What the method leaves over goes to a completion. *add1*: everyone gets 1 more, again and again,
until nothing more would fit, or the next step would cost too much. *phragmen*: supporters save
on, and buy first what they can pay first.
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from math import lcm

from workshop.rules.phragmen import Loads
from workshop.rules.profile import Number, Outcome, Profile
from workshop.rules.purses import Purses
from workshop.rules.shopping import NEVER, Shopping, Wish, wishes
from workshop.rules.stepping import walk

COMPLETIONS = ("add1", "phragmen", "none")
SURELY = 1 - 1e-6  # what rounding could have hidden is not left out
MOST_PLAIN = 20_000  # ballots times options, up to which every set of winners is looked for


def by_equal_shares(
    profile: Profile,
    seats: int,
    order: Sequence[str],
    budget: Number | None = None,
    completion: str = "add1",
    every: bool = True,
) -> Outcome:
    """Buy together; ties go to what costs less, then to what more people want, then by *order*.

    Without a *budget* every option costs 1, and there are *seats* to spend. All sets of
    winners that ties allow are looked for where *every* is true.
    """
    priced = budget is not None
    whole = Fraction(budget if budget is not None else min(seats, len(profile.options)))
    costs: dict[str, Number] = profile.costs if priced else dict.fromkeys(profile.ids, 1)
    profile = replace(profile, budget=whole if priced else None)
    place = {option: number for number, option in enumerate(order)}
    order = sorted(order, key=lambda id: (costs[id], -profile.support[id], place[id]))
    wished = _wished(profile, costs)
    if not profile.voters:
        return Outcome((), profile.support, sets=((),))
    purse = whole / profile.voters
    shopping = _shop(profile, wished, purse, order)
    if completion == "add1":
        shopping = _add_one(profile, wished, whole, shopping, order)
    winners, ties = tuple(shopping.bought), tuple(shopping.ties)
    beyond = (profile, seats, purse) if completion == "phragmen" else None
    if beyond:
        carried = [purse - left for left in shopping.purses()]
        rest = walk(Loads.of(profile, seats, profile.budget, carried, winners), order, 0)
        winners, ties = rest.winners, (*ties, *rest.ties)
    if not every or not ties or len(profile.collapsed) * len(profile.options) > MOST_PLAIN:
        return Outcome(winners, profile.support, ties, (winners,), not ties)
    start = Purses(
        {wish.id: wish for wish in wished},
        (shopping.purse,) * len(profile.collapsed),
        beyond=beyond,
    )
    all_ = walk(start, order, len(profile.collapsed))
    affordable = tuple(
        each for each in all_.sets if sum(costs[option] for option in each) <= whole
    )
    sure = completion != "add1" or not all_.ties  # which purse is last may hang on a tie, too
    return Outcome(
        winners, profile.support, all_.ties, affordable or (winners,), sure and all_.all_sets
    )


def _add_one(
    profile: Profile,
    wished: Sequence[Wish],
    whole: Fraction,
    last: Shopping,
    order: Sequence[str],
) -> Shopping:
    """Begin at a whole purse, as equalshares.net does, and raise it by 1 while that fits.

    Steps that surely change nothing are left out: of a small room with much money, most.
    """
    costs = {wish.id: wish.cost for wish in wished}
    step = Fraction(1) if profile.budget is not None else Fraction(1, profile.voters)
    purse = whole / profile.voters // step * step
    while True:
        rest = whole - sum(costs[option] for option in last.bought)
        open_ = [wish for wish in wished if wish.id not in last.bought and wish.cost <= rest]
        if not open_ or last.spare == NEVER:
            return last
        unchanged = last.purse + Fraction(last.spare * SURELY) / profile.voters
        purse = max(purse + step, (unchanged // step + 1) * step)
        more = _shop(profile, wished, purse, order)
        if sum(costs[option] for option in more.bought) > whole:
            last.purse = max(last.purse, purse - step)  # it still buys the same
            return last
        last = more


def _shop(
    profile: Profile, wished: Sequence[Wish], purse: Fraction, order: Sequence[str]
) -> Shopping:
    shopping = Shopping(len(profile.collapsed), purse, order)
    shopping.buy_all(wished)
    return shopping


def _wished(profile: Profile, costs: dict[str, Number]) -> list[Wish]:
    ballots = profile.collapsed
    points: dict[str, dict[int, int]] = {option: {} for option in profile.ids}
    scale = lcm(*(Fraction(p).denominator for b in ballots for p in b.points.values()), 1)
    for number, ballot in enumerate(ballots):
        for option in ballot.approved:
            points[option][number] = int(ballot.points[option] * scale) if profile.graded else 1
    worth = dict.fromkeys(profile.ids, Fraction(1, scale)) if profile.graded else costs
    if profile.budget is not None:
        costs = {id: cost for id, cost in costs.items() if cost <= profile.budget}
    return wishes(
        {option: by for option, by in points.items() if option in costs},
        [ballot.weight for ballot in ballots],
        costs,
        worth,
    )
