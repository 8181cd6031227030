"""A schematic map of the thirteen localities of Pankow, drawn by ourselves.

The middle of each locality is public knowledge; the picture keeps how they lie to each
other, in kilometres, and nothing else of a map.
"""

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from networks import lettering
from networks.drawing import FONT
from networks.labelling import Room, Wanted
from networks.layout import HEIGHT, WIDTH, Place
from networks.network import Network, Node
from people.places import CENTRES

NORTH, EAST = 52.5875, 13.4315  # the middle of the picture
SCALE = 64.0  # per kilometre
KILOMETRES = 111.2, 111.2 * math.cos(math.radians(NORTH))  # of a degree
SMALLEST, LARGEST, WIDEST = 12.0, 36.0, 14.0
NUMBER = 14.0  # size of the number on a band
SHARES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)  # where on a band it may stand


@dataclass(frozen=True)
class Spot:
    """A locality on the map, with how many organisations lie in it."""

    code: str
    x: float
    y: float
    r: float
    count: int
    inside: int  # ties between organisations of the locality
    label: str
    label_x: float
    label_y: float


@dataclass(frozen=True)
class Band:
    """The ties between two localities."""

    one: str
    other: str
    ties: int
    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    number: Place | None  # where its number stands, if there is room


@dataclass(frozen=True)
class Map:
    """The localities and what connects them; *elsewhere* lie in none, or nobody may know."""

    spots: list[Spot]
    bands: list[Band]
    elsewhere: int


def centre(code: str) -> Place:
    """Return where a locality lies in 1000 x 760, north above."""
    north, east = CENTRES[code]
    x = WIDTH / 2 + (east - EAST) * KILOMETRES[1] * SCALE
    y = HEIGHT / 2 - (north - NORTH) * KILOMETRES[0] * SCALE
    return round(x, 1), round(y, 1)


def map_of(network: Network, audience: str, called: Callable[[str], str]) -> Map:
    """Return the map of a network, with what *audience* may know of each organisation."""

    def locality(node: Node) -> str:
        known = node.locality in CENTRES and node.is_named_for(audience)
        return node.locality if known else ""

    where = {code: locality(node) for code, node in network.nodes.items()}
    counts = Counter(where.values())
    between: Counter[tuple[str, str]] = Counter()
    for tie in network.ties:
        one, other = sorted((where[tie.a], where[tie.b]))
        if one and other:
            between[one, other] += 1
    spots = _spots(counts, between, called)
    return Map(spots, _bands(between, spots), counts[""])


def _bands(between: Counter[tuple[str, str]], spots: list[Spot]) -> list[Band]:
    """Draw the ties between two localities, the most first, with numbers where is room."""
    taken = [_around((spot.x, spot.y), spot.r) for spot in spots]
    taken += [lettering.box(spot.label_x, spot.label_y, spot.label, FONT) for spot in spots]
    apart = [each for each in between.items() if each[0][0] != each[0][1]]
    most = max((ties for _, ties in apart), default=1)
    bands = []
    for (one, other), ties in sorted(apart, key=lambda each: (-each[1], each[0])):
        (x1, y1), (x2, y2) = centre(one), centre(other)
        number = None
        for share in SHARES:
            x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1) + 5
            box = lettering.box(x, y, str(ties), NUMBER, bold=True)
            if not any(_touch(box, each) for each in taken):
                number = round(x, 1), round(y, 1)
                taken.append(box)
                break
        width = 1.5 + WIDEST * ties / most
        bands.append(Band(one, other, ties, x1, y1, x2, y2, round(width, 1), number))
    return bands


def _spots(
    counts: Counter[str], between: Counter[tuple[str, str]], called: Callable[[str], str]
) -> list[Spot]:
    largest = max((counts[code] for code in CENTRES), default=0) or 1
    radius = {
        code: round(max(SMALLEST, LARGEST * (counts[code] / largest) ** 0.5), 1)
        for code in CENTRES
    }
    order = sorted(CENTRES, key=lambda code: (-counts[code], code))
    marks = [_around(centre(code), radius[code]) for code in order]
    room, spots = Room(WIDTH, HEIGHT, marks), []
    for number, code in enumerate(order):
        text = called(code)
        wanted = Wanted(text, *centre(code), radius[code], FONT)
        at = room.take(wanted, number, strict=False) or room.below(wanted)
        numbers = counts[code], between[code, code]
        spots.append(Spot(code, *centre(code), radius[code], *numbers, text, *at))
    return spots


def _touch(one: lettering.Box, other: lettering.Box) -> bool:
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]


def _around(place: Place, r: float) -> lettering.Box:
    return place[0] - r, place[1] - r, place[0] + r, place[1] + r
