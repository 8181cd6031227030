"""Looking at a network from one organisation, and at the part that lies in some localities."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

import networkx as nx

from networks.layout import HEIGHT, WIDTH, Place
from networks.network import Network, Node
from networks.tying import Tie

MIDDLE = WIDTH / 2, HEIGHT / 2
RINGS = {1: ((0.36, 0.4),), 2: ((0.21, 0.23), (0.42, 0.45))}  # in widths and heights


def within(network: Network, localities: Collection[str], audience: str) -> Network:
    """Return the part of *network* that lies in *localities*, as *audience* may know it.

    Where an organisation lies may give away its name.
    """
    if not localities:
        return network
    nodes = {
        code: node
        for code, node in network.nodes.items()
        if node.locality in localities and node.is_named_for(audience)
    }
    return replace(network, nodes=nodes, ties=_between(network, nodes))


def around(network: Network, graph: "nx.Graph[str]", ego: str, steps: int) -> Network:
    """Return the part of *network* that *ego* reaches in so many steps."""
    reached = nx.single_source_shortest_path_length(graph, ego, cutoff=steps)
    nodes = {code: node for code, node in network.nodes.items() if code in reached}
    return replace(network, nodes=nodes, ties=_between(network, nodes))


def rings(
    graph: "nx.Graph[str]", ego: str, steps: int, places: Mapping[str, Place]
) -> dict[str, Place]:
    """Return places around *ego*: partners on the inner ring, their partners on the outer.

    On a ring everyone keeps the direction in which they stood, as far as there is room.
    """
    reached = nx.single_source_shortest_path_length(graph, ego, cutoff=steps)
    found = {ego: MIDDLE}
    angles: dict[str, float] = {}
    for ring, (wide, high) in enumerate(RINGS[steps], 1):
        members = [code for code, step in reached.items() if step == ring]
        if ring == 1:
            wished = {code: _angle(places[ego], places[code]) for code in members}
        else:
            wished = {
                code: _mean(angles[each] for each in graph[code] if each in angles)
                for code in members
            }
        for code, angle in _apart(wished).items():
            angles[code] = angle
            found[code] = (
                round(MIDDLE[0] + wide * WIDTH * math.cos(angle), 1),
                round(MIDDLE[1] + high * HEIGHT * math.sin(angle), 1),
            )
    return found


def beside(
    order: Iterable[Node], ego: str, called: Callable[[Node], str]
) -> tuple[Node | None, Node | None]:
    """Return who comes before and after *ego* by the names that the reader sees."""
    by_name = sorted(order, key=lambda node: (called(node).casefold(), node.code))
    codes = [node.code for node in by_name]
    if ego not in codes or len(codes) < 2:
        return None, None
    at = codes.index(ego)
    return by_name[at - 1], by_name[(at + 1) % len(codes)]


def _between(network: Network, nodes: Collection[str]) -> list[Tie]:
    return [each for each in network.ties if each.a in nodes and each.b in nodes]


def _angle(middle: Place, place: Place) -> float:
    return math.atan2(place[1] - middle[1], place[0] - middle[0])


def _mean(angles: Iterable[float]) -> float:
    known = list(angles)
    return math.atan2(sum(map(math.sin, known)), sum(map(math.cos, known)))


def _apart(wished: Mapping[str, float]) -> dict[str, float]:
    """Spread directions evenly, turned so that they stay as near as can be to the wished."""
    order = sorted(wished, key=lambda code: (wished[code], code))
    step = 2 * math.pi / max(len(order), 1)
    turn = _mean(wished[code] - number * step for number, code in enumerate(order))
    return {code: turn + number * step for number, code in enumerate(order)}
