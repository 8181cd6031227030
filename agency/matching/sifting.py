"""Linear programmes of very many columns, of which a solution needs few.

Solved is a programme of few columns. Its prices of the rows tell which of the others would
make it better; these are added, until none would. So the best of all is found, and proven
(sifting; Bixby, Gregory, Lustig, Marsten & Shanno 1992).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack

Array = Any
FEW = 4_000  # columns; so many are solved at once
HEAVIEST = 8  # columns of each row to begin with
LEAST, MOST = 2_000, 6_000  # columns that are added at a time, where one helps
NEARLY = 1e-6
HELPS = 1e-7  # per unit, for a column to be added; nearer the solver does not look either


@dataclass(frozen=True)
class Found:
    """The best values of all columns, and what each costs beyond what it brings (>= 0)."""

    values: Array
    objective: float
    reduced: Array


class Sieve:
    """Maximise *weights* within ``low <= matrix @ values <= high``, no value below 0.

    Every value has an end in some row.
    """

    def __init__(self, matrix: Array, weights: Array, low: Array, high: Array) -> None:
        self.matrix, self.columns = matrix, csc_array(matrix)
        self.weights, self.low, self.high = weights, low, high
        self._is_equal = (low == 0) & (high == 0)
        self._below = ~self._is_equal & (high < np.inf)
        by_itself = (low <= 0) & (self.matrix.min(axis=1).toarray().ravel() >= 0)
        self._above = ~self._is_equal & (low > -np.inf) & ~by_itself
        self._is_certain = not (low > 0).any()  # that a solution is there: all are 0

    def best(self) -> Found | None:
        """Return the best solution; none if there is none."""
        chosen = self._heaviest() if self._is_certain else self._enough()
        return None if chosen is None else self._sift(self.weights, chosen, 0.0)[0]

    def is_possible(self) -> bool:
        """Tell whether there is any solution."""
        return self._is_certain or self._enough() is not None

    def _enough(self) -> Array | None:
        """Return columns among which there is a solution; none if there is none at all.

        What is missing in each row costs 1, and nothing else counts.
        """
        nothing = np.zeros(len(self.weights))
        found, chosen = self._sift(nothing, self._heaviest(), 1.0)
        return chosen if found.objective > -NEARLY else None

    def _heaviest(self) -> Array:
        """Return the heaviest columns of each row; among those alike, any."""
        number = len(self.weights)
        if number <= FEW:
            return np.arange(number)
        entries = self.matrix.tocoo()
        kept = entries.data > 0
        rows, columns = entries.coords[0][kept], entries.coords[1][kept]
        any_ = np.random.default_rng(0).random(len(rows))
        order = np.lexsort((any_, -self.weights[columns], rows))
        rows, columns = rows[order], columns[order]
        rank = np.arange(len(rows)) - np.searchsorted(rows, rows)
        return np.unique(columns[rank < HEAVIEST])

    def _sift(self, weights: Array, chosen: Array, missing: float) -> tuple[Found, Array]:
        while True:
            found = self._among(weights, chosen, missing)
            reduced = found.reduced.copy()
            reduced[chosen] = np.inf
            helping = int((reduced < -HELPS).sum())
            if not helping or (missing and found.objective > -NEARLY):
                return found, chosen
            number = min(max(helping, LEAST), MOST, len(reduced) - len(chosen))
            chosen = np.union1d(chosen, np.argpartition(reduced, number - 1)[:number])

    def _among(self, weights: Array, chosen: Array, missing: float) -> Found:
        """Solve for some columns; where *missing* costs something, rows may lack some."""
        part = self.columns[:, chosen].tocsr()
        below, above, equal = part[self._below], part[self._above], part[self._is_equal]
        costs, lacking = -weights[chosen], above.shape[0] if missing else 0
        if lacking:
            costs = np.concatenate([costs, np.full(lacking, missing)])
            above = hstack([above, eye_array(lacking)])
            below, equal = _widened(below, lacking), _widened(equal, lacking)
        found = linprog(
            costs,
            A_ub=vstack([below, -above]),
            b_ub=np.concatenate([self.high[self._below], -self.low[self._above]]),
            A_eq=equal,
            b_eq=self.low[self._is_equal],
            method="highs",
        )
        split = int(self._below.sum())
        prices = np.zeros(len(self.low))
        prices[self._below] = found.ineqlin.marginals[:split]
        prices[self._above] -= found.ineqlin.marginals[split:]
        prices[self._is_equal] = found.eqlin.marginals
        values = np.zeros(len(weights))
        values[chosen] = found.x[: len(chosen)]
        return Found(values, -float(found.fun), -weights - self.columns.T @ prices)


def _widened(matrix: Array, number: int) -> Array:
    """Return *matrix* with so many empty columns more."""
    return hstack([matrix, csr_array((matrix.shape[0], number))])
