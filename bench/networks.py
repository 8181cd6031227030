"""How long networks take: `python -m bench.networks`, or `bench_networks()` from bin/bench."""

import time
from collections.abc import Callable
from functools import partial

import networkx as nx

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
        found[f"measures of {size:,}"] = _seconds(partial(measured, graph))
        found[f"layout of {size:,}"] = _seconds(partial(layout, graph))
    return found


def by_measure(size: int) -> dict[str, float]:
    """Return seconds for each measure alone, to see which one is slow."""
    graph = _network(size)
    names = ("betweenness", "closeness", "eigenvector", "pagerank", "constraint")
    more = ("effective_size", "core", "community", "transitivity")
    return {name: _seconds(partial(getattr(measures, name), graph)) for name in (*names, *more)}


def _network(size: int) -> "nx.Graph[str]":
    """Five ties for each newcomer, rather to those who have many: as in real registers."""
    return nx.relabel_nodes(nx.barabasi_albert_graph(size, 5, seed=1), str)


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    for name, seconds in bench_networks().items():
        print(f"{name}: {seconds:.2f} s (goal {GOALS[name]} s)")
