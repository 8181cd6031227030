import networkx as nx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from networks.removing import without
from people.models import Project, User
from tests.networks.story import demo_wave
from tests.story import browser_of

PAGE = "/p/buch/networks/autumn/without"


def graph(ties: str) -> "nx.Graph[str]":
    return nx.Graph([(pair[0], pair[1]) for pair in ties.split()])


def test_a_star_falls_apart_without_its_middle() -> None:
    change = without(graph("ma mb mc"), ["m"])
    assert (change.before.parts, change.after.parts) == (1, 3)
    assert change.waiting == ("a", "b", "c")
    assert (change.before.reaching, change.after.reaching, change.apart) == (3, 0, 3)
    assert (change.before.distance, change.after.distance) == (1.5, None)


def test_a_ring_holds_without_one_and_ways_grow() -> None:
    change = without(graph("ab bc cd de ef fa"), ["a"])
    assert change.apart == 0
    assert change.waiting == ()
    assert change.before.distance == pytest.approx(1.8)
    assert change.after.distance == pytest.approx(2.0)
    assert change.before.density == pytest.approx(6 / 15)


def test_who_had_no_tie_before_loses_none() -> None:
    drawn = graph("ab")
    drawn.add_node("c")
    assert without(drawn, ["a"]).waiting == ("b",)


def test_figures_are_those_of_networkx() -> None:
    drawn = nx.relabel_nodes(nx.karate_club_graph(), str)
    change = without(drawn, ["0", "33"])
    rest = drawn.subgraph([node for node in drawn if node not in ("0", "33")])
    parts = sorted(map(len, nx.connected_components(rest)), reverse=True)
    assert (change.after.parts, change.after.largest) == (len(parts), parts[0])
    assert change.after.density == pytest.approx(nx.density(rest))
    assert change.before.distance == pytest.approx(nx.average_shortest_path_length(drawn))
    assert change.after.reaching == sum(size * (size - 1) // 2 for size in parts)


def test_everyone_may_be_gone() -> None:
    change = without(graph("ab"), ["a", "b"])
    assert (change.after.organisations, change.after.parts, change.after.density) == (0, 0, 0)


def test_the_page_compares_today_with_without(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    demo_wave(session, project)
    german = {"Accept-Language": "de"}
    page = desk.get(f"{PAGE}?code=O14&code=O16", headers=german).text
    assert "Was trüge das Netz, wenn diese Organisationen ausfielen?" in page
    assert (
        '<th scope="row">Organisationen</th><td class="n">40</td><td class="n">38</td>' in page
    )
    assert page.count('<svg class="net"') == 2
    assert "checked" in page


@pytest.mark.parametrize(
    "asked", ["", "code=O99", "code=%00", "q=%3Cscript%3E", "q=x&code=O14"]
)
def test_whatever_is_asked_the_page_answers(
    desk: FlaskClient, session: Session, project: Project, asked: str
) -> None:
    demo_wave(session, project)
    answer = desk.get(f"{PAGE}?{asked}")
    assert answer.status_code == 200
    assert "<script>" not in answer.text


def test_three_at_most_are_taken_away(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    demo_wave(session, project)
    page = desk.get(f"{PAGE}?code=O14&code=O16&code=O1&code=O01&code=O02&code=O03").text
    assert page.count(" checked>") == 3
    assert 'class="notice"' in page


def test_it_is_for_facilitators(
    app: Flask, tarik: User, session: Session, project: Project
) -> None:
    demo_wave(session, project)
    assert browser_of(tarik, app).get(f"{PAGE}?code=O14").status_code == 403
