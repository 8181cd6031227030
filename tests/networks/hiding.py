"""Hiding ties of known networks, to see who finds them again."""

import csv
from collections.abc import Callable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np

from networks import likening
from networks.network import Network, Node
from networks.suggesting import suggest
from networks.tying import CLOSE, State, Tie

ELSEWHERE = Path("../shared/data/networks"), Path("../../shared/data/networks")
Scores = Callable[["nx.Graph[str]", Mapping[str, str]], Mapping[tuple[str, str], float]]


def published(name: str, column: str) -> tuple["nx.Graph[str]", dict[str, str]] | None:
    """A network of others with what *column* says of its members, where it lies about."""
    folder = next((each for each in ELSEWHERE if each.is_dir()), None)
    if not folder:
        return None
    graph: nx.Graph[str] = nx.Graph()
    with (folder / f"{name}_nodes.csv").open(encoding="utf-8") as file:
        sectors = {row["id"]: row[column] for row in csv.DictReader(file)}
    graph.add_nodes_from(sectors)
    with (folder / f"{name}_edges.csv").open(encoding="utf-8") as file:
        graph.add_edges_from((row["source"], row["target"]) for row in csv.DictReader(file))
    return graph, sectors


def as_network(graph: "nx.Graph[str]", sectors: Mapping[str, str]) -> Network:
    nodes = {
        code: Node(code, code, code, sectors.get(code, ""), answered=True) for code in graph
    }
    pairs = sorted((min(pair), max(pair)) for pair in graph.edges)
    return Network(nodes, [Tie(a, b, State.CONFIRMED, CLOSE) for a, b in pairs])


def suggested(
    graph: "nx.Graph[str]", sectors: Mapping[str, str]
) -> Mapping[tuple[str, str], float]:
    """What we would suggest, in its order; what we do not suggest comes last."""
    found = suggest(as_network(graph, sectors), {}, most=None, each=None)
    return {each.pair: -float(number) for number, each in enumerate(found)}


def by(index: Callable[[Any], Any]) -> Scores:
    def scores(
        graph: "nx.Graph[str]", sectors: Mapping[str, str]
    ) -> Mapping[tuple[str, str], float]:
        nodes, values = list(graph), index(likening.adjacency(graph))
        return {
            (min(nodes[i], nodes[j]), max(nodes[i], nodes[j])): float(values[i, j])
            for i, j in combinations(range(len(nodes)), 2)
        }

    return scores


def common_neighbours(ties: Any) -> Any:
    """Count common partners."""
    return ties @ ties


def adamic_adar(ties: Any) -> Any:
    """Add up common partners, the less the more partners they have (Adamic & Adar 2003)."""
    degree = ties.sum(axis=0)
    rare = np.where(degree > 1, 1 / np.log(np.maximum(degree, 2)), 0)
    return ties * rare @ ties


def preferential_attachment(ties: Any) -> Any:
    """Multiply how many partners both have (Barabási & Albert 1999), but for each other."""
    others = ties.sum(axis=1)[:, None] - ties
    return others * others.T


INDICES: dict[str, Scores] = {
    "resource allocation": by(likening.resource_allocation),
    "Adamic–Adar": by(adamic_adar),
    "preferential attachment": by(preferential_attachment),
    "common neighbours": by(common_neighbours),
}


def found_again(
    graph: "nx.Graph[str]", sectors: Mapping[str, str], scores: Scores, seeds: int = 20
) -> float:
    """How often a hidden tie ranks before a pair that never had one (AUC), on average."""
    ties = sorted((min(pair), max(pair)) for pair in graph.edges)
    never = [pair for pair in combinations(sorted(graph), 2) if not graph.has_edge(*pair)]
    found = []
    for seed in range(seeds):
        chance = np.random.default_rng(seed)
        hidden = chance.choice(len(ties), max(1, round(len(ties) / 10)), replace=False)
        rest = graph.copy()
        rest.remove_edges_from(ties[number] for number in hidden)
        value = scores(rest, sectors)
        last = min(value.values()) - 1
        were = np.array([value.get(ties[number], last) for number in hidden])
        others = np.array([value.get(pair, last) for pair in never])
        gap = were[:, None] - others[None]
        found.append(float((gap > 0).mean() + (gap == 0).mean() / 2))
    return float(np.mean(found))
