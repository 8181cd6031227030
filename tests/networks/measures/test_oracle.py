"""networkx is the oracle, on graphs of every kind."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from networkx.algorithms.link_analysis import pagerank_alg

from networks import measures
from networks.measures import centrality
from tests.networks.measures.graphs import graphs, same, sorted_graphs

calm = settings(deadline=None, max_examples=60)  # other people compute here, too


def exact_pagerank(graph: Any, tol: float = 1e-12) -> dict[Any, float]:
    by_hand: Any = vars(pagerank_alg)["_pagerank_python"]  # the public one asks for scipy
    found: dict[Any, float] = by_hand(graph, weight=None, tol=tol, max_iter=9999)
    return found


def exact_eigenvector(graph: Any) -> dict[Any, float]:
    """networkx's on the largest component, and 0 elsewhere."""
    largest = max(nx.connected_components(graph), key=len)
    found = dict.fromkeys(graph, 0.0)
    if len(largest) > 1:
        part = graph.subgraph(largest)
        found |= nx.eigenvector_centrality(part, max_iter=99_999, tol=1e-14)
    return found


def by_formula(name: str, **more: Any) -> Callable[[Any], Any]:
    """Ask networkx node by node; what it computes by scipy is wrong for arcs (3.6.1)."""
    return lambda graph: getattr(nx, name)(graph, nodes=list(graph), **more)


ORACLES: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "degree": (measures.degree, lambda graph: dict(graph.degree)),
    "betweenness": (measures.betweenness, nx.betweenness_centrality),
    "closeness": (measures.closeness, nx.closeness_centrality),
    "pagerank": (measures.pagerank, exact_pagerank),
    "constraint": (measures.constraint, by_formula("constraint")),
    "effective_size": (measures.effective_size, by_formula("effective_size")),
    "core": (measures.core, nx.core_number),
}


@pytest.mark.parametrize("name", ORACLES)
@given(graph=graphs())
@calm
def test_a_measure_is_what_networkx_says(name: str, graph: Any) -> None:
    ours, theirs = ORACLES[name]
    assert same(ours(graph), theirs(graph))


@pytest.mark.parametrize("name", ["degree", "betweenness", "closeness", "pagerank", "core"])
@given(graph=graphs(directed=True))
@calm
def test_a_measure_of_arcs_is_what_networkx_says(name: str, graph: Any) -> None:
    ours, theirs = ORACLES[name]
    assert same(ours(graph), theirs(graph))


@pytest.mark.parametrize("name", ["constraint", "effective_size"])
@pytest.mark.parametrize("weight", [None, "weight"])
@given(graph=graphs(directed=True, weighted=True))
@calm
def test_structural_holes_of_arcs_are_what_networkx_says(
    name: str, weight: str | None, graph: Any
) -> None:
    """networkx leaves out those without arcs of their own, though they have partners."""
    found = getattr(measures, name)(graph, weight)
    expected = by_formula(name, weight=weight)(graph)
    assert all(
        abs(found[node] - value) < 1e-9 for node, value in expected.items() if graph[node]
    )


@given(graph=graphs(weighted=True))
@calm
def test_strength_counts_where_it_matters(graph: Any) -> None:
    assert measures.strength(graph) == dict(graph.degree(weight="weight"))
    for name in ("constraint", "effective_size"):
        expected = by_formula(name, weight="weight")(graph)
        assert same(getattr(measures, name)(graph, "weight"), expected), name


@pytest.mark.parametrize("directed", [False, True])
def test_a_random_walk_is_followed_to_twelve_digits(directed: bool) -> None:
    """networkx stops where 60 nodes together move 60 times its tolerance."""
    for seed in range(8):
        graph: Any = nx.gnp_random_graph(60, 0.03 * (1 + seed % 3), seed, directed)
        found = measures.pagerank(graph)
        assert same(found, exact_pagerank(graph, tol=1e-12))
        assert same(found, exact_pagerank(graph, tol=1e-16), within=1e-12)
        ways = nx.to_numpy_array(graph)
        leaving = ways.sum(axis=1, keepdims=True)
        ways = np.where(leaving > 0, ways / np.maximum(leaving, 1), 1 / 60)
        solved = np.linalg.solve(np.eye(60) - 0.85 * ways.T, np.full(60, 0.15 / 60))
        assert same(found, dict(enumerate(solved / solved.sum())), within=1e-12)


@given(graph=graphs())
@calm
def test_the_eigenvector_is_that_of_the_largest_component(graph: Any) -> None:
    sizes = sorted(map(len, nx.connected_components(graph)), reverse=True)
    if len(sizes) == 1 or sizes[0] > sizes[1]:
        assert same(measures.eigenvector(graph), exact_eigenvector(graph))


@given(graph=graphs())
@calm
def test_figures_of_the_whole_are_what_networkx_says(graph: Any) -> None:
    assert measures.density(graph) == nx.density(graph)
    assert measures.transitivity(graph) == pytest.approx(nx.transitivity(graph), abs=1e-12)
    expected = nx.average_clustering(graph)
    assert measures.average_clustering(graph) == pytest.approx(expected, abs=1e-12)
    parts = sorted(map(len, nx.connected_components(graph)), reverse=True)
    assert [len(part) for part in measures.components(graph)] == parts
    assert measures.isolates(graph) == list(nx.isolates(graph))


