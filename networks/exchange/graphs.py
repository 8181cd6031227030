"""A network from a file as networkx knows it, to be measured."""

import networkx as nx

from networks.exchange.plain import PlainNetwork


def graph_of(network: PlainNetwork, *, directed: bool = False) -> "nx.Graph[str]":
    """Return the graph of a network; of several ties between two, the last one weighs.

    A tie of ours that no answer knows of is no part of it, as on our pages.
    """
    graph: nx.Graph[str] = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(node.id for node in network.nodes)
    for tie in network.ties:
        if tie.is_recorded:
            continue
        graph.add_edge(tie.source, tie.target, weight=tie.weight)
        if directed and not tie.directed and network.directed:
            graph.add_edge(tie.target, tie.source, weight=tie.weight)
    return graph


def sectors_of(network: PlainNetwork) -> dict[str, str] | None:
    """Return the sector of each node, if the file tells any."""
    return {node.id: node.sector for node in network.nodes if node.sector} or None
