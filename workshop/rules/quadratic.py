"""Quadratic voting: nine credits on one option are three votes.

S. Lalley and E. G. Weyl, "Quadratic Voting" (AEA Papers and Proceedings 108, 2018). The points
on a ballot are the credits spent; credits below zero are votes against.
"""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache
from math import isqrt

from workshop.rules.profile import Number, Outcome, Profile
from workshop.rules.ties import best

DIGITS = (
    60  # of every root, so that sums are right to 45 places; if these are equal, so are they
)


def by_quadratic(profile: Profile, seats: int, order: Sequence[str]) -> Outcome:
    """Add up the square roots of the credits; equal sums are found out exactly."""
    roots: dict[str, dict[int, Number]] = {option: defaultdict(int) for option in profile.ids}
    for ballot in profile.ballots:
        for option, credit in (ballot.points or dict.fromkeys(ballot.approved, 1)).items():
            below = credit.denominator  # √(p/q) = √(p·q) / q
            outer, inner = simplest(abs(credit.numerator) * below)
            sign = -1 if credit < 0 else 1
            share = outer * ballot.weight * sign
            roots[option][inner] += Fraction(share, below)
    with localcontext(prec=DIGITS):
        sums = {
            option: sum(
                (
                    _decimal(times) * Decimal(inner).sqrt()
                    for inner, times in sorted(of.items())
                ),
                Decimal(0),
            )
            for option, of in roots.items()
        }
    with localcontext(prec=DIGITS - 15):
        sums = {option: +total for option, total in sums.items()}
        return best(sums, seats, order, shown=float)


@cache
def simplest(number: int) -> tuple[int, int]:
    """Return (a, b) with √number = a·√b and the smallest b: equal sums then look the same."""
    if not number:
        return 0, 1
    outer, inner, factor = 1, number, 2
    while factor * factor <= inner and factor < 10_000:
        while inner % (factor * factor) == 0:
            outer, inner = outer * factor, inner // (factor * factor)
        factor += 1
    root = isqrt(inner)
    return (outer * root, 1) if root * root == inner else (outer, inner)


def _decimal(number: Number) -> Decimal:
    return Decimal(number.numerator) / number.denominator
