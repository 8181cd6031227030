"""Greedy: down the list by support, each option that still fits into the budget.

It is what most cities do, and what Pabulib calls "greedy" (P. Faliszewski et al.,
"Participatory Budgeting: Data, Tools, and Analysis", IJCAI 2023).
"""

from collections.abc import Sequence

from workshop.rules.profile import Number, Outcome, Profile, Tie
from workshop.rules.scoring import by_approval, points


def by_greedy(
    profile: Profile, seats: int, order: Sequence[str], budget: Number | None = None
) -> Outcome:
    """Take the most wanted options that fit; without prices these are the *seats* first."""
    if budget is None:
        return by_approval(profile, seats, order)
    worth = points(profile) if profile.graded else profile.support
    ranked = sorted(order, key=lambda option: worth[option], reverse=True)
    winners: list[str] = []
    ties: list[Tie] = []
    for place in sorted(set(worth.values()), reverse=True):
        equal = tuple(option for option in ranked if worth[option] == place)
        fits = [option for option in equal if profile.costs[option] <= budget]
        taken = []
        for option in fits:
            if profile.costs[option] <= budget:
                budget -= profile.costs[option]
                taken.append(option)
        if len(taken) < len(fits):
            ties.append(Tie(tuple(fits), tuple(taken)))
        winners += taken
    return Outcome(tuple(winners), worth, tuple(ties), (tuple(winners),), not ties)
