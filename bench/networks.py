"""How long networks take, in CPU time: `python -m bench.networks`, or from bin/bench.

The module run alone also measures what networkx takes for the same, in turns, up to 2,000
organisations; beyond, its betweenness alone takes minutes.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import networkx as nx
from networkx.algorithms.link_analysis import pagerank_alg

from networks import measures
from networks.layout import layout
from networks.measuring import measured

GOALS = {
    "measures of 200": 0.3, "layout of 200": 3.0,
    "measures of 10,000": 12.0, "layout of 10,000": 3.0,
}  # fmt: skip


def bench_networks() -> dict[str, float]:
    """Return seconds for all measures and the layout of 200 and of 10,000 organisations."""
    measured(_network(20))  # so that nobody waits for libraries to load
    found = {}
    for size in (200, 10_000):
        graph = _network(size)
        sectors = {node: "abcd"[int(node) % 4] for node in graph}
        found[f"measures of {size:,}"] = _seconds(partial(measured, graph, sectors))
        found[f"layout of {size:,}"] = _seconds(partial(layout, graph))
    return found


def by_measure(size: int) -> dict[str, float]:
    """Return seconds for each measure alone, to see which one is slow."""
    graph = _network(size)
    names = ("strength", "betweenness", "closeness", "eigenvector", "pagerank", "constraint")
    more = ("effective_size", "core", "community", "transitivity", "cut_points", "bridges")
    return {name: _seconds(partial(getattr(measures, name), graph)) for name in (*names, *more)}


_walked: Any = vars(pagerank_alg)["_pagerank_python"]  # the public one asks for scipy
BESIDE: dict[str, Callable[..., object]] = {
    "betweenness": nx.betweenness_centrality, "closeness": nx.closeness_centrality,
    "constraint": lambda graph: nx.constraint(graph, nodes=list(graph)),
    "effective_size": lambda graph: nx.effective_size(graph, nodes=list(graph)),
    "pagerank": partial(_walked, tol=1e-12, max_iter=999, weight=None), "core": nx.core_number,
    "transitivity": nx.transitivity,
    "cut_points": lambda graph: list(nx.articulation_points(graph)),
    "bridges": lambda graph: list(nx.bridges(graph)),
    "community": lambda graph: nx.community.louvain_communities(graph, seed=1),
}  # fmt: skip


def beside_networkx(size: int) -> dict[str, tuple[float, float]]:
    """Return our seconds and those of networkx for each measure, measured in turns."""
    graph = _network(size)
    return {
        name: (_seconds(partial(getattr(measures, name), graph)), _seconds(partial(act, graph)))
        for name, act in BESIDE.items()
    }


def _network(size: int) -> "nx.Graph[str]":
    """Five ties for each newcomer, rather to those who have many: as in real registers."""
    return nx.relabel_nodes(nx.barabasi_albert_graph(size, 5, seed=1), str)


def _seconds(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


if __name__ == "__main__":
    for name, seconds in bench_networks().items():
        print(f"{name}: {seconds:.2f} s (goal {GOALS[name]} s)")
    for size in (200, 2000):
        for name, (ours, theirs) in beside_networkx(size).items():
            times = f"{ours:.4f} s, networkx {theirs:.4f} s"
            print(f"{name} of {size:,}: {times}, {theirs / max(ours, 1e-6):.1f} times")
