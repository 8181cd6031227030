"""Where organisations stand after something has changed: as near as can be to where they stood.

Newcomers are set beside their partners, where there is room. Then everybody gives way a
little, on a short leash: a few steps of stress majorisation (Gansner, Koren & North 2004).
"""

import math
from collections.abc import Mapping
from typing import Any

import igraph
import networkx as nx
import numpy as np

from networks.layout import (
    BOTTOM,
    CAREFUL,
    ELBOW,
    HEIGHT,
    SIDE,
    TOP,
    WIDTH,
    Place,
    layout,
    with_elbow_room,
)  # fmt: skip

LEASH = 14.0  # how far somebody who stood already may move, along each axis
STEPS = 6
KNOWN = 0.4  # below this share of known places the picture is drawn anew
LOW, HIGH = np.array([SIDE / 2, TOP / 2]), np.array([WIDTH - SIDE / 2, HEIGHT - BOTTOM])
AROUND = [
    (radius * math.cos(turn * math.pi / 8), radius * math.sin(turn * math.pi / 8))
    for radius in (ELBOW, 1.6 * ELBOW, 0.6 * ELBOW)
    for turn in range(16)
]


def settle(graph: "nx.Graph[str]", before: Mapping[str, Place]) -> dict[str, Place]:
    """Return a place for every node; who has one *before* stays near it."""
    known = [code for code in graph if code in before]
    if not known or len(known) < KNOWN * len(graph):
        return layout(graph)
    places = {code: before[code] for code in known}
    _welcome(graph, places)
    order = sorted(graph)
    if len(order) > CAREFUL:
        return {code: places[code] for code in order}
    start = np.array([places[code] for code in order])
    leash = np.array([[LEASH if code in before else WIDTH] * 2 for code in order])
    low, high = np.maximum(start - leash, LOW), np.minimum(start + leash, HIGH)
    low, high = np.minimum(low, start), np.maximum(high, start)
    points = _with_less_stress(graph, order, start, low, high)
    points = with_elbow_room(points, low, high)
    rounded = np.clip(points.round(1), low.round(1), high.round(1))
    return {code: (float(x), float(y)) for code, (x, y) in zip(order, rounded, strict=True)}


def _welcome(graph: "nx.Graph[str]", places: dict[str, Place]) -> None:
    """Give everyone who is new a place beside their partners, most of them first."""
    new = sorted(set(graph) - set(places))
    while new:
        code = max(new, key=lambda each: (sum(p in places for p in graph[each]), -len(each)))
        new.remove(code)
        partners = [places[each] for each in sorted(graph[code]) if each in places]
        taken = np.array(list(places.values()))
        if partners:
            middle = np.array(partners).mean(axis=0)
            spots = np.clip(middle + np.array([(0.0, 0.0), *AROUND]), LOW, HIGH)
        else:
            spots = _grid() if len(graph[code]) else _row()
        places[code] = _roomiest(spots, taken)


def _roomiest(spots: Any, taken: Any) -> Place:
    """Return the first spot with elbow room, or the one with the most room."""
    gaps = np.sqrt(((spots[:, None] - taken[None]) ** 2).sum(axis=2)).min(axis=1)
    roomy = np.flatnonzero(gaps >= 0.8 * ELBOW)
    best = roomy[0] if len(roomy) else gaps.argmax()
    x, y = spots[best]
    return round(float(x), 1), round(float(y), 1)


def _grid() -> Any:
    """Return spots all over the picture, from the middle outwards."""
    xs, ys = np.meshgrid(np.linspace(LOW[0], HIGH[0], 19), np.linspace(LOW[1], HIGH[1], 15))
    spots = np.column_stack((xs.ravel(), ys.ravel()))
    return spots[np.argsort(np.abs(spots - (WIDTH / 2, HEIGHT / 2)).sum(axis=1), kind="stable")]


def _row() -> Any:
    """Return spots for those who stand alone: along the lower edge, then above it."""
    return np.array(
        [
            (x, y)
            for y in np.arange(HEIGHT - BOTTOM, HEIGHT / 2, -ELBOW / 2)
            for x in np.linspace(SIDE, WIDTH - SIDE, 11)
        ]
    )


def _with_less_stress(
    graph: "nx.Graph[str]", order: list[str], points: Any, low: Any, high: Any
) -> Any:
    number = {code: place for place, code in enumerate(order)}
    edges = [(number[a], number[b]) for a, b in graph.edges]
    steps = np.array(igraph.Graph(len(order), edges).distances(), dtype=float)
    reached = np.isfinite(steps) & (steps > 0)
    if not reached.any():
        return points
    steps = np.where(reached, steps, 1.0)
    weights = np.where(reached, steps**-2.0, 0.0)
    sums = weights.sum(axis=1)
    tied = sums > 0
    for _ in range(STEPS):
        ways = points[:, None] - points[None]
        lengths = np.maximum(np.sqrt((ways**2).sum(axis=2)), 1e-6)
        unit = (weights * lengths * steps).sum() / (weights * steps**2).sum()
        pulled = points[None] + ways * (unit * steps / lengths)[:, :, None]
        wish = (weights[:, :, None] * pulled).sum(axis=1)
        moved = points.copy()
        moved[tied] = wish[tied] / sums[tied, None]
        points = np.clip(moved, low, high)
    return points
