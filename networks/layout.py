"""Where every organisation stands in the picture: the same network, the same picture.

Each part of the network is laid out for itself and packed beside the others; who has no
tie stands in a row below. All start from fixed places, and what chance adds is the same
each time.
"""

import math
from collections.abc import Mapping
from typing import Any

import igraph
import networkx as nx
import numpy as np

from networks.measures.ground import same_chance

WIDTH, HEIGHT = 1000.0, 760.0
SIDE, TOP, BOTTOM = 70.0, 40.0, 38.0  # room for labels
ROW = 74.0  # height of a row of those who stand alone
CAREFUL = 250  # up to this size, springs for every pair, and nobody steps on another's foot
ELBOW = 84.0  # how far apart two should stand
GOLDEN = math.pi * (3 - math.sqrt(5))

Place = tuple[float, float]
Box = tuple[float, float, float, float]


def layout(graph: "nx.Graph[str]") -> dict[str, Place]:
    """Return a place in 1000 x 760 for every node."""
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    alone = sorted(min(part) for part in parts if len(part) == 1)
    groups = [sorted(part) for part in parts if len(part) > 1]
    per_row = 10 if len(alone) <= 30 else math.ceil(len(alone) / 3)
    rows = math.ceil(len(alone) / per_row)
    row_height = min(ROW, HEIGHT / 4 / max(rows, 1))
    floor = HEIGHT - BOTTOM - rows * row_height
    places: dict[str, Place] = {}
    for group, box in zip(groups, _boxes([len(group) for group in groups], floor), strict=True):
        places |= _fit(group, _spread(graph.subgraph(group), group), box)
    for number, code in enumerate(alone):
        row, column = divmod(number, per_row)
        step = (WIDTH - 2 * SIDE) / max(per_row - 1, 9)
        places[code] = round(SIDE + column * step, 1), round(floor + (row + 1) * row_height, 1)
    return _apart(places)


def _apart(places: dict[str, Place]) -> dict[str, Place]:
    """Move who stands where another stands already, as at the border of two parts."""
    taken: set[Place] = set()
    for code, (x, y) in places.items():
        while (x, y) in taken:
            y = round(y - 9, 1)
        places[code] = x, y
        taken.add((x, y))
    return places


def _boxes(sizes: list[int], floor: float) -> list[Box]:
    """Give every part a box (x, y, width, height), in rows, the largest first."""
    if not sizes:
        return []
    widths = [math.sqrt(size) for size in sizes]
    shelf = max(widths[0], math.sqrt(sum(sizes)) * 1.15)
    rows: list[list[int]] = [[]]
    for number, width in enumerate(widths):
        if rows[-1] and sum(widths[i] for i in rows[-1]) + width > shelf * 1.001:
            rows.append([])
        rows[-1].append(number)
    heights = [max(widths[i] for i in row) for row in rows]
    unit = (floor - TOP) / sum(heights)
    boxes: list[Box] = []
    y = TOP
    for row, height in zip(rows, heights, strict=True):
        share = (WIDTH - 2 * SIDE) / sum(widths[i] for i in row)
        x = SIDE
        for i in row:
            boxes.append((x, y, widths[i] * share, height * unit))
            x += widths[i] * share
        y += height * unit
    return boxes


def _spread(part: "nx.Graph[str]", order: list[str]) -> Any:
    """Lay out one part in a plane of its own."""
    place = {code: number for number, code in enumerate(order)}
    edges = sorted(tuple(sorted((place[a], place[b]))) for a, b in part.edges)
    drawn = igraph.Graph(len(order), edges)
    if len(order) <= CAREFUL:
        return np.array(drawn.layout_kamada_kawai(maxiter=60 * len(order)).coords)
    start = [
        (math.sqrt(i) * math.cos(i * GOLDEN), math.sqrt(i) * math.sin(i * GOLDEN))
        for i in range(len(order))
    ]
    steps = 300 if len(order) < 3000 else 60
    with same_chance():
        found = drawn.layout_fruchterman_reingold(seed=start, niter=steps, grid=True)
    return np.array(found.coords)


def _fit(group: list[str], points: Any, box: Box) -> Mapping[str, Place]:
    """Turn the longer side of a part along its box, and fill it."""
    x, y, width, height = box
    points = points - points.mean(axis=0)
    if len(group) > 2:
        _, _, axes = np.linalg.svd(points, full_matrices=False)
        axes *= np.sign(axes[np.arange(2), np.abs(axes).argmax(axis=1)])[:, None]
        points = points @ axes.T
    low, high = points.min(axis=0), points.max(axis=0)
    extent = np.where(high - low > 1e-9, high - low, 1.0)
    room = np.array([width, height]) * (1.0 if len(group) > 5 else 0.6)
    corner = np.array([x, y]) + (np.array([width, height]) - room) / 2
    middle = np.where(high - low > 1e-9, 0.0, 0.5)
    placed = corner + ((points - low) / extent + middle) * room
    if len(group) <= CAREFUL:
        placed = with_elbow_room(placed, corner, corner + room)
    return {
        code: (round(float(a), 1), round(float(b), 1))
        for code, (a, b) in zip(group, placed, strict=True)
    }


def with_elbow_room(points: Any, low: Any, high: Any) -> Any:
    """Push those apart who stand too close for their labels."""
    area = float(np.prod(np.atleast_2d(high).max(axis=0) - np.atleast_2d(low).min(axis=0)))
    wish = min(ELBOW, 0.8 * math.sqrt(area / len(points)))
    wide = np.array([1.0, 1.25])  # labels are wide: better one above the other
    for _ in range(120):
        across, down = (np.subtract.outer(axis, axis) for axis in (points * wide).T)
        distance = np.sqrt(across * across + down * down)
        np.fill_diagonal(distance, np.inf)
        push = np.maximum(wish / np.maximum(distance, 1e-6) - 1, 0)
        if not push.any():
            break
        step = np.stack(((across * push).sum(axis=1), (down * push).sum(axis=1)), axis=1)
        points = np.clip(points + 0.25 * step, low, high)
    return points
