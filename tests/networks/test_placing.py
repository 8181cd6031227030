import math
from datetime import timedelta

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from networks.layout import HEIGHT, WIDTH, Place, layout
from networks.models import Placement
from networks.moving import settle
from networks.placing import order_anew, place, places_in
from people.models import Project
from surveys.models import Survey
from tests.networks.story import a_wave
from tests.story import NOON

DIAGONAL = math.hypot(WIDTH, HEIGHT)


def a_graph(nodes: int = 40) -> "nx.Graph[str]":
    return nx.relabel_nodes(nx.barabasi_albert_graph(nodes, 2, seed=1), "O{:03}".format)


def placed(session: Session, survey: Survey, graph: "nx.Graph[str]") -> dict[str, Place]:
    """Where everyone stands when somebody looks."""
    return places_in(session, survey, graph) or place(session, survey, graph)


def moved(before: dict[str, Place], after: dict[str, Place]) -> float:
    """The mean way of those who stood already, as a share of the diagonal."""
    ways = [math.dist(place, after[code]) for code, place in before.items() if code in after]
    return sum(ways) / len(ways) / DIAGONAL


@given(st.sampled_from([5, 12, 40, 90]), st.integers(0, 88), st.integers(0, 88))
@settings(deadline=None, max_examples=30)
def test_one_more_tie_moves_the_others_little(nodes: int, a: int, b: int) -> None:
    graph = a_graph(nodes)
    before = layout(graph)
    graph.add_edge(f"O{a % nodes:03}", f"O{b % nodes:03}")
    graph.remove_edges_from(list(nx.selfloop_edges(graph)))
    after = settle(graph, before)
    assert after.keys() == before.keys()
    assert moved(before, after) < 0.03


def test_who_is_new_stands_beside_their_partners() -> None:
    graph = a_graph()
    before = layout(graph)
    graph.add_edges_from([("new", "O005"), ("alone", "alone")])
    graph.remove_edge("alone", "alone")
    after = settle(graph, before)
    gaps = {code: math.dist(after["new"], after[code]) for code in after if code != "new"}
    assert gaps["O005"] < 200
    assert min(gaps.values()) > 15
    assert after["alone"][1] > HEIGHT / 2
    assert moved(before, after) < 0.03


def test_a_network_that_grows_tie_by_tie_stays_in_the_picture() -> None:
    graph: nx.Graph[str] = nx.Graph()
    places: dict[str, Place] = {}
    for a, b in a_graph(30).edges:
        graph.add_edge(a, b)
        last, places = places, settle(graph, places)
        assert not last or len(last) < 4 or moved(last, places) < 0.03
        assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in places.values())
        assert len(set(places.values())) == len(places)


def test_places_are_kept_for_a_wave_and_begin_the_next(
    session: Session, project: Project
) -> None:
    first, second = a_wave(session, project, "autumn"), a_wave(session, project, "spring")
    second.created = NOON + timedelta(days=100)
    graph = a_graph()
    places = placed(session, first, graph)
    session.commit()
    assert placed(session, first, graph) == places
    graph.remove_edge("O001", next(iter(graph["O001"])))
    graph.add_edge("O000", "O039")
    later = placed(session, second, graph)
    session.commit()
    assert moved(places, later) < 0.03
    assert placed(session, first, a_graph()) == places
    assert session.query(Placement).count() == 2


def test_who_is_gone_finds_their_place_again(session: Session, project: Project) -> None:
    survey, graph = a_wave(session, project), a_graph()
    before = placed(session, survey, graph)
    graph.remove_node("O020")
    placed(session, survey, graph)
    again = placed(session, survey, a_graph())
    assert math.dist(before["O020"], again["O020"]) < 60


def test_a_picture_can_be_laid_out_anew(session: Session, project: Project) -> None:
    survey, graph = a_wave(session, project), a_graph()
    placed(session, survey, a_graph(20))
    order_anew(session, survey, graph)
    session.commit()
    assert placed(session, survey, graph) == layout(graph)
