from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from people.models import Project, User
from surveys.models import Survey
from tests.browser.accessibility import LAPTOP, PHONE, barriers
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.networks.story import demo_wave

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
    page.goto(f"{PAGE}/O14")
    assert barriers(page) == []


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
