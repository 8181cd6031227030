"""Our files as Gephi Lite reads them: with the parsers of graphology, in a browser."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from networks.exchange.exporting import WRITERS
from tests.networks.exchange.plainly import plain
from tests.networks.exchange.test_other_tools import NAMES

SCRIPTS = ["graphology.umd.min.js", "graphology-library.min.js"]
READ = """([format, text]) => {
    const found = graphologyLibrary[format].parse(graphology, text);
    return {
        nodes: found.mapNodes((id, facts) => [id, facts.label, facts.sector, facts.x, facts.y]),
        edges: found.mapEdges((id, facts, a, b) => [a, b, facts.weight, facts.kinds]),
        type: found.type,
    };
}"""


@pytest.mark.parametrize("format", ["gexf", "graphml"])
def test_graphology_reads_names_places_and_ties(browser: Browser, format: str) -> None:
    plainly = plain(NAMES)
    placed = tuple(replace(node, place=(1.5, -2.0)) for node in plainly.nodes)
    network = replace(plainly, nodes=placed)
    page = browser.new_page()
    for script in SCRIPTS:
        page.add_script_tag(path=Path("tests/vendor", script))
    found = page.evaluate(READ, [format, WRITERS[format](network).decode()])
    page.close()
    place = [1.5, 2.0] if format == "gexf" else [None, None]
    assert found["nodes"] == [
        [node.id, node.label, "economy", *place] for node in network.nodes
    ]
    assert found["edges"] == [
        [tie.source, tie.target, 2, "rooms; Räume"] for tie in network.ties
    ]
    assert found["type"] == "undirected"
