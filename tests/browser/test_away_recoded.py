"""A counsellor is told when another conversation has a code, before the card is given."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.conversations.models import Conversation
from tests.browser.accessibility import barriers
from tests.browser.away import SHELL, begin, finish, opened, prepared, tablet
from tests.browser.test_conversation import nadja
from tests.browser.wire import Wire

__all__ = ["nadja", "tablet"]


@pytest.fixture
def page(tablet: BrowserContext, wire: Wire, session: Session) -> Iterator[Page]:
    """The card of a second conversation, whose code the first has on the server."""
    page = opened(prepared(tablet))
    begin(page)
    finish(page)
    expect(page.locator("html[data-waiting='0']")).to_be_attached()
    page.goto(SHELL)
    begin(opened(page))
    wire.cut()
    finish(page)
    first = session.scalars(select(Conversation)).one()
    first.code = page.locator(".code").first.inner_text()
    session.commit()
    yield page


def online(page: Page, wire: Wire) -> None:
    wire.mend()
    page.evaluate("""() => {
      delete document.documentElement.dataset.waiting;
      dispatchEvent(new Event("online"));
    }""")
    expect(page.locator("html[data-waiting]")).to_be_attached()


def test_the_card_in_hand_shows_the_new_code_to_both(
    page: Page, wire: Wire, session: Session
) -> None:
    old = page.locator(".code").first.inner_text()
    online(page, wire)
    expect(page.locator("[role=alert]")).to_contain_text(old)
    new = page.locator(".code").first.inner_text()
    assert new != old
    expect(page.locator("[role=alert]")).to_contain_text(new)
    expect(page.locator(".duo-ar .code")).to_have_text(new)
    expect(page.locator(".duo-ar .notice")).to_be_visible()
    assert barriers(page) == []

    page.locator(".duo-head a").click()
    expect(page.locator("#told .bad")).to_contain_text(new)
    page.locator("[data-act=again]").click()
    expect(page.locator("#told .ok")).to_contain_text(new)
    expect(page.locator("#told .bad")).to_have_count(0)
    session.expire_all()
    codes = session.scalars(select(Conversation.code)).all()
    assert sorted(codes) == sorted([old, new])


def test_the_new_code_stands_beside_the_old_one_until_it_is_sent(
    page: Page, wire: Wire
) -> None:
    old = page.locator(".code").first.inner_text()
    page.goto(SHELL)
    opened(page)
    expect(page.locator("[data-list=drafts]")).to_contain_text(old)
    online(page, wire)
    expect(page.locator("#told .bad")).to_contain_text(old)
    new = page.locator("[data-list=drafts] b").inner_text()
    assert new != old
    expect(page.locator("#told .bad")).to_contain_text(new)
    page.reload()
    opened(page)
    expect(page.locator("#told .bad")).to_contain_text(new)
    page.locator("[data-act=card]").click()
    expect(page.locator(".duo-ar .code")).to_have_text(new)
    expect(page.locator("[role=alert]")).to_contain_text(old)
