"""networkx is the oracle, and so is what others have published."""

import csv
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from networkx.algorithms.link_analysis import pagerank_alg

from networks import measures

BESIDE = (Path("../shared/data/networks"), Path("../../shared/data/networks"))
PUBLISHED = next((folder for folder in BESIDE if folder.exists()), BESIDE[0])


@st.composite
def graphs(draw: st.DrawFn, directed: bool = False) -> Any:
    nodes = draw(st.integers(1, 12))
    ends = st.integers(0, nodes - 1)
    edges = draw(st.lists(st.tuples(ends, ends), max_size=40))
    graph: Any = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from(range(nodes))
    graph.add_edges_from((a, b) for a, b in edges if a != b)
    return graph


def same(found: dict[Any, float], expected: dict[Any, float]) -> bool:
    return list(found) == list(expected) and all(
        (math.isnan(found[node]) and math.isnan(value)) or abs(found[node] - value) < 1e-9
        for node, value in expected.items()
    )


def exact_pagerank(graph: Any) -> dict[Any, float]:
    by_hand: Any = vars(pagerank_alg)["_pagerank_python"]  # the public one asks for scipy
    found: dict[Any, float] = by_hand(graph, weight=None, tol=1e-15, max_iter=9999)
    return found


def exact_eigenvector(graph: Any) -> dict[Any, float]:
    """networkx's on the largest component, and 0 elsewhere."""
    largest = max(nx.connected_components(graph), key=len)
    found = dict.fromkeys(graph, 0.0)
    if len(largest) > 1:
        part = graph.subgraph(largest)
        found |= nx.eigenvector_centrality(part, max_iter=99_999, tol=1e-14)
    return found


ORACLES: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "betweenness": (measures.betweenness, nx.betweenness_centrality),
    "closeness": (measures.closeness, nx.closeness_centrality),
    "pagerank": (measures.pagerank, exact_pagerank),
    "constraint": (measures.constraint, nx.constraint),
    "effective_size": (measures.effective_size, nx.effective_size),
    "core": (measures.core, nx.core_number),
}


@pytest.mark.parametrize("name", ORACLES)
@given(graph=graphs())
def test_a_measure_is_what_networkx_says(name: str, graph: Any) -> None:
    ours, theirs = ORACLES[name]
    assert same(ours(graph), theirs(graph))


@pytest.mark.parametrize("name", ["betweenness", "closeness", "pagerank", "core"])
@given(graph=graphs(directed=True))
def test_a_measure_of_arcs_is_what_networkx_says(name: str, graph: Any) -> None:
    ours, theirs = ORACLES[name]
    assert same(ours(graph), theirs(graph))


@pytest.mark.parametrize("name", ["constraint", "effective_size"])
@given(graph=graphs(directed=True))
def test_structural_holes_of_arcs_are_what_networkx_says(name: str, graph: Any) -> None:
    """networkx leaves out those without arcs of their own, though they have partners."""
    ours, theirs = ORACLES[name]
    found, expected = ours(graph), theirs(graph)
    assert all(
        abs(found[node] - value) < 1e-9 for node, value in expected.items() if graph[node]
    )


@given(graph=graphs())
@settings(deadline=None)
def test_the_eigenvector_is_that_of_the_largest_component(graph: Any) -> None:
    sizes = sorted(map(len, nx.connected_components(graph)), reverse=True)
    if len(sizes) == 1 or sizes[0] > sizes[1]:
        assert same(measures.eigenvector(graph), exact_eigenvector(graph))


@given(graph=graphs())
def test_figures_of_the_whole_are_what_networkx_says(graph: Any) -> None:
    assert measures.density(graph) == nx.density(graph)
    assert measures.transitivity(graph) == pytest.approx(nx.transitivity(graph), abs=1e-12)
    expected = nx.average_clustering(graph)
    assert measures.average_clustering(graph) == pytest.approx(expected, abs=1e-12)
    parts = sorted(map(len, nx.connected_components(graph)), reverse=True)
    assert [len(part) for part in measures.components(graph)] == parts
    assert measures.isolates(graph) == list(nx.isolates(graph))


@given(graph=graphs(directed=True))
def test_reciprocity_is_what_networkx_says(graph: Any) -> None:
    found = measures.reciprocity(graph)
    if graph.number_of_edges():
        assert found == pytest.approx(nx.overall_reciprocity(graph), abs=1e-12)
    else:
        assert found is None


def test_an_empty_network_has_no_measures() -> None:
    for measure in (*(ours for ours, _ in ORACLES.values()), measures.eigenvector):
        assert measure(nx.Graph()) == {}
    assert measures.community(nx.Graph()) == {}
    assert measures.components(nx.Graph()) == []


def test_krackhardts_kite_is_as_published() -> None:
    """Krackhardt 1990: who has most ties, who is nearest, who bridges are three people."""
    kite = nx.krackhardt_kite_graph()
    assert max(kite, key=measures.degree(kite).__getitem__) == 3
    betweenness, closeness = measures.betweenness(kite), measures.closeness(kite)
    assert [round(betweenness[n], 3) for n in (7, 5, 6, 8, 3, 0)] == [
        0.389, 0.231, 0.231, 0.222, 0.102, 0.023,
    ]  # fmt: skip
    assert [round(closeness[n], 3) for n in (5, 6, 3, 7)] == [0.643, 0.643, 0.6, 0.6]


def test_the_medici_are_as_published() -> None:
    families = nx.florentine_families_graph()
    betweenness = measures.betweenness(families)
    published = {"Medici": 0.522, "Guadagni": 0.255, "Albizzi": 0.212, "Salviati": 0.143}
    assert {name: round(betweenness[name], 3) for name in published} == published
    assert round(measures.closeness(families)["Medici"], 3) == 0.56


