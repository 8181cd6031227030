"""The network as a file for other tools: GEXF, GraphML, CSV tables, and a picture.

Whatever an organisation is called, the file is well-formed; names stand in it only for the
audience that may see them.
"""

import csv
import io
import math
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import networkx as nx

from core.pictures import as_png
from core.xml import clean
from networks.analysing import NODE_MEASURES, Analysis
from networks.drawing import FONT, Drawing, Mark, draw
from networks.layout import HEIGHT, WIDTH, Place
from networks.network import Node

KINDS_OF_FILE = {
    "gexf": ("gexf", "application/xml"),
    "graphml": ("graphml", "application/xml"),
    "csv": ("zip", "application/zip"),
    "svg": ("svg", "image/svg+xml"),
    "png": ("png", "image/png"),
}
COLOURS = {
    "economy": "#2a5fa5",
    "society": "#c8622a",
    "politics": "#7d3c78",
    "science": "#6c9138",
}
SHAPES = {  # around 0, 0, with a radius of 1
    "economy": "-.9,-.9 .9,-.9 .9,.9 -.9,.9",
    "politics": "-1,0 -.5,-.87 .5,-.87 1,0 .5,.87 -.5,.87",
    "science": "0,-1.1 1.1,0 0,1.1 -1.1,0",
}
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same network, the same file


def export(
    format: str, analysis: Analysis, places: Mapping[str, Place], audience: str, language: str
) -> bytes:
    """Return the content of a file in *format*, one of ``KINDS_OF_FILE``."""
    match format:
        case "gexf":
            return _xml(nx.generate_gexf(_labelled(analysis, audience, language)))
        case "graphml":
            return _xml(nx.generate_graphml(_labelled(analysis, audience, language)))
        case "csv":
            return _zip(_tables(analysis, audience, language))
        case "png":
            return as_png(picture(analysis, places, audience, language))
        case _:
            return picture(analysis, places, audience, language).encode()


def picture(
    analysis: Analysis, places: Mapping[str, Place], audience: str, language: str
) -> str:
    """Return the picture as a file of its own, which brings its colours along."""
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


def _labelled(analysis: Analysis, audience: str, language: str) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    for code, node in analysis.network.nodes.items():
        graph.add_node(code, label=clean(node.called(audience, language)), **_facts(node))
        known = {name: value for name, value in analysis.each[code].items() if value == value}
        graph.nodes[code].update(known)
    for a, b, tie in analysis.graph.edges(data=True):
        kinds = clean(tie["kinds"])
        graph.add_edge(a, b, weight=float(tie["weight"]), state=tie["state"], kinds=kinds)
    return graph


def _facts(node: Node) -> dict[str, Any]:
    return {
        "sector": clean(node.sector),
        "kind": clean(node.kind),
        "answered": int(node.answered),
        "registered": int(node.registered),
    }


def _xml(lines: Iterable[str]) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n").encode()


def _tables(analysis: Analysis, audience: str, language: str) -> dict[str, list[list[Any]]]:
    network = analysis.network
    everyone = network.nodes | network.silent
    facts = ["sector", "kind", "answered", "registered"]
    nodes: list[list[Any]] = [["id", "label", *facts, *NODE_MEASURES]]
    for code, node in everyone.items():
        measured = analysis.each.get(code, {})
        values = [measured.get(name, "") for name in NODE_MEASURES]
        nodes.append([code, node.called(audience, language), *_facts(node).values(), *values])
    ties = [
        ["source", "target", "state", "strength", "kinds", "named_by_source", "named_by_target"]
    ]
    for tie in network.ties:
        said = [int(tie.forth is not None), int(tie.back is not None)]
        ties.append([tie.a, tie.b, tie.state, tie.strength or "", " ".join(tie.kinds), *said])  # type: ignore[list-item]
    wishes = [["source", "target"], *([wish.source, wish.target] for wish in network.wishes)]
    return {"nodes.csv": nodes, "edges.csv": ties, "wishes.csv": wishes}


def _zip(tables: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            text = io.StringIO()
            csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
            archive.writestr(zipfile.ZipInfo(name, EPOCH), text.getvalue().encode("utf-8-sig"))
    return packed.getvalue()


def _cell(value: Any) -> Any:
    """Return a cell in which a spreadsheet computes nothing."""
    if isinstance(value, float) and math.isnan(value):
        return ""
    if isinstance(value, str):
        text = " ".join(clean(value).split())
        return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
    return value


def _lines(drawing: Drawing) -> list[str]:
    dots = ' stroke-dasharray="2 5" stroke-linecap="round"'
    return [
        f'<line x1="{line.x1}" y1="{line.y1}" x2="{line.x2}" y2="{line.y2}" stroke="#8a8f8c" '
        f'stroke-width="{(1.25, 2.25, 4)[line.weight - 1]}"{dots if line.is_unknown else ""}/>'
        for line in drawing.lines
    ]


def _shape(mark: Mark) -> Iterable[str]:
    place = f'transform="translate({mark.x} {mark.y}) scale({mark.r})"'
    colour = COLOURS.get(mark.node.sector, "#444")
    if points := SHAPES.get(mark.node.sector):
        yield f'<polygon points="{points}" {place} fill="{colour}"/>'
    else:
        yield f'<circle r="1" {place} fill="{colour}"/>'


def _text(mark: Mark) -> str:
    place = f"x={quoteattr(str(mark.label_x))} y={quoteattr(str(mark.label_y))}"
    halo = 'stroke="#fff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
    return f"<text {place} {halo}>{escape(mark.label)}</text>"
