"""Communities: parts of a network with more ties within than chance would give."""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping
from typing import Any, TypeVar

import networkx as nx

from networks.measures.ground import SEED, N, by_node, same_chance, skeleton

W = TypeVar("W", bound=Hashable)
LARGE = 2000  # from here on, four rounds of Leiden: more change next to nothing
UNTIL_STABLE = -1
TRIES = 20_000  # nodes and ties looked at anew, divided among the beginnings
MOST_TRIES = 40
SAME = 1 / 4  # so much two communities share that one is called the other
TELLING = 1 / 2  # so many members share a word that names them
WORDS = 2


def community(graph: "nx.Graph[N]", seed: int = SEED) -> dict[N, int]:
    """Return the group of each node, numbered from 1, the largest first.

    Leiden by modularity (Traag, Waltman & van Eck 2019), with a fixed seed; of some
    beginnings, the division with the highest modularity.
    """
    if not graph.number_of_edges():
        return {node: number for number, node in enumerate(graph, 1)}
    whole = skeleton(graph)
    size = len(graph) + graph.number_of_edges()
    rounds = UNTIL_STABLE if len(graph) <= LARGE else 4
    with same_chance(seed):
        found = [
            whole.community_leiden("modularity", n_iterations=rounds)
            for _ in range(min(MOST_TRIES, max(1, TRIES // size)))
        ]
    best = max(found, key=lambda division: round(division.modularity, 12))
    groups = sorted(best, key=lambda group: (-len(group), group))
    number = {node: each for each, group in enumerate(groups, 1) for node in group}
    return by_node(graph, [number[i] for i in range(len(graph))])


def modularity(graph: "nx.Graph[N]", group: Mapping[N, int]) -> float | None:
    """Return how many more ties lie within groups than by chance (Newman & Girvan 2004)."""
    if not graph.number_of_edges():
        return None
    return float(skeleton(graph).modularity([group[node] for node in graph]))


def followed(now: Mapping[N, int], before: Mapping[N, int]) -> dict[N, int]:
    """Return the groups of *now* with the numbers they had *before*, as far as they live on.

    Those that share most go together first, by their share of all members of both
    (Greene, Doyle & Cunningham 2010); what is new gets a number never used before.
    """
    ours, theirs = _members(now), _members(before)
    alike = {
        (a, b): len(ours[a] & theirs[b]) / len(ours[a] | theirs[b])
        for a, b in {(now[node], before[node]) for node in now if node in before}
    }
    called: dict[int, int] = {}
    for (a, b), share in sorted(alike.items(), key=lambda each: (-each[1], each[0])):
        if share >= SAME and a not in called and b not in called.values():
            called[a] = b
    unused = max(theirs, default=0)
    for a in sorted(ours):
        if a not in called:
            unused += 1
            called[a] = unused
    return {node: called[number] for node, number in now.items()}


def words_of(
    group: Mapping[N, int], words: Mapping[N, Collection[W]], least: int = 3
) -> dict[int, list[W]]:
    """Return the words that members of each group share and others do not.

    A word names a group when half of those whose words are known have it, *least* of them
    at any rate, and more than among all. Words that say more come first.
    """
    known = {node: set(words[node]) for node in group if words.get(node)}
    overall = Counter(word for have in known.values() for word in have)
    found = {}
    for number, members in sorted(_members(group).items()):
        inside = [known[node] for node in members if node in known]
        counts = Counter(word for have in inside for word in have)
        gain = {
            word: count / len(inside) - overall[word] / len(known)
            for word, count in counts.items()
            if count >= max(least, TELLING * len(inside))
        }
        telling = [word for word in gain if gain[word] > 0]
        telling.sort(key=lambda word: (-gain[word], str(word)))
        found[number] = telling[:WORDS]
    return found


def _members(group: Mapping[N, int]) -> dict[int, set[Any]]:
    found: dict[int, set[Any]] = {}
    for node, number in group.items():
        found.setdefault(number, set()).add(node)
    return found
