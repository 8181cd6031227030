"""Crossing two columns: how many say the one and the other, for all pairs at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from surveys.counting.columns import Array, Column

AT_ONCE = 65_536  # rows; so few that single precision counts them exactly


@dataclass(frozen=True)
class Kinds:
    """What a column is counted by: for each of its numbers, which of some names it holds."""

    codes: Array
    holds: Array  # by number and name; then whether any, and one that always holds

    @classmethod
    def of(
        cls, column: Column, given: Callable[[object], list[str]], names: Sequence[str]
    ) -> "Kinds":
        places = {name: place for place, name in enumerate(names)}
        holds = np.zeros((len(column.said), len(names) + 2), np.float32)
        holds[:, -1] = 1
        for number, said in enumerate(column.said):
            for name in given(said):
                if name in places:
                    holds[number, [places[name], -2]] = 1
        return cls(column.codes, holds)


def cross(one: Kinds, other: Kinds) -> list[list[int]]:
    """Count all pairs; the last two rows and columns are for any name, and for everyone."""
    total = np.zeros((one.holds.shape[1], other.holds.shape[1]), np.int64)
    for start in range(0, len(one.codes), AT_ONCE):
        some = slice(start, start + AT_ONCE)
        here, there = one.holds[one.codes[some]], other.holds[other.codes[some]]
        total += (here.T @ there).astype(np.int64)
    found: list[list[int]] = total.tolist()
    return found
