"""Whether ties cross the borders of sectors, and whether chance would do the same."""

import time
from typing import Any

import networkx as nx
import numpy as np
import pytest

from networks import measures


@pytest.mark.parametrize(("group", "index"), [("aabb", -1 / 3), ("abab", 1.0), ("aaaa", -1.0)])
def test_the_ei_index_weighs_ties_outside_against_those_inside(
    group: str, index: float
) -> None:
    path: Any = nx.path_graph(4)
    assert measures.ei_index(path, dict(enumerate(group))) == index


def test_two_clubs_keep_to_themselves_more_than_chance_would() -> None:
    club: Any = nx.karate_club_graph()
    found = measures.ei_shuffled(club, dict(club.nodes("club")))
    assert found is not None
    assert found.index == (11 - 67) / 78
    assert found.p == 1 / 1001
    assert found.index < found.low < found.expected < found.high


def test_chance_is_what_it_is_on_average_over_all_deals() -> None:
    """Any two of n nodes differ with the same probability, tied or not."""
    club: Any = nx.karate_club_graph()
    group = dict(club.nodes("club"))
    found = measures.ei_shuffled(club, group, times=20_000)
    assert found is not None
    differ = 2 * 17 * 17 / (34 * 33)
    assert found.expected == pytest.approx(2 * differ - 1, abs=0.005)


def test_what_chance_dealt_is_rarely_called_more_than_chance() -> None:
    graph: Any = nx.gnp_random_graph(60, 0.08, seed=4)
    chance = np.random.default_rng(5)
    low = 0
    for _ in range(100):
        group = dict(enumerate(chance.permutation([0, 1, 2] * 20).tolist()))
        found = measures.ei_shuffled(graph, group, times=200)
        assert found is not None
        low += found.p <= 0.05
    assert low <= 12


def test_the_same_network_has_the_same_p_every_time() -> None:
    club: Any = nx.karate_club_graph()
    group = dict(club.nodes("club"))
    assert measures.ei_shuffled(club, group) == measures.ei_shuffled(club, group)


def test_a_thousand_deals_among_two_hundred_take_less_than_a_second() -> None:
    graph: Any = nx.barabasi_albert_graph(200, 5, seed=1)
    begun = time.process_time()
    measures.ei_shuffled(graph, {node: node % 4 for node in graph})
    assert time.process_time() - begun < 1


def test_like_with_like_is_one_and_unlike_is_below_nought() -> None:
    apart: Any = nx.disjoint_union(nx.complete_graph(4), nx.complete_graph(4))
    assert measures.assortativity(apart, {n: n < 4 for n in apart}) == 1.0
    across: Any = nx.complete_bipartite_graph(3, 3)
    assert measures.assortativity(across, {n: n < 3 for n in across}) == -1.0
    assert measures.assortativity(across, dict.fromkeys(across, "all")) is None
