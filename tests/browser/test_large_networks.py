"""Networks of more than 300 organisations: drawn by the browser, told by the table."""

from typing import Any

import networkx as nx
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from people.models import Naming, Project, Sector, User
from tests.browser.accessibility import LAPTOP, PHONE, barriers
from tests.browser.conftest import Visitor
from tests.networks.story import _response, a_wave, naming
from tests.story import an_organisation

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


def drawn(page: Page) -> Page:
    expect(page.locator(".net-canvas[data-drawn]")).to_be_visible()
    return page


def middle_of(page: Page, code: str) -> tuple[float, float]:
    """Where a mark lies on the page: the data are in 1000 x 760, with a margin around."""
    at = page.evaluate(
        """async (code) => {
            const box = document.querySelector(".net-canvas"), stage = box.querySelector(".stage");
            const { codes, places } = await (await fetch(box.dataset.from)).json();
            const xs = places.filter((_, n) => n % 3 === 0), ys = places.filter((_, n) => n % 3 === 1);
            const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
            const n = codes.indexOf(code), { x, y, width, height } = stage.getBoundingClientRect();
            const scale = (Math.min(width, height) - 48) / Math.max(right - left, bottom - top);
            return [x, y, width, height, xs[n] - (left + right) / 2, ys[n] - (top + bottom) / 2, scale];
        }""",
        code,
    )
    x, y, width, height, dx, dy, scale = at
    return x + width / 2 + dx * scale, y + height / 2 + dy * scale


@pytest.mark.parametrize(
    "look", [{"viewport": PHONE}, {"viewport": LAPTOP, "color_scheme": "dark"}], ids=str
)
def test_a_large_network_has_no_barriers(
    visit: Visitor, birte: User, crowd: None, look: dict[str, Any]
) -> None:
    page = drawn(visit(PAGE, birte, **look))
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= look["viewport"]["width"]
