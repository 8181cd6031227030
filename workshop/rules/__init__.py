"""The rules that count votes; each is a module of its own and knows no database.

Whatever tallies calls ``tally("schulze", profile)``. A rule gets the options in the order in
which ties are broken; ``ties.by_lot`` draws one.
"""

from collections.abc import Callable, Sequence
from functools import partial

from core.errors import Refusal, message
from workshop.rules.borda import by_borda
from workshop.rules.greedy import by_greedy
from workshop.rules.majority_judgment import by_majority_judgment
from workshop.rules.pav import by_seq_pav
from workshop.rules.phragmen import by_seq_phragmen
from workshop.rules.profile import Ballot, Duels, Number, Option, Outcome, Profile, Tie
from workshop.rules.quadratic import by_quadratic
from workshop.rules.schulze import by_schulze
from workshop.rules.scoring import by_approval, by_mean, by_sum

__all__ = ["RULES", "Ballot", "Duels", "Option", "Outcome", "Profile", "Tie", "tally"]


def _equal_shares(
    profile: Profile,
    seats: int,
    order: Sequence[str],
    budget: Number | None = None,
    completion: str = "add1",
    every: bool = True,
) -> Outcome:
    from workshop.rules.equal_shares import by_equal_shares  # noqa: PLC0415 - heavy

    return by_equal_shares(profile, seats, order, budget, completion, every)


def _bradley_terry(profile: Profile, seats: int, order: Sequence[str]) -> Outcome:
    from workshop.rules.bradley_terry import by_bradley_terry  # noqa: PLC0415 - heavy

    return by_bradley_terry(profile, seats, order)


RULES: dict[str, Callable[..., Outcome]] = {
    "approval": by_approval,
    "borda": by_borda,
    "bradley-terry": _bradley_terry,
    "equal-shares": _equal_shares,
    "greedy": by_greedy,
    "majority-judgment": by_majority_judgment,
    "mean": by_mean,
    "quadratic": by_quadratic,
    "schulze": by_schulze,
    "seq-pav": by_seq_pav,
    "seq-phragmen": by_seq_phragmen,
    "sum": by_sum,
}
PAIRS = {"borda", "bradley-terry", "schulze"}  # can count where only pairs are known
POINTS = {"majority-judgment", "mean", "quadratic", "sum"}
PRICES = {"equal-shares", "greedy", "seq-phragmen"}


class NeedsBallots(Refusal):
    """Pairs do not tell who wants what."""

    reason = message("%(rule)s counts ballots; here only pairs are known.")


class NeedsPoints(Refusal):
    """A rank is no amount."""

    reason = message("%(rule)s counts points; here only ranks are known.")


def tally(
    name: str,
    profile: Profile,
    seats: int | None = None,
    order: Sequence[str] | None = None,
    completion: str = "add1",
    every: bool = True,
) -> Outcome:
    """Count *profile* by the rule of that *name*.

    There are as many winners as *seats*, or as the profile says, else one. Rules with prices
    spend the profile's budget, unless *seats* say that prices do not matter. Where *every*
    is false, Equal Shares does not look for all sets of winners that ties allow.

    :raise NeedsBallots: when only pairs are known, and that is not enough
    :raise NeedsPoints: when the rule counts points, and there are only ranks
    """
    rule = RULES[name]
    if profile.duels is not None and name not in PAIRS:
        raise NeedsBallots(rule=name)
    if name in POINTS and any(ballot.ranks and not ballot.points for ballot in profile.ballots):
        raise NeedsPoints(rule=name)
    if name in PRICES:
        rule = partial(rule, budget=None if seats else profile.budget)
    if name == "equal-shares":
        rule = partial(rule, completion=completion, every=every)
    return rule(profile, seats or profile.seats or 1, order or profile.ids)
