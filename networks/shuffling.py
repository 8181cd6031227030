"""What chance alone would give: the E-I index of two waves with the sectors dealt out anew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from networks.measures.ground import SEED
from networks.measures.mixing import SHUFFLES, dealt_anew, ei_of_deals

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
    deals: int = SHUFFLES,
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
    then, now = (float(ei_of_deals(labels[None], each)[0]) for each in ends)
    ties = len(before) + len(after)
    found = [
        ei_of_deals(dealt, ends[1]) - ei_of_deals(dealt, ends[0])
        for dealt in dealt_anew(labels, deals, ties, seed)
    ]
    differences = np.concatenate(found)
    middle, small = differences.mean(), 1e-12
    far = int((np.abs(differences - middle) >= abs(now - then - middle) - small).sum())
    low, high = (float(each) for each in np.quantile(differences, [0.025, 0.975]))
    return Difference(then, now, low, high, (1 + far) / (1 + deals))
