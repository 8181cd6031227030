import subprocess
import sys
from collections.abc import Callable
from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from networks import lettering
from networks.drawing import FONT, LARGE, Drawing, boxes, draw
from networks.layout import HEIGHT, WIDTH, Place, layout
from networks.lettering import Box
from networks.network import Node
from networks.tying import Nomination, State, Tie


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

    parts = [box("O00", "O01", "O02"), box("O03", "O04", "O05"), box("O06", "O07")]
    assert not [pair for pair in combinations(parts, 2) if hits(*pair)]


@pytest.mark.parametrize("nodes", [40, 310])
def test_the_picture_is_the_same_in_another_process(nodes: int) -> None:
    ask = (
        "import networkx as nx; from networks.layout import layout;"
        f"g = nx.barabasi_albert_graph({nodes}, 2, seed=1);"
        "print(layout(nx.relabel_nodes(g, str)))"
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


def hits(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def a_picture(
    graph: "nx.Graph[str]", name: Callable[[str], str], chosen: str = "", font: float = FONT
) -> Drawing:
    nodes = {code: Node(code, name(code), name(code), "society") for code in graph}
    ties = [Tie(min(pair), max(pair), State.CONFIRMED, 2) for pair in graph.edges]
    called = lambda node: node.name  # noqa: E731
    places, degree = layout(graph), dict(graph.degree)
    return draw(nodes, ties, places, degree, called, chosen, font=font)


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=90
)


@given(graphs(), st.data(), st.sampled_from([FONT, 9.0, 6.0]))
@settings(deadline=None, max_examples=80)
def test_no_label_covers_another_or_leaves_the_picture(
    graph: "nx.Graph[str]", data: st.DataObject, font: float
) -> None:
    names = {code: data.draw(NAMES) for code in graph}
    chosen = data.draw(st.sampled_from(["", *sorted(graph)]))
    drawing = a_picture(graph, names.__getitem__, chosen, font)
    shown = boxes(drawing, chosen, font)
    for left, top, right, bottom in shown:
        assert left >= 0
        assert top >= 0
        assert right <= WIDTH
        assert bottom <= HEIGHT
    assert not [pair for pair in combinations(shown, 2) if hits(*pair)]
    large = [
        lettering.box(*mark.large, mark.large_label, LARGE)
        for mark in drawing.marks
        if mark.large and mark.node.code != chosen
    ]
    assert not [pair for pair in combinations(large, 2) if hits(*pair)]


@pytest.mark.parametrize("nodes", [40, 120, 300])
def test_of_many_labels_those_are_shown_for_which_there_is_room(nodes: int) -> None:
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(nodes, 2, seed=3), "O{:03}".format)
    drawing = a_picture(graph, "Gemeinnütziger Träger {}".format, "O007")
    shown = boxes(drawing, "O007")
    assert len(shown) > 15
    assert not [pair for pair in combinations(shown, 2) if hits(*pair)]
    assert drawing.marks[0].node.code == "O007"
    assert drawing.marks[0].labelled
    assert len(boxes(a_picture(graph, str, font=6.0), font=6.0)) > len(shown)


def test_a_label_covers_no_other_organisation() -> None:
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(60, 2, seed=3), "Träger {:02}".format)
    drawing = a_picture(graph, str)
    shown = [mark for mark in drawing.marks if mark.labelled]
    assert len(shown) > 50
    for mark, label in zip(shown, boxes(drawing), strict=True):
        for other in drawing.marks:
            around = other.x - other.r, other.y - other.r, other.x + other.r, other.y + other.r
            assert other is mark or not hits(label, around)


def test_what_is_too_long_for_the_picture_is_cut() -> None:
    graph = a_graph(2, [(0, 1)])
    first, _ = a_picture(graph, lambda code: f"{code} " + "Gesellschaft " * 9).marks
    assert first.labelled
    assert first.label.startswith("O00 Gesellschaft")
    assert first.label.endswith("…")


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
        assert (line.weight, line.is_unknown, line.head) == (weight, True, "")


def test_a_tie_that_one_side_names_points_at_the_other() -> None:
    places: dict[str, Place] = {"A": (100, 100), "B": (500, 100)}
    nodes = {code: a_node(code) for code in "AB"}

    def tip(tie: Tie) -> float:
        (line,) = draw(nodes, [tie], places, {"A": 1, "B": 1}, lambda n: n.code).lines
        ends = [float(point.split()[0]) for point in line.head[1:].split("L")]
        return ends[1] - ends[0]

    assert tip(Tie("A", "B", State.ONE_SIDED, forth=Nomination("A", "B"))) > 0
    assert tip(Tie("A", "B", State.ONE_SIDED, back=Nomination("B", "A"))) < 0


def test_wishes_are_arrows_between_those_in_the_picture() -> None:
    places: dict[str, Place] = {"A": (100, 100), "B": (500, 100)}
    nodes = {code: a_node(code) for code in "AB"}
    wished = [("A", "B"), ("B", "A"), ("A", "Z"), ("A", "A")]
    drawn = draw(nodes, [], places, {"A": 0, "B": 0}, lambda n: n.code, wishes=wished)
    assert [(each.source, each.target) for each in drawn.wishes] == wished[:2]
    assert len({each.path for each in drawn.wishes}) == 2  # bent, so that both are seen


def test_in_a_crowd_only_those_with_the_most_ties_are_labelled() -> None:
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(500, 2, seed=3), str)
    nodes = {code: a_node(code) for code in graph}
    drawing = draw(nodes, [], layout(graph), dict(graph.degree), lambda node: node.name)
    shown = [mark for mark in drawing.marks if mark.labelled]
    assert 20 < len(shown) <= 60
    assert min(mark.degree for mark in shown) > 3
