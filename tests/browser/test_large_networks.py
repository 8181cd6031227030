"""Networks of more than 300 organisations: drawn by the browser, told by the table."""

from itertools import combinations
from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from core.keys import Keyring
from networks.sharing import key_of, share
from people.models import Naming, Project, Sector, User
from surveys.models import Survey
from tests.browser.accessibility import PHONE, barriers
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.networks.story import _response, a_wave, naming
from tests.story import NOON, an_organisation

PAGE = "/p/buch/networks/autumn"
SECTORS = [*Sector]


@pytest.fixture
def crowd(session: Session, project: Project) -> None:
    """310 organisations; every third has an Arabic name, every fifth did not answer."""
    graph: Any = nx.barabasi_albert_graph(310, 2, seed=4)
    survey = a_wave(session, project)
    people = [
        an_organisation(
            project, f"O{n}", f"منظمة {n}" if n % 3 == 0 else f"Verein {n} Karow e. V.",
            SECTORS[n % 4], naming=Naming.NETWORK,
        )
        for n in graph
    ]  # fmt: skip
    session.add_all(people)
    session.flush()
    for n in graph:
        if n % 5:
            ties = [(f"O{other}", ["rooms"], 1 + (n + other) % 3) for other in graph[n]]
            _response(session, survey, people[n], naming(*ties, dreams=["O7"] if n < 9 else []))
    session.commit()


def large(visit: Visitor, birte: User, script: str = "", **options: Any) -> Page:
    """The page of the network, after *script* has changed the browser."""
    page = visit("/legal/source", birte, tolerate="GPU stall", **options)  # drawn by software
    page.add_init_script(script)
    page.goto(PAGE)
    return page


def drawn(page: Page) -> Page:
    expect(page.locator(".net-canvas")).to_have_attribute("data-drawn", "")
    return page


def test_a_large_network_has_no_barriers_on_a_phone(
    visit: Visitor, birte: User, crowd: None
) -> None:
    page = drawn(large(visit, birte, viewport=PHONE))
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_it_has_none_in_the_dark_and_paper_gets_it_in_light_colours(
    visit: Visitor, birte: User, crowd: None
) -> None:
    page = drawn(large(visit, birte, color_scheme="dark"))
    assert barriers(page) == []
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".printed")).to_be_visible()
    expect(page.locator(".stage")).to_be_hidden()
    inked = """() => {
        const paper = document.querySelector(".printed"), pen = paper.getContext("2d");
        const data = pen.getImageData(0, 0, paper.width, paper.height).data;
        return data.filter((part, n) => n % 4 === 3 && part > 0).length / (data.length / 4);
    }"""
    assert page.evaluate(inked) > 0.02


def test_a_click_opens_an_organisation(visit: Visitor, birte: User, crowd: None) -> None:
    page = drawn(large(visit, birte))
    stage = page.locator(".stage")
    stage.scroll_into_view_if_needed()
    box = stage.bounding_box()
    assert box
    for y in range(40, int(box["height"] / 2), 9):  # from above, until something is met
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + y)
        if page.locator(".stage.pointing").count():
            break
    named = page.locator(".says").inner_text().partition(",")[0]
    page.mouse.down()
    page.mouse.up()
    expect(page.locator("h1")).to_have_text(named)


def test_a_large_picture_is_walked_and_left_by_keyboard(
    visit: Visitor, birte: User, crowd: None
) -> None:
    page = drawn(large(visit, birte))
    stage, says = page.locator(".stage"), page.locator(".says")
    page.locator("[data-zoom=all]").focus()
    page.keyboard.press("Tab")
    expect(stage).to_be_focused()
    expect(says).to_contain_text("Beziehungen: ")
    first = says.inner_text()
    page.keyboard.press("ArrowRight")
    expect(says).not_to_have_text(first)
    page.keyboard.press("Tab")
    expect(stage).not_to_be_focused()
    page.locator("table[data-walk] tbody th a").first.focus()
    expect(stage).to_have_class("stage pointing")  # who is met in the table is shown
    stage.focus()
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(PAGE)
    expect(page.locator("h1")).to_be_visible()


