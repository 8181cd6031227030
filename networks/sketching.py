"""The picture of a large network as numbers, for a browser that draws it itself."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from networks.drawing import Arrow, Drawing, Line
from networks.network import Node
from networks.tying import State
from people.models import Sector

SECTORS = [*Sector]
PLAIN, UNKNOWN, ONE_SIDED = range(3)  # how a tie is drawn
THICKNESSES = 3


def sketch(
    drawing: Drawing, called: Callable[[Node], str], known_as: Callable[[Node], str]
) -> bytes:
    """Return the picture as JSON.

    *called* says by what name the reader may know a node, *known_as* what stands for it in
    an address.
    Ties come in a list for each look: the steps from one first end to the next, each
    followed by the second end. That is small on the wire.
    """
    at = {mark.node.code: number for number, mark in enumerate(drawing.marks)}
    full = {at[m.node.code]: called(m.node) for m in drawing.marks if m.label != called(m.node)}
    found: dict[str, Any] = {
        "codes": [known_as(mark.node) for mark in drawing.marks],
        "names": [mark.label for mark in drawing.marks],
        "full": full,
        "places": [number for mark in drawing.marks for number in (mark.x, mark.y, mark.r)],
        "sectors": [_sector(mark.node) for mark in drawing.marks],
        "silent": [at[mark.node.code] for mark in drawing.marks if not mark.node.answered],
        "ties": _ties(drawing.lines, at),
        "wishes": _ends(drawing.wishes, at),
        "recorded": _ends(drawing.recorded, at),
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _sector(node: Node) -> int:
    return SECTORS.index(Sector(node.sector)) if node.sector in SECTORS else -1


def _ties(lines: Iterable[Line], at: dict[str, int]) -> dict[int, list[int]]:
    looks: dict[int, list[tuple[int, int]]] = {}
    for line in lines:
        ends = at[line.tie.a], at[line.tie.b]
        form = PLAIN
        if line.is_unknown:
            form = UNKNOWN
        elif line.tie.state == State.ONE_SIDED:
            form = ONE_SIDED
            ends = ends if line.tie.forth else ends[::-1]
        looks.setdefault(THICKNESSES * form + line.weight - 1, []).append(ends)
    return {look: _steps(sorted(pairs)) for look, pairs in sorted(looks.items())}


def _steps(pairs: list[tuple[int, int]]) -> list[int]:
    before, found = 0, []
    for first, second in pairs:
        found += [first - before, second]
        before = first
    return found


def _ends(arrows: Iterable[Arrow], at: dict[str, int]) -> list[int]:
    return _steps(sorted((at[each.source], at[each.target]) for each in arrows))
