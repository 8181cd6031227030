"""Borda's count: a point for each option that one stands before.

J.-C. de Borda, "Mémoire sur les élections au scrutin" (1781). For equal ranks and for short
ballots the symmetric form: half a point for each option that stands equal, and those named
nowhere share the last rank (B. Dummett, "Voting Procedures", 1984). So every full ballot hands
out as many points as any other.
"""

from collections.abc import Sequence
from fractions import Fraction

from workshop.rules.duels import duels
from workshop.rules.profile import Number, Outcome, Profile
from workshop.rules.ties import best


def by_borda(profile: Profile, seats: int, order: Sequence[str]) -> Outcome:
    """Add up, for each option, whom it stands before, and half of whom it stands beside."""
    if profile.duels is not None:
        table = duels(profile)
        scores: dict[str, Number] = dict(zip(profile.ids, map(sum, table), strict=True))
        return best(scores, seats, order)
    twice = dict.fromkeys(profile.ids, 0)
    for ballot in profile.collapsed:
        behind = len(profile.ids)
        rest = dict.fromkeys(profile.ids)
        for rank in ballot.order:
            behind -= len(rank)
            for option in rank:
                del rest[option]
                twice[option] += ballot.weight * (2 * behind + len(rank) - 1)
        for option in rest:
            twice[option] += ballot.weight * (len(rest) - 1)
    halves = {option: Fraction(points, 2) for option, points in twice.items()}
    return best(halves, seats, order)
