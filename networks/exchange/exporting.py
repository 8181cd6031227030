"""A network into a file of any kind. The same network is the same file, byte for byte."""

from collections.abc import Callable, Mapping

from core.pictures import as_png
from networks.analysing import Analysis
from networks.depicting import Say, depict
from networks.drawing import draw
from networks.exchange import dl, gexf, graphml, kumu, pajek, tables
from networks.exchange.outgoing import outgoing
from networks.exchange.plain import PlainNetwork
from networks.layout import Place

WRITERS: Mapping[str, Callable[[PlainNetwork], bytes]] = {
    "xlsx": tables.write_xlsx,
    "csv": tables.write,
    "gexf": gexf.write,
    "graphml": graphml.write,
    "kumu": kumu.write,
    "pajek": pajek.write,
    "dl": dl.write,
}


def export(
    format: str,
    analysis: Analysis,
    places: Mapping[str, Place],
    audience: str,
    language: str,
    say: Say,
    wave: str = "",
) -> bytes:
    """Return a file of a kind of ``KINDS_OF_FILE``, with the names that *audience* may see.

    A picture has a key in words that *say* translates.
    """
    if format in WRITERS:
        return WRITERS[format](outgoing(analysis, places, audience, language, wave))
    part = analysis.network
    drawing = draw(
        part.nodes, part.ties, places, analysis.degree,
        lambda node: node.called_shortly(audience, language),
    )  # fmt: skip
    svg = depict(drawing, "", say)
    return as_png(svg) if format == "png" else svg.encode()
