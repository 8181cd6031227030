"""A device that nobody uses locks itself, and nothing that was typed is lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models import Response
from tests.browser.accessibility import barriers
from tests.browser.away import ROWS, begin, finish, opened, prepared, tablet
from tests.browser.test_conversation import nadja, press
from tests.browser.wire import Wire

__all__ = ["nadja", "tablet"]
TYPED = "Ein Garten mit Tomaten"


@pytest.fixture
def page(tablet: BrowserContext) -> Iterator[Page]:
    """The device at the question for an idea, where something is typed."""
    page = prepared(tablet)
    page.clock.install()
    page.reload()
    begin(opened(page))
    for _ in range(2):
        press(page, "skip")
    page.get_by_role("textbox").fill(TYPED)
    yield page


def test_it_locks_itself_after_five_minutes_and_keeps_what_was_typed(
    page: Page, wire: Wire, session: Session
) -> None:
    wire.cut()
    page.clock.fast_forward("04:50")
    page.keyboard.press("Shift")  # somebody is there
    page.clock.fast_forward("04:50")
    expect(page.get_by_role("textbox")).to_have_value(TYPED)
    page.clock.fast_forward("00:15")
    expect(page.locator("#pin")).to_be_focused()
    expect(page.locator("#told .notice")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Idee")
    assert barriers(page) == []

    opened(page)
    expect(page.get_by_role("textbox")).to_have_value(TYPED)
    expect(page.locator("h1")).to_contain_text("Haben Sie eine Idee?")
    press(page, "next")
    press(page, "next")
    wire.mend()
    finish(page)
    expect(page.locator("html[data-waiting='0']")).to_be_attached()
    assert session.scalars(select(Response)).one().answers["idea"] == TYPED


def test_a_touch_that_comes_too_late_opens_nothing(page: Page) -> None:
    box = page.locator("button[value=next]:visible").last.bounding_box()
    page.clock.set_system_time(datetime.now(UTC) + timedelta(minutes=6))  # it slept
    assert box
    page.mouse.click(box["x"] + 9, box["y"] + 9)
    expect(page.locator("#pin")).to_be_visible()
    opened(page)
    expect(page.get_by_role("textbox")).to_have_value(TYPED)


def test_whoever_listens_touches_nothing_and_is_there(page: Page) -> None:
    page.evaluate("document.querySelector('.ask').classList.add('spoken')")
    page.clock.fast_forward("05:01")
    expect(page.get_by_role("textbox")).to_have_value(TYPED)
    page.evaluate("document.querySelector('.ask').classList.remove('spoken')")
    page.clock.fast_forward("05:01")
    expect(page.locator("#pin")).to_be_visible()


def test_a_full_disk_keeps_what_was_typed_beside_the_lock(page: Page) -> None:
    page.evaluate("""() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (thing, place) {
        if (this.name === "lock") return put.call(this, thing, place);
        throw new DOMException("full", "QuotaExceededError");
      };
    }""")
    page.clock.fast_forward("05:01")
    expect(page.locator("#pin")).to_be_visible()
    opened(page)
    expect(page.get_by_role("textbox")).to_have_value(TYPED)


def test_how_long_it_waits_is_chosen_on_the_device(tablet: BrowserContext) -> None:
    page = prepared(tablet)
    page.clock.install()
    page.reload()
    opened(page)
    choice = page.locator("#minutes")
    expect(choice).to_have_value("5")
    choice.select_option("1")
    expect(page.locator("html[data-waiting]")).to_be_attached()
    page.reload()
    opened(page)
    expect(choice).to_have_value("1")
    page.clock.fast_forward("01:01")
    expect(page.locator("#pin")).to_be_visible()
    assert page.evaluate(ROWS) == []
    opened(page)
    expect(choice).to_be_visible()


def test_nothing_is_kept_of_a_page_before_the_yes(tablet: BrowserContext) -> None:
    page = prepared(tablet)
    page.clock.install()
    page.reload()
    opened(page)
    page.locator(".tongues [data-language=ar] button").click()
    expect(page.locator("section[lang=ar]")).to_be_visible()
    page.clock.fast_forward("05:01")
    expect(page.locator("#pin")).to_be_visible()
    assert page.evaluate(ROWS) == []
    opened(page)
    expect(page.locator(".tongues")).to_be_visible()
