"""How near a measure comes to the truth when three in ten keep silent.

`python -m bench.silence` prints Spearman's ρ with the truth for each network and estimate:
as it was heard, reconstructed, and the mean of what the silent could have said; and how many
true values lie within the range. Networks of others are read when they lie beside the project.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import fmean
from typing import Any

import networkx as nx
import numpy as np

from networks import measures
from networks.missing import EACH, Silence, drawn
from networks.network import Network, Node
from networks.tying import Nomination, tie
from tests.networks.measures.graphs import beside, marriages, read

SHARE, SEEDS = 0.3, 30
Found = dict[str, float]


def networks() -> dict[str, Any]:
    """The networks of others as arcs; a tie without direction is told by both."""
    found = {"Florentine": marriages()} | {name: read(name) for name in beside()}
    return {name: nx.DiGraph(graph) for name, graph in found.items()}


def heard(arcs: Any, silent: set[str] | frozenset[str]) -> Network:
    """Return the network as it is known when the *silent* do not answer."""
    codes = [str(code) for code in arcs]
    told = [Nomination(str(a), str(b)) for a, b in arcs.edges if str(a) not in silent]
    speaking = set(codes) - silent
    ties = tie(told, speaking, codes)
    everyone = {code: Node(code, code, code, "", answered=code in speaking) for code in codes}
    named = speaking | {code for each in ties for code in (each.a, each.b)}
    return replace(
        Network(everyone, ties, asked=len(codes), answered=len(speaking)),
        nodes={code: node for code, node in everyone.items() if code in named},
        silent={code: node for code, node in everyone.items() if code not in named},
    )


def silences(arcs: Any, seeds: int = SEEDS) -> Iterator[set[str]]:
    codes = [str(code) for code in arcs]
    for seed in range(seeds):
        some = np.random.default_rng(seed).choice(len(codes), round(SHARE * len(codes)), False)
        yield {codes[number] for number in some}


def nearness(arcs: Any, measure: str, seeds: int = SEEDS) -> dict[str, float]:
    """Return the mean ρ of each estimate, and the share of true values in the range."""
    truth = Silence(heard(arcs, frozenset())).range_of(measure)
    found: dict[str, list[float]] = {"heard": [], "best": [], "within": []}
    for silent in silences(arcs, seeds):
        silence = Silence(heard(arcs, silent))
        ranges = silence.range_of(measure)
        plain = dict(zip(silence.codes, silence.told(measure), strict=True))
        defined = [code for code in truth if truth[code][1] == truth[code][1]]
        real = [truth[code][1] for code in defined]
        found["heard"].append(rho(real, [plain[code] for code in defined]))
        found["best"].append(rho(real, [ranges[code][1] for code in defined]))
        inside = [
            ranges[code][0] - 1e-9 <= truth[code][1] <= ranges[code][2] + 1e-9
            for code in defined
        ]
        found["within"].append(fmean(inside))
    return {name: fmean(values) for name, values in found.items()}


def by_arcs(arcs: Any, seeds: int = SEEDS) -> dict[str, float]:
    """The same for betweenness along arcs: kept, reconstructed, drawn."""
    table: Any = nx.to_numpy_array(arcs) > 0
    codes = [str(code) for code in arcs]
    truth = _between(table)
    found: dict[str, list[float]] = {"kept": [], "reconstructed": [], "drawn": []}
    for silent in silences(arcs, seeds):
        mute = np.array([code in silent for code in codes])
        told = table & ~mute[:, None]
        both = told.copy()
        both[mute] |= told[:, mute].T
        cases = drawn(told, mute, np.ones(len(codes), dtype=bool), 100)
        found["kept"].append(rho(truth, _between(told)))
        found["reconstructed"].append(rho(truth, _between(both)))
        found["drawn"].append(rho(truth, np.mean([_between(case) for case in cases], axis=0)))
    return {name: fmean(values) for name, values in found.items()}


def rho(some: Any, others: Any) -> float:
    """Return Spearman's rank correlation, with ties at their middle rank."""
    a, b = _ranks(some), _ranks(others)
    if not a.std() or not b.std():
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def _ranks(values: Any) -> Any:
    rounded = np.round(np.nan_to_num(np.array(values, dtype=float)), 9)
    _, place, counts = np.unique(rounded, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[place]


def _between(table: Any) -> list[float]:
    graph: Any = nx.DiGraph()
    graph.add_nodes_from(range(len(table)))
    graph.add_edges_from(map(tuple, np.argwhere(table).tolist()))
    return [*measures.betweenness(graph).values()]


def _print(title: str, rows: Callable[[Any], Found]) -> None:
    found = {name: rows(arcs) for name, arcs in networks().items()}
    for kind in next(iter(found.values())):
        each = [f"{name} {values[kind]:.3f}" for name, values in found.items()]
        mean = fmean(values[kind] for values in found.values())
        print(f"{title:<16}{kind:<14}mean {mean:.3f}   {', '.join(each)}", flush=True)


if __name__ == "__main__":
    _print("along arcs", by_arcs)
    for name in sys.argv[1:] or EACH:
        if name != "strength":
            _print(name, lambda arcs, name=name: nearness(arcs, name))  # type: ignore[misc]
