"""A picture as a file of its own, which brings its colours and its key along."""

from collections.abc import Callable, Iterable
from xml.sax.saxutils import escape, quoteattr

from core.xml import clean
from networks.drawing import CHOSEN_FONT, FONT, HALO, Arrow, Drawing, Line, Mark
from networks.layout import HEIGHT, WIDTH
from networks.tying import UNSAID
from networks.words import NOT_SHOWN, SECTORS, STRENGTHS
from people.models import Sector

COLOURS = {
    Sector.ECONOMY: "#2a5fa5",
    Sector.SOCIETY: "#c8622a",
    Sector.POLITICS: "#7d3c78",
    Sector.SCIENCE: "#6c9138",
}
SHAPES = {  # around 0, 0, with a radius of 1
    Sector.ECONOMY: "-.9,-.9 .9,-.9 .9,.9 -.9,.9",
    Sector.POLITICS: "-1,0 -.5,-.87 .5,-.87 1,0 .5,.87 -.5,.87",
    Sector.SCIENCE: "0,-1.1 1.1,0 0,1.1 -1.1,0",
}
INK, EDGE, GREEN, YELLOW, OTHER = "#1c2b2a", "#8a8f8c", "#1d5c4a", "#f3cf45", "#444444"
THICK = (1.25, 2.25, 4.0)
KEY = 54.0  # height of the two lines below the picture that say what is what
LETTER = 7.5  # how wide one is there, about
KEYED = {sector: SECTORS[sector] for sector in COLOURS}
Say = Callable[[str], str]


def depict(drawing: Drawing, chosen: str, say: Say) -> str:
    """Return *drawing* as SVG, with a key in words that *say* translates."""
    height = HEIGHT + KEY
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:g}" '
            f'width="{WIDTH:g}" height="{height:g}" font-family="DejaVu Sans, sans-serif" '
            f'font-size="{drawing.font:g}" text-anchor="middle" fill="{INK}">',
            f'<rect width="{WIDTH:g}" height="{height:g}" fill="#fff"/>',
            *map(_line, drawing.lines),
            *(_arrow(each, EDGE, ' stroke-dasharray="8 4"') for each in drawing.recorded),
            *(_arrow(each, GREEN) for each in drawing.wishes),
            *(part for mark in drawing.marks for part in _shape(mark, chosen)),
            *(_text(mark, chosen, drawing.font) for mark in drawing.marks if mark.labelled),
            *_key(drawing, say),
            "</svg>\n",
        )
    )


def colour_of(sector: str) -> str:
    return next((colour for code, colour in COLOURS.items() if code == sector), OTHER)


def _line(line: Line) -> str:
    dots = ' stroke-dasharray="1 5" stroke-linecap="round"' if line.is_unknown else ""
    drawn = (
        f'<line x1="{line.x1}" y1="{line.y1}" x2="{line.x2}" y2="{line.y2}" '
        f'stroke="{EDGE}" stroke-width="{THICK[line.weight - 1]}"{dots}/>'
    )
    head = f'<path d="{line.head}" fill="none" stroke="{EDGE}" stroke-width="1.5"/>'
    return drawn + head if line.head else drawn


def _arrow(arrow: Arrow, colour: str, more: str = "") -> str:
    return f'<path d="{arrow.path}" fill="none" stroke="{colour}" stroke-width="1.5"{more}/>'


def _shape(mark: Mark, chosen: str) -> Iterable[str]:
    if mark.node.code == chosen:
        yield f'<circle cx="{mark.x}" cy="{mark.y}" r="{mark.r + HALO - 1}" fill="{YELLOW}"/>'
    yield _symbol(mark.node.sector, mark.x, mark.y, mark.r)


def _symbol(sector: str, x: float, y: float, r: float) -> str:
    place = f'transform="translate({x} {y}) scale({r})"'
    colour = colour_of(sector)
    points = next((text for code, text in SHAPES.items() if code == sector), "")
    if points:
        return f'<polygon points="{points}" {place} fill="{colour}"/>'
    return f'<circle r="1" {place} fill="{colour}"/>'


def _text(mark: Mark, chosen: str, font: float) -> str:
    place = f"x={quoteattr(str(mark.label_x))} y={quoteattr(str(mark.label_y))}"
    halo = 'stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
    large = f' font-size="{font * CHOSEN_FONT / FONT:.4g}" font-weight="bold"'
    size = large if mark.node.code == chosen else ""
    return f"<text {place}{size} {halo}>{escape(clean(mark.label))}</text>"


def _key(drawing: Drawing, say: Say) -> Iterable[str]:
    """Say below the picture which shape is which sector, and which line how close."""
    y = HEIGHT + 14
    for number, (sector, text) in enumerate(KEYED.items()):
        x = 24 + number * 165
        yield _symbol(sector, x, y, 6)
        yield _word(x + 12, y, say(text))
    left, y = 24.0, y + 22
    for weight, text in legend(drawing.lines, say):
        yield (
            f'<line x1="{left:g}" y1="{y}" x2="{left + 24:g}" y2="{y}" stroke="{INK}" '
            f'stroke-width="{THICK[weight - 1]}"/>'
        )
        yield _word(left + 30, y, text)
        left += 54 + LETTER * len(text)


def legend(lines: Iterable[Line], say: Say) -> list[tuple[int, str]]:
    """Return how thick which strengths are drawn; only those that are known here."""
    found: dict[int, list[str]] = {}
    known = {each.tie.strength for each in lines}
    for strength in [*sorted(known - {UNSAID}), *(known & {UNSAID})]:
        found.setdefault(max(strength, 1), []).append(say((STRENGTHS | NOT_SHOWN)[strength]))
    return [(weight, " / ".join(words)) for weight, words in sorted(found.items())]


def _word(x: float, y: float, text: str) -> str:
    return (
        f'<text x="{x:g}" y="{y + 4}" font-size="12" text-anchor="start">{escape(text)}</text>'
    )
