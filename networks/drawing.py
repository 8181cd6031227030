"""The network as shapes and labels, ready to be drawn as SVG. Pure geometry."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from networks.layout import HEIGHT, WIDTH, Place
from networks.network import Node
from networks.tying import State, Tie

FONT, LARGE = 17, 30  # sizes of labels: on wide and on narrow screens
CHOSEN_FONT, HALO = 22, 9  # of the one chosen, which stands on a yellow halo
CHARACTER = 0.57  # its usual width, in font sizes
MANY, FEW = 400, 60  # beyond so many organisations only so few are labelled
RANK = 0.4  # how many crossed ties a better place for a label is worth
GROWN = 1.6  # how much larger organisations are drawn on narrow screens

Box = tuple[float, float, float, float]  # left, top, right, bottom


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


@dataclass(frozen=True)
class Drawing:
    """A picture of the network in 1000 x 760."""

    marks: list[Mark]
    lines: list[Line]


def draw(
    nodes: Mapping[str, Node],
    ties: Iterable[Tie],
    places: Mapping[str, Place],
    degree: Mapping[str, int],
    called: Callable[[Node], str],
    chosen: str = "",
) -> Drawing:
    """Draw the chosen one first, then those with the most ties: their labels matter most."""
    shrink = min(1.0, (70 / max(len(nodes), 1)) ** 0.5)
    order = sorted(nodes, key=lambda code: (code != chosen, -degree[code], code))
    radius = {code: round((5 + 3 * degree[code] ** 0.5) * shrink + 1, 1) for code in order}
    is_crowded = len(nodes) > MANY
    around = [_around(places[code], radius[code] + HALO * (code == chosen)) for code in order]
    taken = [] if is_crowded else around  # in a crowd, labels keep off each other only
    large: list[Box] = []
    ties = list(ties)
    partners: dict[str, list[Place]] = {code: [] for code in nodes}
    for tie in ties:
        partners[tie.a].append(places[tie.b])
        partners[tie.b].append(places[tie.a])
    marks: list[Mark] = []
    tries = FEW if is_crowded else len(nodes)
    for code in order:
        x, y = places[code]
        label = called(nodes[code])
        halo, font = (HALO, CHOSEN_FONT) if code == chosen else (0, FONT)
        r = radius[code] + halo
        room = taken if len(marks) < tries else None
        spot, is_free = _spot((x, y), r, label, room, partners[code], font)
        taken.append(_label(spot, label, font))
        at = _large_spot((x, y), radius[code], label)
        fits = (
            degree[code] > 1 and len(large) < 8 and not _hits(_label(at, label, LARGE), large)
        )
        if fits:
            large.append(_label(at, label, LARGE))
        spot_large = at if fits else None
        marks.append(
            Mark(
                nodes[code], degree[code], x, y, radius[code], label, *spot, is_free, spot_large
            )
        )
    return Drawing(marks, [Line(tie, *places[tie.a], *places[tie.b]) for tie in ties])


def _spot(
    place: Place,
    r: float,
    label: str,
    taken: list[Box] | None,
    partners: list[Place],
    font: int,
) -> tuple[Place, bool]:
    """Find room for a label, off the node's own ties if possible; else it stays hidden."""
    x, y = place
    width = len(label) * font * CHARACTER / 2
    over, under, aside = -r - 6, r + 16, r + 6 + width
    inward = min(max(x, width), WIDTH - width) - x
    spots = (
        (inward, under), (inward, over), (aside, 5), (-aside, 5),
        (aside * 0.6, under), (-aside * 0.6, under), (aside * 0.6, over), (-aside * 0.6, over),
        (inward, under + 14), (inward, over - 14),
    )  # fmt: skip
    best, least = (round(x + inward, 1), round(y + under, 1)), math.inf
    for rank, (dx, dy) in enumerate(spots if taken is not None else ()):
        box = _label((x + dx, y + dy), label, font)
        inside = box[0] > -1 and box[2] < WIDTH + 1 and box[1] >= 0 and box[3] <= HEIGHT
        if not inside or _hits(box, taken or (), but=_around(place, r)):
            continue
        cost = RANK * rank + sum(_crosses(place, partner, box) for partner in partners)
        if cost < least:
            best, least = (round(x + dx, 1), round(y + dy, 1)), cost
    return best, least < math.inf


def _large_spot(place: Place, r: float, label: str) -> Place:
    """Return where a large label stands: below, and wholly within the picture."""
    edge = min(len(label) * LARGE * CHARACTER / 2, WIDTH / 2)
    x = min(max(place[0], edge), WIDTH - edge)
    return round(x, 1), round(place[1] + GROWN * r + LARGE * 0.85, 1)


def _crosses(place: Place, partner: Place, box: Box) -> bool:
    """Tell whether the line from *place* to *partner* runs through a label."""
    steps = [step / 24 for step in range(25)]
    return any(
        box[0] < place[0] + step * (partner[0] - place[0]) < box[2]
        and box[1] < place[1] + step * (partner[1] - place[1]) < box[3]
        for step in steps
    )


def _label(spot: Place, label: str, size: int) -> Box:
    half = len(label) * size * CHARACTER / 2
    return spot[0] - half, spot[1] - size * 0.8, spot[0] + half, spot[1] + size * 0.25


def _around(place: Place, r: float) -> Box:
    return place[0] - r, place[1] - r, place[0] + r, place[1] + r


def _hits(box: Box, others: Iterable[Box], but: Box | None = None) -> bool:
    return any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for other in others
        if other != but
    )
