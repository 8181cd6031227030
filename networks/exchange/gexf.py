"""GEXF 1.3, as Gephi keeps networks: https://gexf.net/schema.html"""

from collections.abc import Iterable, Iterator, Mapping
from xml.sax.saxutils import quoteattr

from core.xml import NotXml, listen
from networks.depicting import colour_of
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
from networks.exchange.plain import (
    AtLine,
    Gathering,
    PlainNetwork,
    Unreadable,
    as_number,
    one_line,
)

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">\n'
    '<graph defaultedgetype="{}" mode="static">'
)


def write(network: PlainNetwork) -> bytes:
    """Return the network as GEXF, with its sectors as colours and its places."""
    return "\n".join(_lines(network)).encode()


def _lines(network: PlainNetwork) -> Iterator[str]:
    yield HEAD.format("directed" if network.directed else "undirected")
    yield from _declared("node", NODE_FACTS)
    yield from _declared("edge", TIE_FACTS)
    yield "<nodes>"
    for node in network.nodes:
        yield f"<node id={quoteattr(node.id)} label={quoteattr(node.label)}>"
        yield _values(NODE_FACTS, facts_of_node(node))
        colour = colour_of(node.sector)
        red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
        yield f'<viz:color r="{red}" g="{green}" b="{blue}"/>'
        if node.place:  # y grows upwards there, and z is asked for by some readers
            x, y = node.place
            yield f'<viz:position x="{x:.2f}" y="{-y:.2f}" z="0.0"/>'
        yield "</node>"
    yield "</nodes>\n<edges>"
    for number, tie in enumerate(network.ties):
        kind = "directed" if tie.directed else "undirected"
        yield (
            f'<edge id="{number}" source={quoteattr(tie.source)} '
            f'target={quoteattr(tie.target)} type="{kind}" weight="{as_number(tie.weight)}">'
        )
        yield f"{_values(TIE_FACTS, facts_of_tie(tie))}</edge>"
    yield "</edges>\n</graph>\n</gexf>\n"


def _declared(whose: str, names: Iterable[str]) -> Iterator[str]:
    yield f'<attributes class="{whose}">'
    for name in names:
        yield f'<attribute id="{name}" title="{name}" type="{type_of(name)}"/>'
    yield "</attributes>"


def _values(names: Iterable[str], facts: Mapping[str, object]) -> str:
    values = "".join(
        f'<attvalue for="{name}" value={quoteattr(str(facts[name]))}/>'
        for name in names
        if name in facts
    )
    return f"<attvalues>{values}</attvalues>"


def read(content: bytes) -> PlainNetwork:
    """Return the network in a GEXF file of any version.

    :raise Unreadable: when it is none
    """
    reader = _Reader()
    try:
        listen(content, reader.begin, reader.end)
    except NotXml as error:
        raise AtLine(line=error.args[0], kind="GEXF") from error
    if not reader.is_gexf:
        raise Unreadable(kind="GEXF")
    return reader.found.network()


class _Reader:
    """Hears what stands in the file, in its order."""

    def __init__(self) -> None:
        self.found = Gathering()
        self.is_gexf = False
        self._directed = False
        self._class = ""
        self._titles: dict[tuple[str, str], str] = {}
        self._usual: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        self._attribute = ""
        self._nodes: list[tuple[Mapping[str, str], dict[str, str], int]] = []
        self._edge: tuple[Mapping[str, str], dict[str, str], int] | None = None

    def begin(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        match name:
            case "graph":
                self.is_gexf = True
                self._directed = attributes.get("defaultedgetype") in ("directed", "mutual")
            case "attributes":
                self._class = attributes.get("class", "")
            case "attribute":
                self._attribute = attributes.get("id", "")
                title = attributes.get("title", self._attribute)
                self._titles[self._class, self._attribute] = column(title)
            case "node":
                usual = dict(self._usual["node"])
                self._nodes.append((attributes, usual, line))
            case "edge":
                self._edge = attributes, dict(self._usual["edge"]), line
            case "attvalue":
                self._hear(attributes)

    def end(self, name: str, text: str, line: int) -> None:
        if name == "default" and self._class in self._usual:
            title = self._titles.get((self._class, self._attribute), "")
            self._usual[self._class][title] = one_line(text)
        elif name == "node" and self._nodes:
            attributes, facts, begun = self._nodes.pop()
            facts = {**facts, "label": attributes.get("label", "")}
            self.found.node(node_from(attributes.get("id", ""), facts, begun), begun)
        elif name == "edge" and self._edge:
            attributes, facts, begun = self._edge
            self._edge = None
            if weight := attributes.get("weight"):
                facts["weight"] = weight
            told = attributes.get("type") or ("directed" if self._directed else "")
            ends = attributes.get("source", ""), attributes.get("target", "")
            self.found.tie(
                tie_from(*ends, facts, begun, told != "" and told != "undirected"), begun
            )

    def _hear(self, attributes: Mapping[str, str]) -> None:
        which = attributes.get("for") or attributes.get("id", "")
        value = attributes.get("value", "")
        if self._edge:
            self._edge[1][self._titles.get(("edge", which), column(which))] = value
        elif self._nodes:
            self._nodes[-1][1][self._titles.get(("node", which), column(which))] = value
