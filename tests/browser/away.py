"""A counsellor's tablet that is prepared for conversations without network."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from people.models import User
from tests.browser.conftest import cookie_of
from tests.browser.test_conversation import TABLET, press
from tests.browser.wire import Wire
from tests.surveys.conversations.story import DESK

PIN = "384951"
SHELL = "/p/buch/away/"
ROWS = """
async () => {
  const asking = indexedDB.open("werkstatt away buch");
  await new Promise((done) => { asking.onsuccess = done; });
  const places = asking.result.transaction("rows").objectStore("rows").getAllKeys();
  await new Promise((done) => { places.onsuccess = done; });
  asking.result.close();
  return places.result.filter((place) => place.startsWith("draft"));
}
"""


@pytest.fixture
def tablet(browser: Browser, wire: Wire, app: Flask, nadja: User) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=wire.address, locale="de-DE", viewport=TABLET)  # type: ignore[arg-type]
    context.add_cookies([{"url": wire.address, **cookie_of(nadja, app)}])  # type: ignore[typeddict-item]
    yield context
    context.close()


def prepared(device: BrowserContext, pin: str = PIN) -> Page:
    page = device.new_page()
    page.goto(f"{DESK}/away")
    page.locator("[name=name]").fill("Tablet in Raum 2")
    page.locator("#pin").fill(pin)
    page.locator("#again").fill(pin)
    page.locator("[data-for=preparing] button").click()
    page.wait_for_url(f"**{SHELL}")
    return page


def opened(page: Page, pin: str = PIN) -> Page:
    page.locator("#pin").fill(pin)
    page.locator("form button").click()
    return page


def begin(page: Page, language: str = "ar") -> None:
    expect(page.locator("html[data-waiting]")).to_be_attached()  # asked for news, when opened
    page.locator(f".tongues [data-language={language}] button").click()
    press(page, "yes")
    expect(page.locator("h1")).to_have_text("Waren Sie in der Schule?")


def finish(page: Page) -> None:
    """Leave every question out, to the card; what waits is told anew when it is sent."""
    expect(page.locator("button[value=next]")).to_be_visible()  # it may just be opening
    page.evaluate("delete document.documentElement.dataset.waiting")
    while page.locator("button[value=next]").count():
        asked = page.locator("h1").inner_text()
        press(page, "skip" if page.locator("button[value=skip]").count() else "next")
        expect(page.locator("h1")).not_to_have_text(asked)
