"""The picture of a network as a file of its own, which brings its colours along."""

from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from core.xml import clean
from networks.analysing import Analysis
from networks.drawing import FONT, Drawing, Mark, draw
from networks.layout import HEIGHT, WIDTH, Place
from networks.network import Node

COLOURS = {
    "economy": "#2a5fa5",
    "society": "#c8622a",
    "politics": "#7d3c78",
    "science": "#6c9138",
}
OTHERWISE = "#444444"
SHAPES = {  # around 0, 0, with a radius of 1
    "economy": "-.9,-.9 .9,-.9 .9,.9 -.9,.9",
    "politics": "-1,0 -.5,-.87 .5,-.87 1,0 .5,.87 -.5,.87",
    "science": "0,-1.1 1.1,0 0,1.1 -1.1,0",
}


def picture(
    analysis: Analysis, places: Mapping[str, Place], audience: str, language: str
) -> str:
    """Return the picture as SVG, with the names that *audience* may see."""
    nodes, ties = analysis.network.nodes, analysis.network.ties

    def called(node: Node) -> str:
        return clean(node.called_shortly(audience, language))

    drawing = draw(nodes, ties, places, analysis.degree, called)
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" '
            f'font-family="sans-serif" font-size="{FONT}" text-anchor="middle">',
            f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="#fff"/>',
            *_lines(drawing),
            *(part for mark in drawing.marks for part in _shape(mark)),
            *(_text(mark) for mark in drawing.marks if mark.labelled),
            "</svg>\n",
        )
    )


def _lines(drawing: Drawing) -> list[str]:
    dots = ' stroke-dasharray="2 5" stroke-linecap="round"'
    return [
        f'<line x1="{line.x1}" y1="{line.y1}" x2="{line.x2}" y2="{line.y2}" stroke="#8a8f8c" '
        f'stroke-width="{(1.25, 2.25, 4)[line.weight - 1]}"{dots if line.is_unknown else ""}/>'
        for line in drawing.lines
    ]


def _shape(mark: Mark) -> Iterable[str]:
    place = f'transform="translate({mark.x} {mark.y}) scale({mark.r})"'
    colour = COLOURS.get(mark.node.sector, OTHERWISE)
    if points := SHAPES.get(mark.node.sector):
        yield f'<polygon points="{points}" {place} fill="{colour}"/>'
    else:
        yield f'<circle r="1" {place} fill="{colour}"/>'


def _text(mark: Mark) -> str:
    place = f"x={quoteattr(str(mark.label_x))} y={quoteattr(str(mark.label_y))}"
    halo = 'stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
    return f"<text {place} {halo}>{escape(mark.label)}</text>"
