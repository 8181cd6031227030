"""Whether ties stay within a group or lead out of it."""

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from networks.measures.ground import SEED, N

SHUFFLES = 1000
AT_ONCE = 2_000_000  # ends of ties looked at together, so that memory stays small
Pair = tuple[Any, Any]


@dataclass(frozen=True)
class Shuffled:
    """An E-I index beside those that chance gives when the groups are dealt out anew.

    *low* and *high* hold 95 of 100 of these. *p* is the share of deals that are as far from
    the expected as what was found, to either side.
    """

    index: float
    expected: float
    low: float
    high: float
    p: float


def ei_index(graph: "nx.Graph[N]", group: Mapping[N, object]) -> float | None:
    """Return external less internal ties, as a share of all (Krackhardt & Stern 1988).

    -1: all keep to their own group; +1: all ties cross. Nothing without ties.
    """
    ties = graph.number_of_edges()
    external = sum(group[a] != group[b] for a, b in graph.edges)
    return (2 * external - ties) / ties if ties else None


def ei_shuffled(
    graph: "nx.Graph[N]", group: Mapping[N, object], times: int = SHUFFLES, seed: int = SEED
) -> Shuffled | None:
    """Compare the E-I index with *times* deals of the same groups to the same nodes.

    Krackhardt & Stern 1988; the case itself counts among the deals, so that p is never 0
    (Phipson & Smyth 2010). Nothing without ties.
    """
    index = ei_index(graph, group)
    if index is None:
        return None
    place = {node: number for number, node in enumerate(graph)}
    ends = np.array([(place[a], place[b]) for a, b in graph.edges])
    kinds = {kind: number for number, kind in enumerate(dict.fromkeys(group[n] for n in graph))}
    labels = np.array([kinds[group[node]] for node in graph], dtype=np.int32)
    deals = dealt_anew(labels, times, len(ends), seed)
    found = np.concatenate([ei_of_deals(each, ends) for each in deals])
    expected, small = float(found.mean()), 1e-12
    far = np.abs(found - expected) >= abs(index - expected) - small
    low, high = np.quantile(found, [0.025, 0.975])
    p = (1 + int(far.sum())) / (1 + times)
    return Shuffled(index, expected, float(low), float(high), p)


def dealt_anew(labels: Any, times: int, ties: int, seed: int = SEED) -> Iterator[Any]:
    """Yield *labels* dealt to the nodes anew, a row for each deal, many rows at once."""
    chance, each = np.random.default_rng(seed), max(1, AT_ONCE // (ties + len(labels)))
    for begun in range(0, times, each):
        deals = np.tile(labels, (min(each, times - begun), 1))
        chance.permuted(deals, axis=1, out=deals)
        yield deals


def ei_of_deals(deals: Any, ends: Any) -> Any:
    """Return the E-I index of the same ties for each row of labels."""
    crossing = (deals[:, ends[:, 0]] != deals[:, ends[:, 1]]).sum(axis=1)
    return 2 * crossing / len(ends) - 1


def mixing(graph: "nx.Graph[N]", group: Mapping[N, Hashable]) -> dict[Pair, int]:
    """Count the ties between every two groups, or the arcs from one to the other.

    Without direction, a tie between two groups counts in both cells, one within a group
    once (as ``networkx.attribute_mixing_dict``, which counts the latter twice).
    """
    kinds = list(dict.fromkeys(group[node] for node in graph))
    found: Counter[Pair] = Counter()
    for a, b in graph.edges:
        found[group[a], group[b]] += 1
        if not graph.is_directed() and group[a] != group[b]:
            found[group[b], group[a]] += 1
    return {(one, other): found[one, other] for one in kinds for other in kinds}


def density_between(
    graph: "nx.Graph[N]", group: Mapping[N, Hashable]
) -> dict[Pair, float | None]:
    """Return the share of possible ties that exist, for every two groups.

    Wasserman & Faust 1994, ch. 10. Nothing where there are no pairs.
    """
    sizes = Counter(group[node] for node in graph)
    found = {}
    for (one, other), ties in mixing(graph, group).items():
        pairs = sizes[one] * (sizes[other] - (one == other))
        if one == other and not graph.is_directed():
            pairs //= 2
        found[one, other] = ties / pairs if pairs else None
    return found


def assortativity(graph: "nx.Graph[N]", group: Mapping[N, Hashable]) -> float | None:
    """Return how far ties join like with like, beside what chance gives (Newman 2003, eq. 2).

    1: all stay within; 0: as by chance. Nothing without ties, or with one group alone.
    """
    ends = 1 if graph.is_directed() else 2
    all_ends = graph.number_of_edges() * ends
    if not all_ends:
        return None
    counts = mixing(graph, group)
    within = sum(ties for (a, b), ties in counts.items() if a == b) * ends / all_ends
    out: Counter[Any] = Counter()
    into: Counter[Any] = Counter()
    for (a, b), ties in counts.items():
        twice = ends if a == b else 1
        out[a] += ties * twice
        into[b] += ties * twice
    chance = sum(out[kind] * into[kind] for kind in out) / all_ends**2
    return float((within - chance) / (1 - chance)) if chance < 1 else None
