"""The network as shapes and labels, ready to be drawn as SVG. Pure geometry."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from networks.layout import HEIGHT, WIDTH, Place
from networks.network import Node
from networks.tying import State, Tie

FONT, LARGE = 17, 30  # sizes of labels: on wide and on narrow screens
CHARACTER = 0.56  # its usual width, in font sizes
GROWN = 1.8  # how much larger organisations are drawn on narrow screens

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
) -> Drawing:
    """Draw those with the most ties first, as their labels matter most."""
    shrink = min(1.0, (70 / max(len(nodes), 1)) ** 0.5)
    order = sorted(nodes, key=lambda code: (-degree[code], code))
    radius = {code: round((5 + 3 * degree[code] ** 0.5) * shrink + 1, 1) for code in order}
    taken = [_around(places[code], radius[code]) for code in order]
    large: list[Box] = []
    ties = list(ties)
    partners: dict[str, list[Place]] = {code: [] for code in nodes}
    for tie in ties:
        partners[tie.a].append(places[tie.b])
        partners[tie.b].append(places[tie.a])
    marks = []
    for code in order:
        x, y = places[code]
        label = called(nodes[code])
        spot, is_free = _spot((x, y), radius[code], label, taken, partners[code])
        taken.append(_label(spot, label, FONT))
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
    place: Place, r: float, label: str, taken: list[Box], partners: list[Place]
) -> tuple[Place, bool]:
    """Find room for a label, off the node's own ties if possible; else it stays hidden."""
    x, y = place
    aside = r + 6 + len(label) * FONT * CHARACTER / 2
    over, under, half = -r - 6, r + 16, aside * 0.6
    best: Place | None = None
    fewest = len(partners) + 1
    for dx, dy in (
        (0, under), (0, over), (aside, 5), (-aside, 5),
        (half, under), (-half, under), (half, over), (-half, over), (0, under + 14),
    ):  # fmt: skip
        box = _label((x + dx, y + dy), label, FONT)
        inside = box[0] >= 0 and box[2] <= WIDTH and box[1] >= 0 and box[3] <= HEIGHT
        if not inside or _hits(box, taken, but=_around(place, r)):
            continue
        crossed = sum(_crosses(place, partner, box) for partner in partners)
        if crossed < fewest:
            best, fewest = (round(x + dx, 1), round(y + dy, 1)), crossed
    if best:
        return best, True
    edge = len(label) * FONT * CHARACTER / 2
    return (round(min(max(x, edge), WIDTH - edge), 1), round(y + r + 16, 1)), False


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
