"""The network as shapes, lines and labels, ready to be drawn as SVG. Pure geometry."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from networks import lettering
from networks.labelling import Room, Wanted
from networks.layout import HEIGHT, WIDTH, Place
from networks.network import Node
from networks.tying import State, Tie

FONT, LARGE = 17.0, 30.0  # sizes of labels: on wide and on narrow screens
CHOSEN_FONT, CHOSEN_LARGE, HALO = 20.0, 34.0, 9.0  # of the one chosen, on a yellow halo
MANY, FEW = 400, 60  # beyond so many organisations only so few are labelled
CLEAR = 80  # up to so many, labels on narrow screens cover no mark either
FIRST = 8  # so many labels there are at most on narrow screens
LONGEST, LONGEST_LARGE = 330.0, 520.0  # how wide a label may be
GROWN = 1.6  # how much larger organisations are drawn on narrow screens
HEAD = 7.0  # length of the head of an arrow


@dataclass(frozen=True)
class Mark:
    """An organisation in the picture, with its label if there was room for one."""

    node: Node
    degree: int
    x: float
    y: float
    r: float
    label: str
    label_x: float
    label_y: float
    labelled: bool
    large: Place | None  # where its label stands on narrow screens, if there is room
    large_label: str = ""


@dataclass(frozen=True)
class Line:
    """A tie in the picture."""

    tie: Tie
    x1: float
    y1: float
    x2: float
    y2: float

    @property
    def weight(self) -> int:
        """How thick it is drawn, from 1; when nobody said how close it is, thin."""
        return max(self.tie.strength, 1)

    @property
    def is_unknown(self) -> bool:
        return self.tie.state == State.UNKNOWN

    @property
    def head(self) -> str:
        """Return the arrow of a tie that one side names only, towards the other; or nothing."""
        if self.tie.state != State.ONE_SIDED:
            return ""
        start, end = (self.x1, self.y1), (self.x2, self.y2)
        if not self.tie.forth:
            start, end = end, start
        return _chevron(start, end, 0.56)


@dataclass(frozen=True)
class Arrow:
    """A wish, or a tie that was recorded elsewhere, between the rims of two marks."""

    source: str
    target: str
    path: str


@dataclass(frozen=True)
class Drawing:
    """A picture of the network in 1000 x 760."""

    marks: list[Mark]
    lines: list[Line]
    wishes: tuple[Arrow, ...] = ()
    recorded: tuple[Arrow, ...] = ()
    font: float = FONT


def draw(
    nodes: Mapping[str, Node],
    ties: Iterable[Tie],
    places: Mapping[str, Place],
    degree: Mapping[str, int],
    called: Callable[[Node], str],
    chosen: str = "",
    *,
    font: float = FONT,
    wishes: Iterable[tuple[str, str]] = (),
    recorded: Iterable[tuple[str, str]] = (),
) -> Drawing:
    """Draw the chosen one first, then those with the most ties: their labels matter most."""
    shrink = min(1.0, (70 / max(len(nodes), 1)) ** 0.5)
    order = sorted(nodes, key=lambda code: (code != chosen, -degree[code], code))
    radius = {code: round((5 + 3 * degree[code] ** 0.5) * shrink + 1, 1) for code in order}
    ties = list(ties)
    partners: dict[str, list[Place]] = {code: [] for code in nodes}
    for tie in ties:
        partners[tie.a].append(places[tie.b])
        partners[tie.b].append(places[tie.a])
    near = {tie.other(chosen) for tie in ties if chosen in (tie.a, tie.b)}
    marks: list[Mark] = []
    rims = [(places[c], radius[c] + HALO * (c == chosen)) for c in order]
    # In a crowd, labels keep off each other only, as does that of the chosen one.
    room = Room(WIDTH, HEIGHT, [_around(*rim) for rim in rims])
    wide = [_around(place, GROWN * r) for place, r in rims]
    far = Room(WIDTH, HEIGHT, wide)
    tries, large = (FEW if len(nodes) > MANY else len(nodes)), 0
    for number, code in enumerate(order):
        (x, y), r = rims[number]
        bold = code == chosen or code in near
        size = font * CHOSEN_FONT / FONT if code == chosen else font
        label = called(nodes[code])
        cut = lettering.shortened(label, size, LONGEST, bold=bold)
        wanted = Wanted(cut, x, y, r, size, bold, tuple(partners[code]))
        is_strict = code != chosen and len(nodes) <= MANY
        spot = room.take(wanted, number, strict=is_strict) if number < tries else None
        at, large_label = None, ""
        if large < FIRST and (degree[code] > 1 or code == chosen):
            size = CHOSEN_LARGE if code == chosen else LARGE
            large_label = lettering.shortened(label, size, LONGEST_LARGE, bold=bold)
            wider = Wanted(large_label, x, y, GROWN * r, size, bold, tuple(partners[code]))
            is_clear = code != chosen and len(nodes) <= CLEAR
            at = far.take(wider, number, strict=is_clear)
            large += at is not None
        shown = spot or room.below(wanted)
        marks.append(
            Mark(
                nodes[code], degree[code], x, y, radius[code], cut, *shown,
                spot is not None, at, large_label if at else "",
            )
        )  # fmt: skip
    lines = [Line(tie, *places[tie.a], *places[tie.b]) for tie in ties]
    known = dict(zip(order, rims, strict=True))
    drawn = [_arrows(pairs, places, known) for pairs in (wishes, recorded)]
    return Drawing(marks, lines, drawn[0], drawn[1], font)


def boxes(drawing: Drawing, chosen: str = "", font: float = FONT) -> list[lettering.Box]:
    """Return the room that every label takes which is shown on a wide screen."""
    near = {
        line.tie.other(chosen) for line in drawing.lines if chosen in (line.tie.a, line.tie.b)
    }
    return [
        lettering.box(
            mark.label_x, mark.label_y, mark.label,
            font * CHOSEN_FONT / FONT if mark.node.code == chosen else font,
            bold=mark.node.code == chosen or mark.node.code in near,
        )
        for mark in drawing.marks
        if mark.labelled
    ]  # fmt: skip


def _arrows(
    pairs: Iterable[tuple[str, str]],
    places: Mapping[str, Place],
    rims: Mapping[str, tuple[Place, float]],
) -> tuple[Arrow, ...]:
    """Draw an arrow for each pair whose ends are both in the picture."""
    found = []
    for source, target in pairs:
        if source in rims and target in rims and source != target:
            start, end = places[source], places[target]
            path = _between(start, end, rims[source][1], rims[target][1] + 2)
            found.append(Arrow(source, target, path))
    return tuple(found)


def _between(start: Place, end: Place, near: float, far: float) -> str:
    """Return a slightly bent way from rim to rim, so that it does not cover a tie."""
    (x1, y1), (x2, y2) = start, end
    length = max(math.hypot(x2 - x1, y2 - y1), 1e-6)
    ux, uy = (x2 - x1) / length, (y2 - y1) / length
    bend = min(28.0, length / 8)
    mx, my = (x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend
    a = _towards((x1, y1), (mx, my), near)
    b = _towards((x2, y2), (mx, my), far)
    left, right = _barbs(b, (b[0] - mx, b[1] - my))
    return (
        f"M{a[0]:.1f} {a[1]:.1f}Q{mx:.1f} {my:.1f} {b[0]:.1f} {b[1]:.1f}"
        f"M{left[0]:.1f} {left[1]:.1f}L{b[0]:.1f} {b[1]:.1f}L{right[0]:.1f} {right[1]:.1f}"
    )


def _chevron(start: Place, end: Place, share: float) -> str:
    (x1, y1), (x2, y2) = start, end
    tip = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
    left, right = _barbs(tip, (x2 - x1, y2 - y1))
    return (
        f"M{left[0]:.1f} {left[1]:.1f}L{tip[0]:.1f} {tip[1]:.1f}L{right[0]:.1f} {right[1]:.1f}"
    )


def _barbs(tip: Place, way: Place) -> tuple[Place, Place]:
    """Return the ends of an arrow's head whose tip goes along *way*."""
    angle = math.atan2(way[1], way[0])
    first, second = (
        (tip[0] - HEAD * math.cos(angle + turn), tip[1] - HEAD * math.sin(angle + turn))
        for turn in (0.5, -0.5)
    )
    return first, second


def _towards(start: Place, end: Place, step: float) -> Place:
    length = max(math.hypot(end[0] - start[0], end[1] - start[1]), 1e-6)
    share = min(step / length, 0.9)
    return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])


def _around(place: Place, r: float) -> lettering.Box:
    return place[0] - r, place[1] - r, place[0] + r, place[1] + r
