import subprocess
import sys
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks.drawing import FONT, _hits, _label, draw
from networks.layout import HEIGHT, WIDTH, Place, layout
from networks.network import Node
from networks.tying import State, Tie


def a_graph(nodes: int, edges: list[tuple[int, int]]) -> "nx.Graph[str]":
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(f"O{n:02}" for n in range(nodes))
    graph.add_edges_from((f"O{a:02}", f"O{b:02}") for a, b in edges if a != b)
    return graph


@st.composite
def graphs(draw: st.DrawFn) -> "nx.Graph[str]":
    nodes = draw(st.integers(0, 30))
    ends = st.integers(0, max(nodes - 1, 0))
    return a_graph(nodes, draw(st.lists(st.tuples(ends, ends), max_size=40)) if nodes else [])


@given(graphs())
@settings(deadline=None, max_examples=60)
def test_everyone_has_a_place_of_their_own_in_the_picture(graph: "nx.Graph[str]") -> None:
    places = layout(graph)
    assert places.keys() == set(graph)
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in places.values())
    assert len(set(places.values())) == len(places)


def test_those_who_stand_alone_stand_in_a_row_below_the_others() -> None:
    places = layout(a_graph(6, [(0, 1), (1, 2), (2, 3)]))
    rows = {places[code][1] for code in ("O04", "O05")}
    assert len(rows) == 1
    assert max(rows) > max(y for code, (_, y) in places.items() if code < "O04")


def test_parts_do_not_mingle() -> None:
    places = layout(a_graph(8, [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (6, 7)]))

    def box(*codes: str) -> tuple[float, float, float, float]:
        xs, ys = zip(*(places[code] for code in codes), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    boxes = [box("O00", "O01", "O02"), box("O03", "O04", "O05"), box("O06", "O07")]
    for a, b in combinations(boxes, 2):
        assert not _hits(a, [b])


def test_the_picture_is_the_same_in_another_process() -> None:
    ask = (
        "import networkx as nx; from networks.layout import layout;"
        "g = nx.relabel_nodes(nx.barabasi_albert_graph(40, 2, seed=1), str); print(layout(g))"
    )
    runs = [[sys.executable, "-c", ask] for _ in range(2)]
    first, second = (
        subprocess.run(run, capture_output=True, check=True).stdout for run in runs
    )
    assert first == second


@pytest.mark.parametrize("nodes", [300, 1500])
def test_large_networks_are_laid_out_too(nodes: int) -> None:
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(nodes, 2, seed=1), str)
    assert len(set(layout(graph).values())) == nodes


def a_node(code: str) -> Node:
    return Node(code, f"Organisation {code}", code, "economy")


def test_labels_that_are_shown_do_not_cover_each_other() -> None:
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(60, 2, seed=3), "Träger {:02}".format)
    nodes = {code: a_node(code) for code in graph}
    ties = [Tie(a, b, State.CONFIRMED, 2) for a, b in graph.edges]
    drawing = draw(nodes, ties, layout(graph), dict(graph.degree), lambda node: node.code)
    shown = [mark for mark in drawing.marks if mark.labelled]
    boxes = [_label((mark.label_x, mark.label_y), mark.label, FONT) for mark in shown]
    assert len(shown) > 50
    assert not any(_hits(a, [b]) for a, b in combinations(boxes, 2))


def test_a_label_keeps_off_the_ties_of_its_organisation() -> None:
    places: dict[str, Place] = {"A": (500, 300), "B": (500, 500)}
    tie = Tie("A", "B", State.CONFIRMED, 2)
    nodes = {code: a_node(code) for code in "AB"}
    drawing = draw(nodes, [tie], places, {"A": 1, "B": 1}, lambda node: node.name)
    spots = {mark.node.code: mark.label_y for mark in drawing.marks}
    assert spots["A"] < 300
    assert spots["B"] > 500


def test_ties_are_drawn_by_strength_and_dotted_when_unknown() -> None:
    places: dict[str, Place] = {"A": (100, 100), "B": (500, 500)}
    nodes = {code: a_node(code) for code in "AB"}
    for strength, weight in ((0, 1), (1, 1), (2, 2), (3, 3)):
        tie = Tie("A", "B", State.UNKNOWN, strength)
        (line,) = draw(nodes, [tie], places, {"A": 1, "B": 1}, lambda n: n.code).lines
        assert (line.weight, line.is_unknown) == (weight, True)


def test_in_a_crowd_only_those_with_the_most_ties_are_labelled() -> None:
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(500, 2, seed=3), str)
    nodes = {code: a_node(code) for code in graph}
    drawing = draw(nodes, [], layout(graph), dict(graph.degree), lambda node: node.name)
    shown = [mark for mark in drawing.marks if mark.labelled]
    assert 20 < len(shown) <= 60
    assert min(mark.degree for mark in shown) > 3
