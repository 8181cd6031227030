"""Where the localities of Pankow lie, to say how far apart two of them are."""

from math import asin, cos, radians, sin, sqrt

EARTH = 6371.0  # km
CENTRES: dict[str, tuple[float, float]] = {  # degrees north and east, about the middle
    "prenzlauer_berg": (52.539, 13.424),
    "weissensee": (52.555, 13.463),
    "blankenburg": (52.593, 13.454),
    "heinersdorf": (52.573, 13.437),
    "karow": (52.609, 13.481),
    "malchow": (52.571, 13.474),
    "pankow": (52.567, 13.403),
    "blankenfelde": (52.617, 13.390),
    "buch": (52.633, 13.497),
    "franz_buchholz": (52.605, 13.432),
    "niederschoenhausen": (52.585, 13.402),
    "rosenthal": (52.600, 13.377),
    "wilhelmsruh": (52.587, 13.366),
}


def kilometres(one: str, other: str) -> float | None:
    """Return how far the middles of two localities are apart; nothing where one is unknown.

    Great-circle distance by the haversine formula.
    """
    if one not in CENTRES or other not in CENTRES:
        return None
    (lat, lon), (lat_, lon_) = CENTRES[one], CENTRES[other]
    north, east = radians(lat_ - lat) / 2, radians(lon_ - lon) / 2
    half = sin(north) ** 2 + cos(radians(lat)) * cos(radians(lat_)) * sin(east) ** 2
    return 2 * EARTH * asin(sqrt(half))
