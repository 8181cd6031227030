from typing import Any

import networkx as nx
import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from networks.sharing import key_of, share
from people.models import Naming, Project, Sector, User
from surveys.models import Survey
from tests.browser.accessibility import LAPTOP, PHONE, barriers
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.networks.story import _response, a_wave, demo_wave, naming
from tests.story import NOON, an_organisation

PAGE = "/p/buch/networks/autumn"
LOOKS: list[dict[str, Any]] = [
    {"locale": "de-DE", "viewport": PHONE},
    {"locale": "en-GB", "viewport": LAPTOP},
]


@pytest.fixture
def demo(session: Session, project: Project) -> Survey:
    return demo_wave(session, project)


@pytest.mark.parametrize(
    "look", LOOKS, ids=lambda look: f"{look['locale']}-{look['viewport']['width']}"
)
def test_the_network_has_no_barriers(
    visit: Visitor, birte: User, demo: Survey, look: dict[str, Any]
) -> None:
    page = visit(PAGE, birte, **look)
    for summary in page.locator("main summary").all():
        summary.click()
    assert barriers(page) == []
    for path in ("/O14", "/map", "/projector?layer=wishes", "/links", "?ego=O14&steps=2"):
        page.goto(f"{PAGE}{path}")
        assert barriers(page) == [], path
    for query in ("table=ties&zoom=1", "table=matrix", "sector=economy&locality=buch"):
        page.goto(f"{PAGE}?{query}")
        assert barriers(page) == [], query


def test_pointing_at_an_organisation_shows_its_partners(
    visit: Visitor, birte: User, demo: Survey
) -> None:
    page = visit(PAGE, birte)
    jobpunkt = page.locator("svg.net a", has_text="Jobpunkt")
    jobpunkt.focus()
    expect(page.locator("svg.net line.near")).to_have_count(5)
    expect(page.locator("svg.net a.at")).to_have_count(6)
    page.locator("h1").click()
    expect(page.locator("svg.net line.near")).to_have_count(9)  # as before: Bucher Bogen's


def test_the_network_is_read_by_keyboard_alone(
    visit: Visitor, birte: User, demo: Survey
) -> None:
    page = visit(PAGE, birte)
    page.locator(".net-card .skip").focus()
    page.keyboard.press("Tab")
    expect(page.locator("svg.net a").first).to_be_focused()
    page.locator(".net-card .skip").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#table")
    page.locator("svg.net a", has_text="Radhaus").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Radhaus Buch gGmbH")


def test_the_network_is_searched_and_narrowed_without_scripts(
    visit: Visitor, birte: User, demo: Survey
) -> None:
    narrow = {"width": 320, "height": 700}
    page = visit(PAGE, birte, java_script_enabled=False, viewport=narrow)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.get_by_role("checkbox", name="Zivilgesellschaft").check()
    page.get_by_label("Stärke").select_option("3")
    press(page.get_by_role("button", name="Zeigen"))
    expect(page.locator(".notice").first).to_contain_text("Sie sehen eine Auswahl.")
    page.get_by_label("Name", exact=True).fill("haus")
    press(page.get_by_role("button", name="Suchen"))
    expect(page.locator("tbody tr")).to_have_count(4)
    expect(page.get_by_role("checkbox", name="Zivilgesellschaft")).to_be_checked()
    press(page.locator("th a.sort").first)
    expect(page.locator("tbody tr")).to_have_count(4)
    page.locator("tbody a").first.click()
    expect(page.locator("h1")).to_be_visible()


def test_arrow_keys_lead_along_the_ties_and_say_where_one_is(
    visit: Visitor, birte: User, demo: Survey
) -> None:
    page = visit(PAGE, birte)
    says = page.locator(".net-card .says")
    page.locator("svg.net a[aria-current]").focus()
    expect(says).to_contain_text("Bucher Bogen")
    expect(says).to_contain_text("Zivilgesellschaft, 9 Beziehungen; eng mit ")
    close = says.inner_text().partition("eng mit ")[2].split(", ")
    assert "Radhaus" in close
    seen = {"Bucher Bogen"}
    for key in ("ArrowUp", "ArrowLeft", "ArrowDown", "ArrowRight"):
        page.locator("svg.net a[aria-current]").focus()
        page.keyboard.press(key)
        there = page.evaluate("document.activeElement.getAttribute('class')")
        name = page.evaluate("document.activeElement.querySelector('text').textContent")
        if name != "Bucher Bogen":
            assert "near" in there  # a partner, not just anybody beside
            expect(says).to_contain_text(name)
            seen.add(name)
    assert len(seen) > 2


def test_up_and_down_lead_through_the_table(visit: Visitor, birte: User, demo: Survey) -> None:
    page = visit(PAGE, birte)
    links = page.locator("table[data-walk] tbody th a")
    links.first.focus()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    expect(page.locator(".net-card .says")).to_contain_text("Ankommen")
    page.keyboard.press("End")
    expect(links.last).to_be_focused()
    page.keyboard.press("Home")
    expect(links.first).to_be_focused()


