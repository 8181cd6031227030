import math
import re

import networkx as nx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from networks.egos import rings
from networks.forms import View
from networks.layout import HEIGHT, WIDTH, layout
from networks.localities import centre, map_of
from networks.models import Placement
from networks.network import Network, Node
from networks.tying import State, Tie
from people.models import Naming, Organisation, Project, Sector, User
from people.places import CENTRES
from surveys.models import Response, Survey
from tests.networks.story import a_response, a_wave, demo_wave, naming
from tests.networks.test_routes import PAGE, sizes, text_of
from tests.story import an_organisation, browser_of


@pytest.fixture
def demo(session: Session, project: Project) -> Survey:
    return demo_wave(session, project)


@pytest.fixture
def reader(app: Flask, tarik: User) -> FlaskClient:
    """A browser of someone on the task force."""
    return browser_of(tarik, app)


def rows(page: str) -> list[str]:
    body = page.partition("<tbody")[2].partition("</tbody>")[0]
    return [text_of(row) for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)]


def in_german(client: FlaskClient, path: str) -> str:
    return client.get(path, headers={"Accept-Language": "de"}).text


def test_an_address_says_what_is_seen_and_nothing_else() -> None:
    asked = MultiDict(
        [
            ("sector", "economy"), ("sector", "nonsense"), ("locality", "buch"),
            ("layer", "wishes"), ("zoom", "9"), ("steps", "2"), ("table", "ties"),
            ("order", "state"), ("ego", "O1\0"), ("strength", "x"),
        ]
    )  # fmt: skip
    view = View.of(asked)
    assert view.address() == {
        "sector": ("economy",), "locality": ("buch",), "layer": ("wishes",), "steps": 2,
        "table": "ties", "order": "state", "ego": "O1",
    }  # fmt: skip
    assert View.of(MultiDict(view.shareable)).shareable == view.shareable
    assert "table" not in view.shareable
    assert view.without("sector", "economy").get("sector") is None


def test_partners_stand_in_a_ring_around_the_one_in_the_middle() -> None:
    graph = nx.relabel_nodes(nx.barabasi_albert_graph(30, 2, seed=2), "O{:02}".format)
    places = rings(graph, "O00", 2, layout(graph))
    middle = places["O00"]
    assert middle == (WIDTH / 2, HEIGHT / 2)

    def far(code: str) -> float:
        x, y = places[code]
        return math.hypot((x - middle[0]) / WIDTH, (y - middle[1]) / HEIGHT)

    near = {code for code in places if graph.has_edge("O00", code)}
    beyond = set(places) - near - {"O00"}
    assert max(far(code) for code in near) < min(far(code) for code in beyond)
    assert len(set(places.values())) == len(places)


def test_a_network_is_seen_from_one_organisation(desk: FlaskClient, demo: Survey) -> None:
    page = in_german(desk, f"{PAGE}?ego=O14")
    assert sizes(page)[1] == 10
    assert page.count("<h1>") == 1
    assert len(rows(page)) == 9
    assert 'rel="next"' in page
    wider = in_german(desk, f"{PAGE}?ego=O14&steps=2")
    assert "22 Organisationen in zwei Schritten" in wider
    assert sizes(wider)[1] == 23
    assert desk.get(f"{PAGE}?ego=O999").status_code == 404
    outside = in_german(desk, f"{PAGE}?ego=O14&sector=economy")
    assert "Diese Organisation gehört nicht zur Auswahl." in outside