def test_structural_holes_are_as_published() -> None:
    """The example of UCINET, as in the tests of networkx."""
    graph: Any = nx.Graph()
    graph.add_edges_from(["AB", "AF", "AG", "AE", "EG", "FG", "BG", "DB", "DG", "CG"])
    constraint, size = measures.constraint(graph), measures.effective_size(graph)
    assert [round(constraint[n], 3) for n in "GAC"] == [0.4, 0.595, 1.0]
    assert [round(size[n], 2) for n in "GAC"] == [4.67, 2.5, 1.0]


def test_the_karate_club_is_as_published() -> None:
    club: Any = nx.karate_club_graph()
    betweenness = measures.betweenness(club)
    pairs = 33 * 32 / 2
    raw = [round(betweenness[n] * pairs, 2) for n in (0, 33, 32, 2)]
    assert raw == [231.07, 160.55, 76.69, 75.85]
    assert measures.ei_index(club, dict(club.nodes("club"))) == (11 - 67) / 78
    constraint = measures.constraint(club)
    assert [round(constraint[n], 4) for n in (0, 33)] == [0.1554, 0.1564]


def test_the_karate_club_falls_into_its_four_groups() -> None:
    """Brandes et al. 2008: no division has a higher modularity than 0.4197896."""
    club: Any = nx.karate_club_graph()
    number = measures.community(club)
    groups = [{n for n in club if number[n] == each} for each in set(number.values())]
    assert len(groups) == 4
    assert round(nx.community.modularity(club, groups, weight=None), 7) == 0.4197896
    assert [len(g) for g in sorted(groups, key=len, reverse=True)] == [
        sum(each == rank for each in number.values()) for rank in (1, 2, 3, 4)
    ]


@given(graph=graphs())
def test_communities_are_the_same_every_time(graph: Any) -> None:
    assert measures.community(graph) == measures.community(graph)


@pytest.mark.parametrize(("group", "index"), [("aabb", -1 / 3), ("abab", 1.0), ("aaaa", -1.0)])
def test_the_ei_index_weighs_ties_outside_against_those_inside(
    group: str, index: float
) -> None:
    path: Any = nx.path_graph(4)
    assert measures.ei_index(path, dict(enumerate(group))) == index


def published() -> Iterator[tuple[str, dict[str, float], dict[str, float]]]:
    """What is known of the networks of others that lie beside the project, if they do."""
    yield "own", {"density": 1.0, "reciprocity": 1.0}, {"a": 0.0}
    if (PUBLISHED / "knoke_bureaucracies_edges.csv").exists():
        known = {"density": 0.5444, "reciprocity": 0.6939}
        yield "knoke", known, {"MAYR": 17.83, "COMM": 12.33, "EDUC": 11.69, "NEWS": 2.75}
    if (PUBLISHED / "law_advice_edges.csv").exists():
        yield "law_advice", {"density": 0.1795, "reciprocity": 0.392}, {}
    if (PUBLISHED / "tobacco_indiana_TCdiss_edges.csv").exists():
        yield "tobacco_indiana_TCdiss", {"density": 0.343, "transitivity": 0.527}, {}
        yield "tobacco_indiana_TCcoll", {"density": 0.537, "transitivity": 0.661}, {}


def arcs_of(name: str) -> Any:
    if name == "own":
        return nx.DiGraph([("a", "b"), ("b", "a")])
    path = next(PUBLISHED.glob(f"{name}*_edges.csv"))
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = [r for r in rows if r.get("relation", "information") == "information"]
    return nx.DiGraph([(row["source"], row["target"]) for row in wanted])


@pytest.mark.parametrize(("name", "whole", "bridges"), [*published()], ids=str)
def test_networks_between_organisations_are_as_published(
    name: str, whole: dict[str, float], bridges: dict[str, float]
) -> None:
    """Knoke & Wood 1981 with Hanneman & Riddle, Lazega 2001, Luke 2015."""
    graph = arcs_of(name)
    if name.startswith("tobacco"):
        graph = graph.to_undirected()
    for measure, value in whole.items():
        digits = len(str(value).partition(".")[2])
        assert round(getattr(measures, measure)(graph), digits) == value, measure
    n = len(graph)
    found = measures.betweenness(graph)
    raw = {node: round(found[node] * (n - 1) * (n - 2), 2) for node in bridges}
    assert raw == bridges


@pytest.mark.parametrize("directed", [False, True])
def test_walking_all_at_once_counts_as_walking_one_by_one(directed: bool) -> None:
    graph: Any = nx.gnp_random_graph(measures.LARGE + 50, 0.001, seed=3, directed=directed)
    found = measures.closeness(graph)
    assert same(found, nx.closeness_centrality(graph))


def test_who_walks_very_far_is_counted_all_the_same() -> None:
    ring: Any = nx.cycle_graph(measures.LARGE + 2)
    expected = 4 * (measures.LARGE + 1) / (measures.LARGE + 2) ** 2
    assert measures.closeness(ring)[0] == pytest.approx(expected)


def test_an_estimate_is_near_and_says_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    graph: Any = nx.barabasi_albert_graph(3000, 5, seed=1)
    assert measures.estimated(graph) == []
    exact = measures.betweenness(graph)
    monkeypatch.setattr(measures, "EXACT_UP_TO", 1e6)
    assert measures.estimated(graph) == ["betweenness"]
    near = measures.betweenness(graph)
    assert max(abs(near[node] - exact[node]) for node in graph) < 0.1 * max(exact.values())
