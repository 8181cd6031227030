"""The network as networkx knows it: organisations are nodes, never persons.

There are two views of one network: ties without direction, on which most measures rest,
and arcs, one for every nomination, on which reciprocity rests.
"""

from collections.abc import Iterable

import networkx as nx

from networks.tying import Tie


def build(sectors: dict[str, str], ties: Iterable[Tie]) -> "nx.Graph[str]":
    """Return the graph of *ties*; *sectors* tells its nodes, by their codes.

    The weight of a tie is its strength; where nobody said it, it counts as loose.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from((code, {"sector": sector}) for code, sector in sectors.items())
    for tie in ties:
        graph.add_edge(
            tie.a,
            tie.b,
            weight=tie.strength or 1,
            state=tie.state.value,
            kinds=" ".join(tie.kinds),
        )
    return graph


def arcs(ties: Iterable[Tie]) -> "nx.DiGraph[str]":
    """Return the graph of who named whom."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for tie in ties:
        if tie.forth:
            graph.add_edge(tie.a, tie.b)
        if tie.back:
            graph.add_edge(tie.b, tie.a)
    return graph
