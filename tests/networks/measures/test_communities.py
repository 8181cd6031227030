"""Who works with each other more than with others, and what such a community is called."""

from typing import Any

import networkx as nx
import pytest
from hypothesis import given

from networks import measures
from tests.networks.measures.graphs import beside, graphs, read
from tests.networks.measures.test_oracle import calm


def groups_of(number: dict[Any, int]) -> list[set[Any]]:
    return [{n for n in number if number[n] == each} for each in sorted({*number.values()})]


def test_the_karate_club_falls_into_its_four_groups() -> None:
    """Brandes et al. 2008: no division has a higher modularity than 0.4197896."""
    club: Any = nx.karate_club_graph()
    number = measures.community(club)
    assert round(measures.modularity(club, number) or 0, 7) == 0.4197896
    assert [len(group) for group in groups_of(number)] == [12, 11, 6, 5]


NETWORKS: dict[str, Any] = {
    "karate": nx.karate_club_graph, "florence": nx.florentine_families_graph,
    "women": nx.davis_southern_women_graph, "novel": nx.les_miserables_graph,
    "cliques": lambda: nx.connected_caveman_graph(8, 6),
    "planted": lambda: nx.planted_partition_graph(6, 20, 0.3, 0.02, seed=2),
    "sparse": lambda: nx.gnp_random_graph(120, 0.03, seed=7),
    "hubs": lambda: nx.barabasi_albert_graph(200, 3, seed=3),
} | {name: lambda name=name: read(name).to_undirected() for name in beside()}  # fmt: skip


@pytest.mark.parametrize("name", NETWORKS)
def test_no_division_of_louvain_is_better(name: str) -> None:
    graph = NETWORKS[name]()
    best = max(
        nx.community.modularity(graph, found, weight=None)
        for found in (
            nx.community.louvain_communities(graph, weight=None, seed=seed) for seed in range(8)
        )
    )
    ours = groups_of(measures.community(graph))
    assert nx.community.modularity(graph, ours, weight=None) >= best - 1e-12


@given(graph=graphs())
@calm
def test_communities_are_the_same_every_time(graph: Any) -> None:
    number = measures.community(graph)
    assert measures.community(graph) == number
    found = measures.modularity(graph, number)
    if found is not None:
        expected = nx.community.modularity(graph, groups_of(number))
        assert found == pytest.approx(expected, abs=1e-9)


def test_a_community_keeps_its_number_though_members_come_and_go() -> None:
    before = dict.fromkeys("abcd", 1) | dict.fromkeys("efg", 2) | dict.fromkeys("hi", 3)
    now = dict.fromkeys("efgx", 1) | dict.fromkeys("abc", 2) | dict.fromkeys("dyz", 3)
    found = measures.followed(now, before)
    assert found == dict.fromkeys("efgx", 2) | dict.fromkeys("abc", 1) | dict.fromkeys("dyz", 4)
    assert measures.followed(now, {}) == now
    assert measures.followed({}, before) == {}


def test_of_two_heirs_the_one_who_kept_more_keeps_the_number() -> None:
    before = dict.fromkeys("abcdefg", 1)
    now = dict.fromkeys("abc", 1) | dict.fromkeys("defg", 2)
    assert measures.followed(now, before) == dict.fromkeys("abc", 2) | dict.fromkeys("defg", 1)


def test_the_same_communities_keep_their_numbers_in_the_next_wave() -> None:
    graph: Any = nx.planted_partition_graph(5, 12, 0.5, 0.02, seed=2)
    first = measures.community(graph)
    later = graph.copy()
    later.remove_nodes_from([0, 13])
    later.add_edges_from([(1, 60), (2, 60), (3, 60)])
    second = measures.followed(measures.community(later), first)
    stayed = sum(second[node] == first[node] for node in later if node in first)
    assert stayed >= 0.95 * (len(later) - 1)


def test_a_community_is_called_what_its_members_share_and_others_do_not() -> None:
    group = dict.fromkeys("abcd", 1) | dict.fromkeys("efgh", 2) | {"i": 3}
    words = {node: ["pankow", "bikes"] for node in "abcd"} | {
        node: ["pankow", "food"] for node in "efg"
    }
    words["a"] = ["pankow", "film"]
    assert measures.words_of(group, words) == {1: ["bikes"], 2: ["food"], 3: []}


def test_what_two_share_gives_nobody_a_name() -> None:
    group = dict.fromkeys("ab", 1) | dict.fromkeys("cdef", 2)
    words = {node: ["bikes"] for node in "ab"} | {node: ["food"] for node in "cdef"}
    assert measures.words_of(group, words) == {1: [], 2: ["food"]}
