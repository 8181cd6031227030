"""Ties: who goes first among equals, said before anybody votes."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations, islice
from math import comb
from typing import Any

from workshop.rules.profile import Outcome, Tie

MOST_SETS = 1000  # more sets of winners than this nobody reads


def by_lot(options: Sequence[str], seed: str) -> list[str]:
    """Draw the options one after the other; whoever knows the seed can draw again.

    The lot of an option is the SHA-256 of ``seed:option``; the smallest goes first.
    """
    return sorted(options, key=lambda id: hashlib.sha256(f"{seed}:{id}".encode()).hexdigest())


def best(
    worth: Mapping[str, Any],
    seats: int,
    order: Sequence[str],
    shown: Callable[[Any], Any] = lambda worth: worth,
) -> Outcome:
    """Take the *seats* options of most worth, and among equals those first in *order*."""
    ranked = sorted(order, key=lambda option: worth[option], reverse=True)  # keeps the order
    winners = tuple(ranked[:seats])
    scores = {option: shown(worth[option]) for option in worth}
    if not 0 < seats < len(ranked) or worth[ranked[seats - 1]] != worth[ranked[seats]]:
        return Outcome(winners, scores, sets=(winners,))
    edge = worth[ranked[seats]]
    equal = tuple(option for option in ranked if worth[option] == edge)
    sure = tuple(option for option in winners if worth[option] != edge)
    taken = len(winners) - len(sure)
    sets = tuple(sure + more for more in islice(combinations(equal, taken), MOST_SETS))
    tie = Tie(equal, winners[len(sure) :])
    return Outcome(winners, scores, (tie,), sets, len(sets) == comb(len(equal), taken))
