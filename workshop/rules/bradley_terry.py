"""Bradley–Terry: how strong options are, when each was compared with some of the others.

R. Bradley and M. Terry, "Rank Analysis of Incomplete Block Designs", Biometrika 39 (1952); when
there is one answer: D. Hunter, "MM Algorithms for Generalized Bradley–Terry Models", Annals of
Statistics 32 (2004). Found here by Newton's steps, as the likelihood is concave. Where some
never lost to the others, no finite answer exists: then every pair gets half a duel each way on
top, and *more* says so.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from workshop.rules.duels import duels
from workshop.rules.profile import Outcome, Profile
from workshop.rules.ties import best

Real = NDArray[np.float64]
DIGITS = 9  # closer than that is equal


def by_bradley_terry(profile: Profile, seats: int, order: Sequence[str]) -> Outcome:
    """Rank by strength: the logarithm, with a mean of 0, so that e^(a-b) are the odds of a."""
    wins = np.array(duels(profile), dtype=float).reshape(len(profile.ids), len(profile.ids))
    finite = _strongly_connected(wins > 0)
    if not finite:
        wins = wins + 0.5 * ~np.eye(len(wins), dtype=bool)
    found = strengths(wins)
    scores = {
        option: round(float(strength), DIGITS) + 0.0
        for option, strength in zip(profile.ids, found, strict=True)
    }
    return replace(best(scores, seats, order), more={"prior": 0 if finite else 0.5})


def strengths(wins: Real) -> Real:
    """Return the most likely strengths for a table of who won how often against whom."""
    met, won = wins + wins.T, wins.sum(axis=1)
    found = np.zeros(len(wins))
    for _ in range(100):
        odds = 1 / (1 + np.exp(found[None, :] - found[:, None]))
        slope = won - (met * odds).sum(axis=1)
        curve = met * odds * (1 - odds)
        bend = np.diag(curve.sum(axis=1)) - curve + 1 / max(len(wins), 1)
        step = np.linalg.solve(bend, slope)
        found += step * min(1.0, 2.0 / max(float(np.abs(step).max(initial=0)), 1e-300))
        if float(np.abs(step).max(initial=0)) < 1e-12:
            break
    centred: Real = found - found.mean()
    return centred


def _strongly_connected(beat: NDArray[np.bool_]) -> bool:
    """Say whether everyone won against everyone, directly or along a chain."""
    return all(_reached(matrix) == len(matrix) for matrix in (beat, beat.T))


def _reached(beat: NDArray[np.bool_]) -> int:
    seen = np.zeros(len(beat), dtype=bool)
    seen[:1] = True
    while (more := seen | beat[seen].any(axis=0)).sum() > seen.sum():
        seen = more
    return int(seen.sum())
