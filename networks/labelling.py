"""Finding room for labels: none covers another, and none leaves the picture.

Labels are placed greedily, the most important first, where the fewest lines of their own
run through them (point-feature labelling; Christensen, Marks & Shieber 1995).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from networks import lettering
from networks.lettering import FALL, RISE, Box

RANK = 0.4  # how many crossed lines a better place for a label is worth
COVERED = 3.0  # how many a covered mark is worth, where that is allowed at all
GAP = 5.0  # between a mark and its label
Place = tuple[float, float]


@dataclass(frozen=True)
class Wanted:
    """A label that wants to stand at a mark."""

    text: str
    x: float
    y: float
    r: float
    size: float
    bold: bool = False
    partners: tuple[Place, ...] = ()

    @property
    def half(self) -> float:
        return lettering.width(self.text, self.size, bold=self.bold) / 2

    def at(self, spot: Place) -> Box:
        """Return the room the label takes at *spot*."""
        return lettering.box(*spot, self.text, self.size, bold=self.bold)


class Room:
    """What is taken already in a picture of this *width* and *height*."""

    def __init__(self, width: float, height: float, marks: Sequence[Box]) -> None:
        self.width, self.height = width, height
        self._marks: Any = np.array(marks or [(0.0, 0.0, 0.0, 0.0)])
        self._taken: Any = np.empty((0, 4))

    def take(self, wanted: Wanted, own: int, *, strict: bool = True) -> Place | None:
        """Return where a label stands that is shown from now on, if there is room.

        *own* is the number of its mark; a *strict* one covers no other mark.
        """
        best, least, room = None, math.inf, None
        others = np.delete(self._marks, own, axis=0)
        for rank, spot in enumerate(self._spots(wanted)):
            box = wanted.at(spot)
            if not self._is_inside(box) or _hit(box, self._taken):
                continue
            covered = _hit(box, others)
            if covered and strict:
                continue
            cost = RANK * rank + COVERED * covered + _crossed(wanted, box)
            if cost < least:
                best, least, room = spot, cost, box
        if room:
            self._taken = np.vstack((self._taken, room))
        return best

    def below(self, wanted: Wanted) -> Place:
        """Return where a label stands that is shown on request only."""
        y = min(wanted.y + wanted.r + RISE * wanted.size + 2, self.height - FALL * wanted.size)
        return self._inward(wanted), round(y, 1)

    def _spots(self, wanted: Wanted) -> list[Place]:
        """List where a label may stand: below, above, beside, and between these."""
        x, y, r, size = wanted.x, wanted.y, wanted.r, wanted.size
        under, over = y + r + RISE * size + 2, y - r - FALL * size - 2
        aside, level = r + GAP + wanted.half, y + size * 0.34
        inward = self._inward(wanted)
        spots = [
            (inward, under), (inward, over), (x + aside, level), (x - aside, level),
            (x + aside * 0.6, under), (x - aside * 0.6, under),
            (x + aside * 0.6, over), (x - aside * 0.6, over),
            (x + aside * 0.95, level + size * 0.8), (x - aside * 0.95, level + size * 0.8),
            (x + aside * 0.95, level - size * 0.8), (x - aside * 0.95, level - size * 0.8),
            (inward, under + 0.7 * size), (inward, over - 0.7 * size),
        ]  # fmt: skip
        return [(round(left, 1), round(top, 1)) for left, top in spots]

    def _inward(self, wanted: Wanted) -> float:
        edge = min(wanted.half + 0.1, self.width / 2)
        return round(min(max(wanted.x, edge), self.width - edge), 1)

    def _is_inside(self, box: Box) -> bool:
        left, top, right, bottom = box
        return left >= 0 and top >= 0 and right <= self.width and bottom <= self.height


def _hit(box: Box, others: Any) -> int:
    """Count the boxes that a box touches."""
    left, top, right, bottom = box
    touched = (others[:, 0] < right) & (left < others[:, 2])
    return int((touched & (others[:, 1] < bottom) & (top < others[:, 3])).sum())


def _crossed(wanted: Wanted, box: Box) -> int:
    """Count the lines of a mark that run through its label (Liang & Barsky 1984)."""
    if not wanted.partners:
        return 0
    start = np.array((wanted.x, wanted.y))
    way = np.array(wanted.partners) - start
    way = np.where(np.abs(way) < 1e-9, 1e-9, way)
    one, other = (np.array(box[:2]) - start) / way, (np.array(box[2:]) - start) / way
    enter = np.minimum(one, other).max(axis=1)
    leave = np.maximum(one, other).min(axis=1)
    return int(((enter < leave) & (leave > 0) & (enter < 1)).sum())
