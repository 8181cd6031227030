"""Sums and approval: whoever is wanted most goes first.

Approval: S. Brams and P. Fishburn, "Approval Voting", APSR 72 (1978). Sums of points or of
dots are what people count on a wall; the mean of scores is that of M. Balinski and R. Laraki's
"range voting" (W. D. Smith, 2000), over those who gave this option a score.
"""

from collections.abc import Sequence
from fractions import Fraction

from workshop.rules.profile import Number, Outcome, Profile
from workshop.rules.ties import best


def by_sum(profile: Profile, seats: int, order: Sequence[str]) -> Outcome:
    """Add up the points, or the dots, that each option was given."""
    return best(points(profile), seats, order)


def by_approval(profile: Profile, seats: int, order: Sequence[str]) -> Outcome:
    """Count the people who want each option."""
    return best(profile.support, seats, order)


def by_mean(profile: Profile, seats: int, order: Sequence[str]) -> Outcome:
    """Take the mean of the scores that each option was given; without a score it is last."""
    given = dict.fromkeys(profile.ids, 0)
    for ballot in profile.ballots:
        for option in ballot.points:
            given[option] += ballot.weight
    worst = min(
        (value for ballot in profile.ballots for value in ballot.points.values()), default=0
    )
    means = {
        option: Fraction(total) / given[option] if given[option] else Fraction(worst) - 1
        for option, total in points(profile).items()
    }
    outcome = best(means, seats, order)
    scores = {option: mean if given[option] else 0 for option, mean in means.items()}
    return Outcome(
        outcome.winners, scores, outcome.ties, outcome.sets, outcome.all_sets, {"given": given}
    )


def points(profile: Profile) -> dict[str, Number]:
    """Add up the points; a ranking gives one point to everything it names."""
    totals: dict[str, Number] = dict.fromkeys(profile.ids, 0)
    for ballot in profile.ballots:
        for option, value in (ballot.points or dict.fromkeys(ballot.approved, 1)).items():
            totals[option] += value * ballot.weight
    return totals