@given(graph=graphs())
@calm
def test_what_holds_parts_together_is_what_networkx_says(graph: Any) -> None:
    assert measures.cut_points(graph) == sorted(nx.articulation_points(graph))
    bridges = {frozenset(pair) for pair in nx.bridges(graph)}
    assert {frozenset(pair) for pair in measures.bridges(graph)} == bridges
    assert len(measures.bridges(graph)) == len(bridges)


@given(graph=graphs(directed=True))
@calm
def test_arcs_hold_parts_together_whatever_their_direction(graph: Any) -> None:
    ties = graph.to_undirected()
    assert measures.cut_points(graph) == sorted(nx.articulation_points(ties))
    found = {frozenset(pair) for pair in measures.bridges(graph)}
    assert found == {frozenset(pair) for pair in nx.bridges(ties)}


@given(graph=graphs(directed=True))
@calm
def test_reciprocity_is_what_networkx_says(graph: Any) -> None:
    found, pairs = measures.reciprocity(graph), measures.reciprocity_of_pairs(graph)
    if graph.number_of_edges():
        assert found == pytest.approx(nx.overall_reciprocity(graph), abs=1e-12)
        both = graph.to_undirected(reciprocal=True).number_of_edges()
        assert pairs == pytest.approx(both / graph.to_undirected().number_of_edges())
    else:
        assert found is pairs is None


@given(data=sorted_graphs() | sorted_graphs(directed=True))
@calm
def test_mixing_is_what_networkx_says(data: tuple[Any, Any]) -> None:
    graph, group = data
    found = measures.mixing(graph, group)
    theirs = nx.attribute_mixing_dict(graph, "group")
    for (one, other), ties in found.items():
        twice = 2 if one == other and not graph.is_directed() else 1
        assert ties * twice == theirs.get(one, {}).get(other, 0)
    index = measures.assortativity(graph, group)
    if index is not None:
        expected = nx.attribute_assortativity_coefficient(graph, "group")
        assert index == pytest.approx(expected, abs=1e-9)


@given(data=sorted_graphs())
@calm
def test_densities_between_groups_count_every_pair_once(data: tuple[Any, Any]) -> None:
    graph, group = data
    for (one, other), share in measures.density_between(graph, group).items():
        pairs = {
            frozenset((a, b))
            for a, b in product(graph, repeat=2)
            if a != b and {group[a], group[b]} == {one, other}
        }
        tied = sum(graph.has_edge(*pair) for pair in pairs)
        assert share == (tied / len(pairs) if pairs else None)


def test_an_empty_network_has_no_measures() -> None:
    for measure in (*(ours for ours, _ in ORACLES.values()), measures.eigenvector):
        assert measure(nx.Graph()) == {}
    assert measures.community(nx.Graph()) == {}
    assert measures.components(nx.Graph()) == []
    assert measures.cut_points(nx.Graph()) == measures.bridges(nx.Graph()) == []
    assert set(measures.centralisation(nx.Graph()).values()) == {None}
    assert measures.ei_index(nx.Graph(), {}) is None
    assert measures.ei_shuffled(nx.Graph(), {}) is None
    assert measures.assortativity(nx.Graph(), {}) is None


@pytest.mark.parametrize("directed", [False, True])
def test_walking_all_at_once_counts_as_walking_one_by_one(directed: bool) -> None:
    graph: Any = nx.gnp_random_graph(centrality.LARGE + 50, 0.001, seed=3, directed=directed)
    found = measures.closeness(graph)
    some = list(graph)[::50]
    expected: Any = {node: nx.closeness_centrality(graph, node) for node in some}
    assert same({node: found[node] for node in some}, expected)


def test_who_walks_very_far_is_counted_all_the_same() -> None:
    ring: Any = nx.cycle_graph(centrality.LARGE + 2)
    expected = 4 * (centrality.LARGE + 1) / (centrality.LARGE + 2) ** 2
    assert measures.closeness(ring)[0] == pytest.approx(expected)


def test_an_estimate_is_near_and_says_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    graph: Any = nx.barabasi_albert_graph(3000, 5, seed=1)
    assert measures.estimated(graph) == []
    exact = measures.betweenness(graph)
    monkeypatch.setattr(centrality, "EXACT_UP_TO", 1e6)
    assert measures.estimated(graph) == ["betweenness"]
    near = measures.betweenness(graph)
    assert max(abs(near[node] - exact[node]) for node in graph) < 0.1 * max(exact.values())


def wholes() -> Iterator[Any]:
    for n in (3, 7, 12):
        yield nx.star_graph(n - 1), {"degree": 1.0, "betweenness": 1.0, "closeness": 1.0}
        yield nx.cycle_graph(n), {"degree": 0.0, "betweenness": 0.0, "closeness": 0.0}


@pytest.mark.parametrize(("graph", "expected"), [*wholes()])
def test_a_star_hangs_on_one_and_a_ring_on_nobody(graph: Any, expected: Any) -> None:
    found = measures.centralisation(graph)
    assert found == pytest.approx(expected, abs=1e-12)
    if expected["degree"]:
        into = nx.DiGraph((a, 0) for a in graph if a)
        assert measures.centralisation(into)["in_degree"] == pytest.approx(1.0)