WATCH = """
    const pen = CanvasRenderingContext2D.prototype, { fillText: fill, clearRect: clear } = pen;
    pen.fillText = function (text, x, y) {
        const half = this.measureText(text).width / 2;
        const said = [text, x - half, y - 12, x + half, y + 3, this.direction];
        (this.canvas.said ??= []).push(said);
        fill.apply(this, arguments);
    };
    pen.clearRect = function () {
        this.canvas.said = [];
        clear.apply(this, arguments);
    };"""
SAID = "[...document.querySelectorAll('.stage canvas')].flatMap((each) => each.said ?? [])"


def test_labels_cover_no_other_and_run_their_own_way(
    visit: Visitor, birte: User, crowd: None
) -> None:
    page = drawn(large(visit, birte, WATCH))
    for _ in range(2):
        said = page.evaluate(SAID)
        assert len(said) > 15
        assert {way for text, *_, way in said if text.startswith("منظمة")} == {"rtl"}
        assert {way for text, *_, way in said if text.startswith("Verein")} == {"ltr"}
        for a, b in combinations(said, 2):
            assert a[1] >= b[3] or b[1] >= a[3] or a[2] >= b[4] or b[2] >= a[4], (a, b)
        page.locator("[data-zoom=in]").click()
        page.wait_for_function(
            "(known) => JSON.stringify(known) !== JSON.stringify(" + SAID + ")", arg=said
        )


NO_WEBGL = """
    const context = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
        return kind.startsWith("webgl") ? null : context.call(this, kind, ...more);
    };"""


@pytest.mark.parametrize(
    ("script", "options", "why"),
    [("", {"java_script_enabled": False}, "JavaScript"), (NO_WEBGL, {}, "WebGL")],
    ids=["no JavaScript", "no WebGL"],
)
def test_who_cannot_draw_sees_an_image_and_reads_why(
    visit: Visitor, birte: User, crowd: None, script: str, options: dict[str, Any], why: str
) -> None:
    page = large(visit, birte, script, **options)
    expect(page.locator(".net-canvas img")).to_be_visible()
    expect(page.locator(".net-canvas p.small:visible")).to_contain_text(why)
    expect(page.locator("[data-zoom=in], .stage").locator("visible=true")).to_have_count(0)
    if not options:
        page.wait_for_function(
            "() => document.querySelector('.net-canvas img').naturalWidth > 0"
        )
    page.get_by_role("checkbox", name="Zivilgesellschaft").check()
    press(page.get_by_role("button", name="Zeigen"))
    expect(page.locator("svg.net")).to_be_visible()  # a part is small enough for the page


def test_whoever_has_a_link_walks_a_large_picture_into_its_table(
    visit: Visitor, session: Session, keys: Keyring, crowd: None
) -> None:
    survey = session.query(Survey).one()
    link = share(session, keys, survey, "Netz", {}, Naming.PUBLIC, "k", "Birte", NOON)
    session.commit()
    page = visit(f"/n/{key_of(keys, link)}", tolerate="GPU stall", viewport=PHONE)
    assert barriers(drawn(page)) == []
    page.locator("[data-zoom=all]").focus()
    page.keyboard.press("Tab")
    named = page.locator(".says").inner_text().partition(",")[0]
    assert "Verein" not in named  # nobody agreed to be named in public
    page.keyboard.press("Enter")
    expect(page.locator("tr:target bdi")).to_have_text(named)
    expect(page.locator("tr:target")).to_be_in_viewport()


def test_in_forced_colours_labels_stand_out_and_shapes_tell_the_sectors(
    visit: Visitor, birte: User, crowd: None
) -> None:
    page = drawn(large(visit, birte, WATCH, forced_colors="active"))
    colours = page.evaluate("""() => {
        const layers = [...document.querySelectorAll(".stage canvas")];
        const pen = layers.find((each) => each.said?.length).getContext("2d");
        return [pen.strokeStyle, pen.fillStyle];
    }""")
    assert colours == ["#ffffff", "#000000"]
