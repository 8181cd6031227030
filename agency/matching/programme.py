"""Integer programmes in which little is not whole by itself, also large ones.

The programme in which people may be divided is solved first (by HiGHS, Huangfu & Hall 2018,
see ``sifting``). Its bound tells which columns can be in a better solution at all: those whose
reduced cost is not above the distance between the bound and the best solution known. So
only few columns are left to the search for whole numbers, and nothing is lost.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from time import monotonic
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from agency.matching.sifting import NEARLY, Sieve

NARROW = 1e-3  # how far from the bound a first solution is looked for, for each column
Array = Any


@dataclass(frozen=True)
class Row:
    """A limit: the weighted sum of these columns lies between *low* and *high*."""

    columns: Sequence[int]
    weights: Sequence[float]
    low: float = -inf
    high: float = inf


@dataclass(frozen=True)
class Solution:
    """The values of all columns, and how far at most the best ones are above, as a share."""

    values: list[float]
    objective: float
    gap: float = 0.0


class OutOfTime(Exception):
    """The time is over, and no solution is known yet; there may be one."""


class Programme:
    """Maximise the weighted sum of columns, none below 0, within the limits of *rows*."""

    def __init__(self, weights: Sequence[float], rows: Sequence[Row]) -> None:
        self.weights = np.array(weights, dtype=float)
        self.low = np.array([row.low for row in rows], dtype=float)
        self.high = np.array([row.high for row in rows], dtype=float)
        if rows:
            at = np.repeat(np.arange(len(rows)), [len(row.columns) for row in rows])
            where = np.concatenate([np.array(row.columns, dtype=np.int64) for row in rows])
            values = np.concatenate([np.array(row.weights, dtype=float) for row in rows])
            self.matrix = csr_array((values, (at, where)), shape=(len(rows), len(weights)))

    def relaxed(self) -> Solution | None:
        """Return the best solution when all may be divided; none if there is none."""
        found = self._relaxed()
        return found[0] if found else None

    def is_possible(self) -> bool:
        """Tell whether there is any solution, be it that all may be divided."""
        return self._sieve().is_possible()

    def solve(self, whole: bool, seconds: float) -> Solution | None:
        """Return the best solution, in whole numbers if wished; none if there is none.

        When *seconds* are over, the best one known is returned with the gap that is left.

        :raise OutOfTime: when none is known by then
        """
        if not len(self.weights) or not len(self.low):
            return Solution([], 0.0)
        found = self._relaxed()
        if not found or not whole:
            return found[0] if found else None
        bound, reduced = found
        if max(abs(value - round(value)) for value in bound.values) < NEARLY:
            return self._whole([float(round(value)) for value in bound.values], bound)
        return self._search(bound, reduced, monotonic() + seconds)

    def _search(self, bound: Solution, reduced: Array, until: float) -> Solution | None:
        """Widen the choice of columns until no other can be in a better solution."""
        width, best = NARROW, None
        while True:
            chosen = np.flatnonzero(reduced <= width)
            left = max(1.0, until - monotonic())
            values, proven = self._among(chosen, left)
            if values is not None:
                found = self._whole(values, bound)
                best = max(best or found, found, key=lambda each: each.objective)
                if proven and bound.objective - best.objective <= width + NEARLY:
                    return Solution(best.values, best.objective)
                width = max(width * 8, bound.objective - best.objective)
            elif proven and len(chosen) == len(self.weights):
                return None
            else:
                width *= 8
            if monotonic() > until:
                if best:
                    return best
                raise OutOfTime

    def _whole(self, values: list[float], bound: Solution) -> Solution:
        total = float(self.weights @ np.array(values))
        above = max(0.0, bound.objective - total)
        return Solution(values, total, above / max(abs(total), 1.0) if above > NEARLY else 0.0)

    def _relaxed(self) -> tuple[Solution, Array] | None:
        """Return the solution and what each column costs beyond what it brings (>= 0)."""
        found = self._sieve().best()
        if not found:
            return None
        return Solution(found.values.tolist(), found.objective), found.reduced

    def _sieve(self) -> Sieve:
        return Sieve(self.matrix, self.weights, self.low, self.high)

    def _among(self, chosen: Array, seconds: float) -> tuple[list[float] | None, bool]:
        """Return the best whole solution of some columns, and whether it is proven."""
        found = milp(
            -self.weights[chosen],
            constraints=LinearConstraint(self.matrix[:, chosen], self.low, self.high),
            bounds=Bounds(0, inf),
            integrality=np.ones(len(chosen)),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        if found.x is None:
            return None, found.status == 2
        values = np.zeros(len(self.weights))
        values[chosen] = np.round(found.x)
        return values.tolist(), found.status == 0
