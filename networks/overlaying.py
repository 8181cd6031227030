"""Two waves in one picture: everyone stands where the newer wave puts them."""

import math
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from networks.changing import OPEN, Change, Changed
from networks.comparing import Comparison
from networks.drawing import Drawing, Line, draw
from networks.layout import BOTTOM, ELBOW, HEIGHT, SIDE, TOP, WIDTH, Place
from networks.network import Node

GOLDEN = math.pi * (3 - math.sqrt(5))
LAYERS = (*OPEN, Change.KEPT, Change.LOST, Change.NEW)  # what lies above covers the rest


@dataclass(frozen=True)
class Overlay:
    """A picture of two waves, and what became of each of its lines and marks."""

    drawing: Drawing
    lines: list[tuple[Line, Changed]]
    counts: Mapping[str, Counter[Change]]  # of the ties of each organisation


def overlay(
    found: Comparison,
    now: Mapping[str, Place],
    then: Mapping[str, Place],
    called: Callable[[Node], str],
) -> Overlay:
    """Draw everyone who is in one of two waves; *now* and *then* tell where they stand."""
    places = standing(now, then, found.nodes)
    nodes = {code: node for code, node in found.nodes.items() if code in places}
    pairs = sorted(found.pairs, key=lambda each: LAYERS.index(each.change))
    counts: dict[str, Counter[Change]] = {code: Counter() for code in nodes}
    for each in pairs:
        counts[each.a][each.change] += 1
        counts[each.b][each.change] += 1
    degree = {code: counts[code].total() for code in nodes}
    drawing = draw(nodes, [each.tie for each in pairs], places, degree, called)
    return Overlay(drawing, list(zip(drawing.lines, pairs, strict=True)), counts)


def standing(
    now: Mapping[str, Place], then: Mapping[str, Place], codes: Mapping[str, object]
) -> dict[str, Place]:
    """Return the places of the newer wave; who is not in it stands where they stood.

    Where somebody stands there now, the next free place does.
    """
    places = {code: place for code, place in now.items() if code in codes}
    for code in sorted(then.keys() - places.keys()):
        if code in codes:
            places[code] = _free(then[code], places)
    return places


def _free(wish: Place, taken: Mapping[str, Place]) -> Place:
    """Look around in a spiral, as the seeds of a sunflower lie; the first free place wins."""
    best, widest = wish, -1.0
    for step in range(400):
        far = 12 * math.sqrt(step)
        x = wish[0] + far * math.cos(step * GOLDEN)
        y = wish[1] + far * math.sin(step * GOLDEN)
        place = (
            round(min(max(x, SIDE), WIDTH - SIDE), 1),
            round(min(max(y, TOP), HEIGHT - BOTTOM), 1),
        )
        room = min((math.dist(place, other) for other in taken.values()), default=ELBOW)
        if room > widest:
            best, widest = place, room
        if widest >= ELBOW / 2:
            break
    return best
