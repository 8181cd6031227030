"""What chance alone would give: the E-I index of two waves with the sectors dealt out anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

SEED, DEALS = 2026, 1000
AT_ONCE = 2_000_000  # labels and ends of ties looked at together, so that memory stays small
Pair = tuple[str, str]


@dataclass(frozen=True)
class Difference:
    """Two E-I indices, and how far apart chance puts them.

    Of all deals, 95 of 100 differ by *low* to *high*; *p* is the share of deals that are as
    far from the mean of all, to either side, as what was found.
    """

    before: float
    after: float
    low: float
    high: float
    p: float

    @property
    def change(self) -> float:
        return self.after - self.before


def ei_difference(
    before: Sequence[Pair],
    after: Sequence[Pair],
    sectors: Mapping[str, str],
    deals: int = DEALS,
    seed: int = SEED,
) -> Difference | None:
    """Compare the E-I index of the ties of two waves, which lie between the same nodes.

    The index is that of Krackhardt & Stern 1988, and so is dealing out the sectors anew:
    the ties of both waves stay, and both get the same deal. What was found counts among
    the deals, so that p is never 0 (Phipson & Smyth 2010). Nothing without ties in one.
    """
    if not before or not after:
        return None
    place = {code: number for number, code in enumerate(sorted(sectors))}
    kinds = {kind: number for number, kind in enumerate(sorted(set(sectors.values())))}
    labels = np.array([kinds[sectors[code]] for code in place], dtype=np.int32)
    ends = [np.array([(place[a], place[b]) for a, b in pairs]) for pairs in (before, after)]
    then, now = (float(_indices(labels[None], each)[0]) for each in ends)
    chance = np.random.default_rng(seed)
    each_time = max(1, AT_ONCE // (len(labels) + len(before) + len(after)))
    found = []
    for begun in range(0, deals, each_time):
        dealt = np.tile(labels, (min(each_time, deals - begun), 1))
        chance.permuted(dealt, axis=1, out=dealt)
        found.append(_indices(dealt, ends[1]) - _indices(dealt, ends[0]))
    differences = np.concatenate(found)
    middle, small = differences.mean(), 1e-12
    far = int((np.abs(differences - middle) >= abs(now - then - middle) - small).sum())
    low, high = (float(each) for each in np.quantile(differences, [0.025, 0.975]))
    return Difference(then, now, low, high, (1 + far) / (1 + deals))


def _indices(dealt: Any, ends: Any) -> Any:
    """Return for every deal external less internal ties, as a share of all."""
    crossing = (dealt[:, ends[:, 0]] != dealt[:, ends[:, 1]]).mean(axis=1)
    return 2 * crossing - 1
