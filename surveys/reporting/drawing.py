"""Figures as pictures to take along: SVG of shapes and text alone, and the same as PNG.

Nothing in them needs a style sheet, a script or another file. Heavy where a PNG is drawn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from textwrap import wrap
from typing import Literal

from core.languages import direction_of, tag_of
from core.xml import clean
from surveys.reporting.figures import Figure, Row

WIDTH, EDGE, GAP = 760, 24, 8  # in pixels of the SVG
BAR, LINE, NUMBERS = 22, 20, 120
SHADES = ("#e9eff3", "#cfdde6", "#9dbccd", "#3f7692", "#1f4a63")
INK, QUIET, PAPER = "#1c2b2a", "#51605e", "#ffffff"
FAMILY = "Noto Sans, DejaVu Sans, Noto Sans Arabic, sans-serif"
CHARACTERS = 88  # of the usual width in a line of text
DRAWN = 64  # pictures that are kept

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True)
class Words:
    """A line of text; *y* is where it stands, *anchor* which of its ends *x* is."""

    x: float
    y: float
    text: str
    size: int = 15
    fill: str = INK
    bold: bool = False
    anchor: Anchor = "start"


@dataclass(frozen=True)
class Picture:
    """Shapes on a sheet as high as they need."""

    height: float
    shapes: tuple[Box | Words, ...]
    language: str


def lay_out(figure: Figure) -> Picture:
    """Place the title, the rows and what must be known of a figure below each other."""
    shapes: list[Box | Words] = []
    y = float(EDGE)
    for text in wrap(figure.title, 60) or [""]:
        y += 26
        shapes.append(Words(EDGE, y, text, 20, bold=True))
    y += GAP
    if figure.key:
        y += LINE
        shapes += _key(figure.key, y)
    for row in figure.drawn:
        y += GAP
        for text in wrap(row.label, CHARACTERS):
            y += LINE
            shapes.append(Words(EDGE, y, text))
        shapes += _bar(row, y + GAP / 2)
        y += BAR + GAP / 2
    y += GAP
    for note in (figure.n, *figure.filters, *figure.limits):
        for text in wrap(note, CHARACTERS + 12):
            y += LINE
            shapes.append(Words(EDGE, y, text, 13, QUIET))
    return _turned(Picture(y + EDGE, tuple(shapes), figure.language))


def as_svg(figure: Figure) -> str:
    """Draw *figure* as SVG text, which whoever shows it shapes."""
    return figure.svg or _svg(figure, direction_of(figure.language))


def _svg(figure: Figure, direction: Literal["ltr", "rtl"]) -> str:
    picture = lay_out(figure)
    size = f'width="{WIDTH}" height="{picture.height:.0f}"'
    language = escape(tag_of(picture.language))
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} '
        f'viewBox="0 0 {WIDTH} {picture.height:.0f}" xml:lang="{language}" '
        f'role="img">'
    )
    title = f"<title>{escape(clean(figure.title))}</title>"
    paper = f'<rect {size} fill="{PAPER}"/>'
    group = f'<g font-family="{FAMILY}" direction="{direction}">'
    return "\n".join(
        [head, title, paper, group, *_written(picture, direction), "</g>", "</svg>", ""]
    )


@lru_cache(DRAWN)
def as_png(figure: Figure) -> bytes:
    """Draw *figure* as PNG, twice as large as the SVG; the last ones drawn are kept."""
    from core.pictures import as_png  # noqa: PLC0415 - heavy

    return as_png(figure.svg or _svg(figure, "ltr"))


def _key(key: Sequence[tuple[str, int]], y: float) -> Iterator[Box | Words]:
    step = (WIDTH - 2 * EDGE) / len(key)
    for place, (text, shade) in enumerate(key):
        x = EDGE + place * step
        yield Box(x, y - 12, 14, 14, SHADES[shade])
        yield Words(x + 20, y, text[: int(step / 7)], 13, QUIET)


def _bar(row: Row, y: float) -> Iterator[Box | Words]:
    whole, x = WIDTH - 2 * EDGE - NUMBERS, float(EDGE)
    for part in row.parts:
        if part.share > 0:
            yield Box(x, y, whole * part.share, BAR, SHADES[part.shade])
        x += whole * part.share
    yield Box(EDGE, y + BAR, whole, 1, INK)
    yield Words(WIDTH - EDGE, y + BAR - 5, row.said, 14, bold=True, anchor="end")


def _turned(picture: Picture) -> Picture:
    """Mirror what is read from right to left; text that starts there still starts."""
    if direction_of(picture.language) == "ltr":
        return picture
    mirrored: list[Box | Words] = []
    for shape in picture.shapes:
        if isinstance(shape, Box):
            x = WIDTH - shape.x - shape.width
            mirrored.append(Box(x, shape.y, shape.width, shape.height, shape.fill))
        else:
            x, anchor = WIDTH - shape.x, OPPOSITE[shape.anchor]
            mirrored.append(
                Words(x, shape.y, shape.text, shape.size, shape.fill, shape.bold, anchor)
            )
    return Picture(picture.height, tuple(mirrored), picture.language)


OPPOSITE: dict[Anchor, Anchor] = {"start": "end", "middle": "middle", "end": "start"}


def _written(picture: Picture, direction: str) -> Iterator[str]:
    for shape in picture.shapes:
        if isinstance(shape, Box):
            yield (
                f'<rect x="{shape.x:.1f}" y="{shape.y:.1f}" width="{shape.width:.1f}" '
                f'height="{shape.height:.1f}" fill="{shape.fill}"/>'
            )
            continue
        # In text that runs from the right, "start" is its right end.
        anchor = OPPOSITE[shape.anchor] if direction == "rtl" else shape.anchor
        weight = ' font-weight="700"' if shape.bold else ""
        text = escape(clean(shape.text))
        yield (
            f'<text x="{shape.x:.1f}" y="{shape.y:.1f}" font-size="{shape.size}" '
            f'fill="{shape.fill}" text-anchor="{anchor}"{weight}>{text}</text>'
        )
