"""The rules that count votes; each is a module of its own and knows no database.

Whatever tallies calls ``tally("schulze", profile)``. A rule gets the options in the order in
which ties are broken; ``ties.by_lot`` draws one.
"""

from collections.abc import Callable, Sequence
from functools import partial

from workshop.rules.greedy import by_greedy
from workshop.rules.pav import by_seq_pav
from workshop.rules.phragmen import by_seq_phragmen
from workshop.rules.profile import Ballot, Duels, Option, Outcome, Profile, Tie
from workshop.rules.scoring import by_approval, by_mean, by_sum

__all__ = ["RULES", "Ballot", "Duels", "Option", "Outcome", "Profile", "Tie", "tally"]


def _equal_shares(
    profile: Profile, seats: int, order: Sequence[str], completion: str = "add1"
) -> Outcome:
    from workshop.rules.equal_shares import by_equal_shares  # noqa: PLC0415 - heavy

    return by_equal_shares(profile, seats, order, profile.budget, completion)


RULES: dict[str, Callable[..., Outcome]] = {
    "approval": by_approval,
    "equal-shares": _equal_shares,
    "greedy": by_greedy,
    "mean": by_mean,
    "seq-pav": by_seq_pav,
    "seq-phragmen": by_seq_phragmen,
    "sum": by_sum,
}


def tally(
    name: str,
    profile: Profile,
    seats: int | None = None,
    order: Sequence[str] | None = None,
    completion: str = "add1",
) -> Outcome:
    """Count *profile* by the rule of that *name*.

    There are as many winners as *seats*, or as the profile says, else one. Rules with prices
    spend the profile's budget, unless *seats* say that prices do not matter.
    """
    rule = RULES[name]
    if name in {"greedy", "seq-phragmen"}:
        rule = partial(rule, budget=profile.budget)
    if name == "equal-shares":
        rule = partial(rule, completion=completion)
    return rule(profile, seats or profile.seats or 1, order or profile.ids)