def test_the_whole_page_is_used_by_keyboard_alone(
    visit: Visitor, birte: User, demo: Survey
) -> None:
    page = visit(PAGE, birte)

    def tab_to(selector: str, most: int = 150) -> None:
        for _ in range(most):
            page.keyboard.press("Tab")
            if page.evaluate(f"document.activeElement.matches({selector!r})"):
                return
        pytest.fail(f"nobody gets to {selector} by keyboard")

    tab_to(".net-card .skip")
    page.keyboard.press("Enter")  # over the picture
    tab_to(".views a[href*='table=ties']")
    page.keyboard.press("Enter")
    expect(page.locator("#table")).to_have_text("Alle Beziehungen")
    tab_to(".net-card .skip")
    page.keyboard.press("Enter")
    tab_to("a.sort[href*='order=state']")
    page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Wer sagt das?")
    tab_to("#selection input[value=science]")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".cut .pill")).to_have_count(1)
    tab_to(".cut .pill")
    page.keyboard.press("Enter")
    expect(page.locator(".cut .pill")).to_have_count(0)
    tab_to("svg.net a")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Stadtteilzentrum Bucher Bogen e.V.")


def test_the_tree_for_readers_of_screens_tells_all_that_the_picture_shows(
    visit: Visitor, birte: User, demo: Survey
) -> None:
    page = visit(f"{PAGE}?all=1", birte)
    main = page.locator("main")
    group = page.get_by_role("group", name="Bild des Netzwerks.")
    expect(group.get_by_role("link")).to_have_count(40)
    radhaus = group.get_by_role("link", name="Radhaus, Radhaus Buch gGmbH, Wirtschaft, 6 Bez")
    expect(radhaus).to_have_count(1)
    rows = page.get_by_role("region", name="Alle Organisationen").get_by_role("row")
    expect(rows).to_have_count(41)
    tree = main.aria_snapshot()
    for told in ('heading "Wer arbeitet mit wem?"', 'link "Matrix"', "Nur bestätigte"):
        assert told in tree
    page.goto(f"{PAGE}?table=ties&all=1")
    rows = page.get_by_role("region", name="Alle Beziehungen").get_by_role("row")
    expect(rows).to_have_count(61)
    expect(rows.nth(1)).to_contain_text("beide nennen einander")


COVERED = """() => {
  const shown = [...document.querySelectorAll("svg.net text")].filter((t) =>
    getComputedStyle(t).display !== "none");
  const frame = document.querySelector("svg.net").getBoundingClientRect();
  const boxes = shown.map((t) => [t.textContent, t.getBoundingClientRect()]);
  const amiss = boxes.filter(([, b]) => b.left < frame.left - 1 || b.right > frame.right + 1
    || b.top < frame.top - 1 || b.bottom > frame.bottom + 1).map(([t]) => t);
  boxes.forEach(([t, a], n) => boxes.slice(n + 1).forEach(([u, b]) => {
    if (a.left < b.right - .5 && b.left < a.right - .5 && a.top < b.bottom - .5
      && b.top < a.bottom - .5) amiss.push(t + " / " + u);
  }));
  return { count: shown.length, amiss };
}"""


@pytest.mark.parametrize(("width", "query", "least"), [
    (1280, "", 40), (390, "", 4), (390, "?zoom=1", 100), (1280, "?zoom=2", 200),
])  # fmt: skip
def test_of_three_hundred_no_label_covers_another(
    visit: Visitor, session: Session, project: Project, birte: User,
    width: int, query: str, least: int,
) -> None:  # fmt: skip
    survey = a_wave(session, project)
    graph = nx.barabasi_albert_graph(300, 2, seed=4)
    kinds = ("Gemeinnütziger Verein", "Stadtteilzentrum", "Werkstatt", "Bezirksamt")
    people = [
        an_organisation(
            project, f"O{n:03}", f"{kinds[n % 4]} {n} e.V.", [*Sector][n % 4],
            short_name=f"{kinds[n % 4]} {n}",
        )
        for n in graph
    ]  # fmt: skip
    session.add_all(people)
    session.commit()
    for n, each in enumerate(people):
        partners = [(f"O{other:03}", ["rooms"], 1 + other % 3) for other in graph[n]]
        _response(session, survey, each, naming(*partners))
    session.commit()
    page = visit(f"{PAGE}{query}", birte, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = page.evaluate(COVERED)
    assert found["amiss"] == []
    assert found["count"] >= least


@pytest.mark.parametrize("scripts", [True, False])
def test_a_shared_view_is_read_in_arabic_on_a_phone(
    visit: Visitor, app: Flask, session: Session, birte: User, demo: Survey, scripts: bool
) -> None:
    keys = app.extensions["keys"]
    link = share(session, keys, demo, "Netz", {}, Naming.NETWORK, "k", "Birte", NOON)
    session.commit()
    path = f"/n/{key_of(keys, link)}"
    page = visit(path, locale="ar", viewport=PHONE, java_script_enabled=scripts)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    expect(page.locator("svg.net a")).to_have_count(40)
    expect(page.locator("h2").last).to_have_text("كل العلاقات")
    if scripts:
        assert barriers(page) == []
    page.locator("svg.net a[href='#o1']").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#o1")
