"""How wide a label will be, measured in the widest of the fonts that browsers use."""

import unicodedata
from functools import cache, lru_cache

from PIL import ImageFont

from core.pictures import FONTS

FINE = 100  # the size at which is measured
RISE, FALL = 0.93, 0.24  # how far letters reach above and below their line, in sizes
WIDE = {"W", "F"}  # letters of other scripts, which stand in a square
MORE = "…"

Box = tuple[float, float, float, float]  # left, top, right, bottom


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide *text* is at most when it is written in this *size*."""
    return _width(text, bold) * size / FINE


def shortened(text: str, size: float, most: float, *, bold: bool = False) -> str:
    """Return *text*, cut where it would be wider than *most*."""
    text = " ".join(text.split())
    if width(text, size, bold=bold) <= most:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + MORE, size, bold=bold) <= most:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + MORE


def box(x: float, y: float, text: str, size: float, *, bold: bool = False) -> Box:
    """Return the room that a label takes whose line has its middle at *x*, *y*."""
    half = width(text, size, bold=bold) / 2
    return x - half, y - RISE * size, x + half, y + FALL * size


@lru_cache(maxsize=20_000)
def _width(text: str, bold: bool) -> float:
    square = sum(unicodedata.east_asian_width(letter) in WIDE for letter in text)
    return max(_font(bold).getlength(text), FINE * square) + 0.04 * FINE


@cache
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS[bold], FINE, layout_engine=ImageFont.Layout.BASIC)
