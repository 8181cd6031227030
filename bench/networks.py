"""How long networks take, in CPU time: `python -m bench.networks`, or from bin/bench.

The module run alone also tells of each measure beside networkx, in turns, up to 2,000
organisations; beyond, its betweenness alone takes minutes.
"""

import math
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from multiprocessing import get_context
from resource import RUSAGE_SELF, getrusage
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
SIZES = (1_000, 10_000, 50_000)


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


def growth() -> Iterator[tuple[str, float, str]]:
    """Tell how all measures grow from 1,000 to 50,000 organisations, in time and memory.

    Each size has a process of its own, so that nothing is in its memory but itself.
    """
    seconds = {}
    for size in SIZES:
        with get_context("spawn").Pool(1) as alone:
            seconds[size], memory = alone.apply(_measured_alone, (size,))
        yield f"measures of {size:,}, grown", seconds[size], "s"
        yield f"  memory of them and of {5 * size:,} ties", memory, "MB"
    for less, more in pairwise(SIZES):
        exponent = math.log(seconds[more] / seconds[less]) / math.log(more / less)
        yield f"  exponent of growth from {less:,} to {more:,}", exponent, ""
    ours, theirs = map(sum, zip(*beside_networkx(1000).values(), strict=True))
    yield "networkx for the measures of 1,000 that it has", theirs / ours, "x"


def _measured_alone(size: int) -> tuple[float, float]:
    """Return CPU seconds for all measures, and the megabytes that they and the graph take."""
    measured(_network(20))
    before, graph = _peak(), _network(size)
    sectors = {node: "abcd"[int(node) % 4] for node in graph}
    return _seconds(partial(measured, graph, sectors)), _peak() - before


def _peak() -> float:
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


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
    for name, figure, unit in growth():
        print(f"{name}: {figure:.2f} {unit}")
    for size in (200, 2000):
        for name, (ours, theirs) in beside_networkx(size).items():
            times = f"{ours:.4f} s, networkx {theirs:.4f} s"
            print(f"{name} of {size:,}: {times}, {theirs / max(ours, 1e-6):.1f} times")
