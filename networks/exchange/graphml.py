"""GraphML, which most libraries of graphs read: http://graphml.graphdrawing.org"""

from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from core.errors import message
from core.xml import NotXml, listen
from networks.exchange.attributes import (
    NODE_FACTS,
    TIE_FACTS,
    column,
    facts_of_node,
    facts_of_tie,
    node_from,
    tie_from,
    type_of,
)
from networks.exchange.plain import AtLine, Gathering, PlainNetwork, Unreadable, as_number

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
)
TYPES = {"integer": "int", "double": "double", "string": "string"}


class Hyperedge(AtLine):
    reason = message("Line %(line)s: a tie between more than two cannot be read.")


def write(network: PlainNetwork) -> bytes:
    """Return the network as GraphML."""
    return "\n".join(_lines(network)).encode()


def _lines(network: PlainNetwork) -> Iterator[str]:
    yield HEAD
    yield from _declared("node", ("label", *NODE_FACTS))
    yield from _declared("edge", ("weight", *TIE_FACTS))
    default = "directed" if network.directed else "undirected"
    yield f'<graph edgedefault="{default}">'
    for node in network.nodes:
        facts = {"label": node.label, **facts_of_node(node)}
        yield f"<node id={quoteattr(node.id)}>{_values('node', facts)}</node>"
    for tie in network.ties:
        facts = {"weight": as_number(tie.weight), **facts_of_tie(tie)}
        ends = f"source={quoteattr(tie.source)} target={quoteattr(tie.target)}"
        mixed = ' directed="false"' if network.directed and not tie.directed else ""
        yield f"<edge {ends}{mixed}>{_values('edge', facts)}</edge>"
    yield "</graph>\n</graphml>\n"


def _declared(whose: str, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        kind = "double" if name == "weight" else TYPES[type_of(name)]
        yield (
            f'<key id="{whose}-{name}" for="{whose}" attr.name="{name}" attr.type="{kind}"/>'
        )


def _values(whose: str, facts: Mapping[str, object]) -> str:
    return "".join(
        f'<data key="{whose}-{name}">{escape(str(value))}</data>'
        for name, value in facts.items()
    )


def read(content: bytes) -> PlainNetwork:
    """Return the network in a GraphML file, also as yEd writes it.

    :raise Unreadable: when it is none
    """
    reader = _Reader()
    try:
        listen(content, reader.begin, reader.end)
    except NotXml as error:
        raise AtLine(line=error.args[0], kind="GraphML") from error
    if not reader.is_graphml:
        raise Unreadable(kind="GraphML")
    return reader.found.network()


class _Reader:
    """Hears what stands in the file, in its order."""

    def __init__(self) -> None:
        self.found = Gathering()
        self.is_graphml = False
        self._directed = False
        self._names: dict[str, str] = {}
        self._usual: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        self._key: Mapping[str, str] = {}
        self._open: list[tuple[Mapping[str, str], dict[str, str], int]] = []
        self._data = ""

    def begin(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        match name:
            case "graphml":
                self.is_graphml = True
            case "graph":
                self._directed = attributes.get("edgedefault") == "directed"
            case "key":
                self._key = attributes
                title = attributes.get("attr.name") or attributes.get("id", "")
                self._names[attributes.get("id", "")] = column(title)
            case "node" | "edge":
                self._open.append((attributes, dict(self._usual[name]), line))
            case "data":
                self._data = self._names.get(attributes.get("key", ""), "")
            case "hyperedge":
                raise Hyperedge(line=line)

    def end(self, name: str, text: str, line: int) -> None:
        match name:
            case "default":
                for whose in ("node", "edge"):
                    if self._key.get("for", "all") in (whose, "all"):
                        title = self._names[self._key.get("id", "")]
                        self._usual[whose][title] = text
            case "NodeLabel" if self._open:
                self._open[-1][1].setdefault("label", text)
            case "data" if self._open:
                self._open[-1][1][self._data] = text
            case "node":
                attributes, facts, begun = self._open.pop()
                self.found.node(node_from(attributes.get("id", ""), facts, begun), begun)
            case "edge":
                attributes, facts, begun = self._open.pop()
                directed = attributes.get("directed", str(self._directed)).lower() == "true"
                ends = attributes.get("source", ""), attributes.get("target", "")
                self.found.tie(tie_from(*ends, facts, begun, directed), begun)