def test_what_is_selected_can_be_taken_away_piece_by_piece(
    desk: FlaskClient, demo: Survey
) -> None:
    page = in_german(desk, f"{PAGE}?sector=economy&sector=society&strength=3&locality=buch")
    chips = re.findall(r'<a class="pill" href="([^"]*)"><span class="vh">Wegnehmen', page)
    assert len(chips) == 4
    assert any("sector=society" in each and "sector=economy" not in each for each in chips)
    assert re.search(r"\d+ von 40 Organisationen, \d+ von 60 Beziehungen\.", text_of(page))
    nobody = in_german(desk, f"{PAGE}?sector=science&locality=wilhelmsruh")
    assert "Zu dieser Auswahl gehört keine Organisation." in nobody
    assert "<svg class=" in nobody
    without = in_german(desk, f"{PAGE}?sector=science&strength=3")
    assert "Zu dieser Auswahl gehört keine Beziehung." in without


def test_wishes_are_drawn_when_they_are_switched_on(desk: FlaskClient, demo: Survey) -> None:
    assert 'class="wish"' not in desk.get(PAGE).text
    page = desk.get(f"{PAGE}?layer=wishes").text
    assert page.partition('<svg class="net')[2].count('class="wish"') == 3
    assert sizes(page) == (60, 40)


def test_ties_are_a_table_that_is_sorted_and_searched(desk: FlaskClient, demo: Survey) -> None:
    page = in_german(desk, f"{PAGE}?table=ties")
    assert len(rows(page)) == 20
    assert " eng " in rows(page)[0]
    assert len(rows(in_german(desk, f"{PAGE}?table=ties&all=1"))) == 60
    found = rows(in_german(desk, f"{PAGE}?table=ties&q=Küche"))
    assert found
    assert all("Küche" in row for row in found)
    names = [row.split()[0] for row in rows(in_german(desk, f"{PAGE}?table=ties&order=a"))]
    assert names == sorted(names)
    assert "Keine Beziehung passt dazu." in in_german(desk, f"{PAGE}?table=ties&q=xyz")


def test_a_matrix_says_the_same_as_the_picture(desk: FlaskClient, demo: Survey) -> None:
    page = desk.get(f"{PAGE}?table=matrix").text
    assert len(rows(page)) == 40
    assert len(re.findall(r'<td class="c\d">', page)) == 120


