"""The wall as a picture: columns of cards, text broken into lines, drawn by ourselves.

Texts from the right are anchored at their right edge. A program that heeds ``direction``
calls that end the start; one that does not (for PNG) calls it the end.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from html import escape
from textwrap import wrap

from core.xml import clean
from workshop.minutes.composing import Card, Question, Wall

CARD, GAP, EDGE, PAD = 250, 14, 28, 12  # in pixels
LINE, SIZE, SMALL = 20, 15, 13
IN_LINE, IN_SMALL = 24, 31  # characters that fit into a line of a card
ACROSS = 4  # columns beside each other
LONG = 6  # cards that a column holds before it is broken into several
DOTS = 400_000  # of a picture, before it is drawn twice as large
COLOURS = ("#fdf1b8", "#cfe6f5", "#d5ebd0", "#f8d7d3")  # of the cards of each question
INK, QUIET, BOARD, MARK = "#1c2b2a", "#51605e", "#e3d3b5", "#b8860b"
FAMILY = "Noto Sans, DejaVu Sans, Noto Sans Arabic, sans-serif"


def as_svg(wall: Wall, title: str, *, heeds_direction: bool = True, dots: int = 0) -> str:
    """Draw *wall* as SVG of shapes and text alone, as large as it is or of so many *dots*."""
    columns = _columns(wall)
    heights = [0.0] * min(len(columns), ACROSS) or [0.0]
    wins = _winners(wall)
    drawn: list[str] = []
    top = EDGE + 40.0
    for heading, colour, cards in columns:
        place = heights.index(min(heights))
        x = EDGE + place * (CARD + 2 * GAP)
        y = top + heights[place]
        column = _Column(x, y, heeds_direction)
        column.head(heading)
        for card in cards:
            column.card(card, COLOURS[colour], card.key in wins)
        drawn += column.drawn
        heights[place] = column.y - top + 2 * GAP
    width = 2 * EDGE + len(heights) * (CARD + 2 * GAP) - 2 * GAP
    height = top + max(heights) + EDGE
    scale = min(1.0, (dots / width / height) ** 0.5) if dots else 1.0
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * scale:.0f}" '
        f'height="{height * scale:.0f}" role="img" viewBox="0 0 {width:.0f} {height:.0f}">'
    )
    name = escape(clean(title))
    board = f'<rect width="{width:.0f}" height="{height:.0f}" fill="{BOARD}"/>'
    group = f'<g font-family="{FAMILY}">'
    big = _text(EDGE, EDGE + 12, width - 2 * EDGE, clean(title), 20, heeds_direction, bold=True)
    ends = ["</g>", "</svg>", ""]
    return "\n".join([head, f"<title>{name}</title>", board, group, big, *drawn, *ends])


def as_png(wall: Wall, title: str) -> bytes:
    """Draw *wall* as PNG, twice as large as the SVG."""
    from core.pictures import as_png  # noqa: PLC0415 - heavy

    return as_png(as_svg(wall, title, heeds_direction=False, dots=DOTS))


class _Column:
    """Cards below each other."""

    def __init__(self, x: float, y: float, heeds_direction: bool) -> None:
        self.x, self.y, self.drawn = x, y, list[str]()
        self._heeds = heeds_direction

    def head(self, text: str) -> None:
        for line in wrap(clean(text), IN_LINE) or [""]:
            self.y += LINE
            self.drawn.append(_text(self.x, self.y, CARD, line, SIZE, self._heeds, bold=True))
        self.y += GAP

    def card(self, card: Card, colour: str, wins: bool) -> None:
        said = [(line, SIZE, True, INK) for line in wrap(clean(card.title), IN_LINE)]
        said += [(line, SMALL, False, INK) for line in wrap(clean(card.text), IN_SMALL)]
        said += [(line, SMALL, False, QUIET) for line in wrap(clean(card.author), IN_SMALL)]
        height = len(said) * LINE + 2 * PAD
        edge = f' stroke="{MARK}" stroke-width="4"' if wins else ""
        self.drawn.append(
            f'<rect x="{self.x}" y="{self.y:.0f}" width="{CARD}" height="{height}" rx="3" '
            f'fill="{colour}"{edge}/>'
        )
        y = self.y + PAD - 5
        for line, size, bold, fill in said:
            y += LINE
            place = self.x + PAD, y, CARD - 2 * PAD
            self.drawn.append(_text(*place, line, size, self._heeds, bold=bold, fill=fill))
        self.y += height + GAP


def _columns(wall: Wall) -> list[tuple[str, int, Sequence[Card]]]:
    """Return columns for each cluster and for what is in none; long ones are broken."""
    most = max(LONG, -(-len(wall.cards) // ACROSS))
    return [column for question in wall.questions for column in _of_question(question, most)]


def _of_question(question: Question, most: int) -> Iterator[tuple[str, int, Sequence[Card]]]:
    for cluster in dict.fromkeys(card.cluster for card in question.cards):
        cards = [card for card in question.cards if card.cluster == cluster]
        for start in range(0, len(cards), most):
            heading = "…" if start else cluster or question.text
            yield heading, question.colour, cards[start : start + most]
    if not question.cards:
        yield question.text, question.colour, []


def _winners(wall: Wall) -> set[str]:
    places = wall.votes[-1].places if wall.votes else []
    return {place.option.key for place in places if place.wins}


def _text(
    x: float, y: float, width: float, text: str, size: int, heeds: bool,
    *, bold: bool = False, fill: str = INK,
) -> str:  # fmt: skip
    weight = ' font-weight="700"' if bold else ""
    where = f'x="{x:.0f}"'
    if is_from_right(text):
        how = 'direction="rtl"' if heeds else 'text-anchor="end"'
        where = f'x="{x + width:.0f}" {how}'
    look = f'y="{y:.0f}" font-size="{size}" fill="{fill}"{weight}'
    return f"<text {where} {look}>{escape(text)}</text>"


def is_from_right(text: str) -> bool:
    """Tell whether *text* runs from the right: as its first letter does."""
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in {"R", "AL"} for kind in kinds if kind in {"L", "R", "AL"}), False)
