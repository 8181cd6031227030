"""Of many columns few are looked at, and what is found is the best of all the same."""

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from agency.matching import sifting
from agency.matching.sifting import Sieve

ROWS, COLUMNS = 12, 300


def a_sieve(seed: int, least: float) -> Sieve:
    chance = np.random.default_rng(seed)
    matrix = (chance.random((ROWS, COLUMNS)) < 0.2).astype(float)
    matrix[0] = 1.0  # so nothing is without end
    matrix[-1] = chance.choice([-1.0, 0.0, 1.0], COLUMNS)
    low = np.where(chance.random(ROWS) < 0.4, least, -np.inf)
    high = chance.integers(2, 9, ROWS).astype(float)
    low[-1] = high[-1] = 0.0
    return Sieve(csr_array(matrix), chance.random(COLUMNS), low, high)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("least", [-1.0, 2.0, 4.0])
def test_as_good_as_looking_at_all(
    seed: int, least: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, few in (("FEW", 10), ("HEAVIEST", 1), ("LEAST", 5), ("MOST", 9)):
        monkeypatch.setattr(sifting, name, few)
    sieve = a_sieve(seed, least)
    matrix = sieve.matrix.toarray()
    low = np.where(np.isinf(sieve.low), -1e6, sieve.low)
    all_ = linprog(
        -sieve.weights,
        A_ub=np.vstack([matrix, -matrix]),
        b_ub=np.concatenate([sieve.high, -low]),
    )
    found = sieve.best()
    assert sieve.is_possible() == (all_.status == 0) == bool(found)
    if found:
        assert found.objective == pytest.approx(-all_.fun, abs=1e-5)
        assert (found.reduced >= -1e-6).all()
        sums = matrix @ found.values
        assert ((sums >= low - 1e-6) & (sums <= sieve.high + 1e-6)).all()