def test_a_matrix_of_very_many_is_one_of_sectors(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    survey = a_wave(session, project)
    people = [
        an_organisation(project, f"O{n:02}", f"Verein {n}", [*Sector][n % 4]) for n in range(61)
    ]
    session.add_all(people)
    session.commit()
    for n, each in enumerate(people):
        a_response(session, survey, each, naming((f"O{(n + 1) % 61:02}", ["rooms"], 2)))
    page = in_german(desk, f"{PAGE}?table=matrix")
    assert "zu viele" in page
    assert len(rows(page)) == 10


def test_another_wave_is_chosen_in_the_form(
    desk: FlaskClient, session: Session, project: Project, demo: Survey
) -> None:
    a_wave(session, project, "spring")
    answer = desk.get(f"{PAGE}?wave=spring&sector=economy")
    assert answer.location == "/p/buch/networks/spring?sector=economy"
    assert desk.get(f"{PAGE}?wave=nowhere").status_code == 404


def test_a_larger_picture_shows_more_names(desk: FlaskClient, demo: Survey) -> None:
    page = desk.get(f"{PAGE}?zoom=2").text
    assert '<svg class="net z2"' in page
    assert 'class="zoomed" tabindex="0" role="region"' in page
    assert 'class="more"' not in page


def test_places_are_kept_until_somebody_orders_them_anew(
    desk: FlaskClient, session: Session, demo: Survey
) -> None:
    desk.get(PAGE)
    before = session.query(Placement).one().places
    lone = session.query(Organisation).filter_by(code="O11").one()
    session.query(Response).filter_by(organisation_id=lone.id).update({"leading": False})
    a_response(session, demo, lone, naming(("O14", ["rooms"], 2)))
    assert desk.get(PAGE).status_code == 200
    session.expire_all()
    after = session.query(Placement).one().places
    ways = [math.dist(before[code], after[code]) for code in before]
    assert sum(ways) / len(ways) < 0.03 * math.hypot(WIDTH, HEIGHT)
    assert desk.post(f"{PAGE}/order").status_code == 303
    session.expire_all()
    assert session.query(Placement).one().places != after


def test_the_localities_lie_to_each_other_as_in_the_district() -> None:
    assert len(CENTRES) == 13
    for code in CENTRES:
        x, y = centre(code)
        assert 0 < x < WIDTH
        assert 0 < y < HEIGHT
    assert centre("buch")[1] < centre("karow")[1] < centre("weissensee")[1]
    assert centre("wilhelmsruh")[0] < centre("pankow")[0] < centre("weissensee")[0]


def test_the_map_tells_no_place_of_whom_may_not_be_named() -> None:
    nodes = {
        code: Node(code, code, code, "society", locality=place, naming=level)
        for code, place, level in (
            ("A", "buch", Naming.NETWORK), ("B", "karow", Naming.NETWORK),
            ("C", "buch", Naming.TEAM), ("D", "district", Naming.NETWORK),
        )
    }  # fmt: skip
    ties = [Tie(*pair, State.CONFIRMED) for pair in (("A", "B"), ("B", "C"), ("A", "C"))]
    network = Network(nodes, ties)

    def told(audience: str) -> tuple[int, int, int]:
        drawn = map_of(network, audience, str)
        (spot,) = [each for each in drawn.spots if each.code == "buch"]
        return spot.count, sum(band.ties for band in drawn.bands), drawn.elsewhere

    assert told(Naming.TEAM) == (2, 2, 1)
    assert told(Naming.NETWORK) == (1, 1, 2)


def test_choosing_a_locality_tells_no_hidden_place(
    reader: FlaskClient, desk: FlaskClient, demo: Survey, session: Session
) -> None:
    session.query(Organisation).filter_by(code="O14").one().naming = Naming.TEAM
    session.commit()
    every, some = (sizes(each.get(f"{PAGE}?locality=buch").text)[1] for each in (desk, reader))
    assert (every, some) == (10, 9)


def test_the_map_is_a_table_too(desk: FlaskClient, demo: Survey) -> None:
    page = in_german(desk, f"{PAGE}/map")
    assert len(rows(page)) == 13
    assert rows(page)[0].startswith("Buch 10 11 Pankow (Ortsteil) 6")


def test_the_projector_shows_the_picture_and_nothing_to_press(
    desk: FlaskClient, demo: Survey
) -> None:
    page = desk.get(f"{PAGE}/projector?sector=economy").text
    assert sizes(page)[1] == 13
    assert 'class="projector" data-theme="dark"' in page
    for control in ("<button", "<form", "<nav", "<header", "<footer"):
        assert control not in page


@pytest.mark.parametrize(("format", "begins"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_the_picture_is_taken_along_as_it_is_seen(
    desk: FlaskClient, demo: Survey, session: Session, format: str, begins: bytes
) -> None:
    session.query(Organisation).filter_by(code="O11").one().naming = Naming.TEAM
    session.commit()
    answer = desk.get(f"{PAGE}/picture.{format}?sector=economy&layer=wishes")
    assert answer.data.startswith(begins)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    if format == "svg":
        assert answer.text.count("<line") == 4 + 1  # and the key, of what is known outside
        assert "Kiezbäckerei" not in answer.text


def test_whatever_stands_in_an_address_is_text(desk: FlaskClient, demo: Survey) -> None:
    evil = "%3Cscript%3Ealert(1)%3C/script%3E%22%27%00"
    for name in ("tie", "q", "kind", "sort", "order", "table", "zoom", "layer", "locality"):
        for path in (PAGE, f"{PAGE}/map", f"{PAGE}/projector", f"{PAGE}/picture.svg"):
            answer = desk.get(f"{path}?{name}={evil}")
            assert answer.status_code == 200, (path, name)
            assert "<script>alert" not in answer.text
    assert desk.get(f"{PAGE}?ego={evil}").status_code == 404
