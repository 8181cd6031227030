"""A counsellor's device holds whole conversations without network, and sends each once."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project, User
from surveys.conversations.models import Conversation
from surveys.models import Response
from tests.browser.accessibility import PHONE
from tests.browser.away import ROWS, SHELL, begin, finish, opened, prepared, tablet
from tests.browser.conftest import cookie_of
from tests.browser.test_conversation import TABLET, nadja, press, tell_of_a_garden
from tests.browser.wire import Wire

__all__ = ["nadja", "tablet"]


@pytest.fixture(params=[PHONE, TABLET], ids=["phone", "tablet"])
def device(
    request: Any, browser: Browser, wire: Wire, app: Flask, nadja: User
) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=wire.address, locale="de-DE", viewport=request.param, reduced_motion="reduce"
    )
    context.add_cookies([{"url": wire.address, **cookie_of(nadja, app)}])  # type: ignore[typeddict-item]
    yield context
    context.close()


def test_a_whole_conversation_without_network(
    device: BrowserContext, wire: Wire, session: Session, project: Project
) -> None:
    page = opened(prepared(device))
    page.locator(".tongues [data-language=ar] button").click()
    person = page.locator("section[lang=ar][dir=rtl]")
    expect(person).to_contain_text("هل تودّون المشاركة؟")
    press(page, "yes")
    expect(page.locator("h1")).to_have_text("Waren Sie in der Schule?")
    code = page.locator(".duo-head bdi").inner_text()
    person.get_by_text("لا", exact=True).click()
    press(page, "next")
    wire.cut()

    person.get_by_text("دورة ألمانية").click()
    page.get_by_label("Arbeit").check()
    press(page, "next")
    expect(page.locator("h1")).to_have_text("Und davon zuerst?")
    page.close()
    page = device.new_page()
    page.goto(SHELL)
    opened(page)
    expect(page.locator(".todo")).to_contain_text(code)
    page.get_by_role("button", name="Go on").or_(
        page.get_by_role("button", name="Weiter")
    ).click()
    expect(page.locator("h1")).to_have_text("Und davon zuerst?")
    person = page.locator("section[lang=ar][dir=rtl]")
    tell_of_a_garden(page, person)
    expect(person).to_contain_text("يجوز لمركز الاستشارة")
    person.get_by_text("نعم", exact=True).click()
    press(page, "next")
    press(page, "next")
    expect(person.locator(".code")).to_have_text(code)
    session.expire_all()
    assert session.scalars(select(Response)).all() == []

    wire.mend()
    page.reload()
    opened(page)
    expect(page.locator("#told")).to_contain_text(code)
    session.expire_all()
    response = session.scalars(select(Response)).one()
    assert response.submitted
    told = {"needs": ["course", "work"], "school": "no", "wall": "yes", "again": "yes"}
    assert told.items() <= response.answers.items()
    assert "first" not in response.answers
    conversation = session.scalars(select(Conversation)).one()
    assert (conversation.code, conversation.language) == (code, "ar")
    assert conversation.draft is None


NEWER = """
async () => {
  while ((await caches.keys()).join() !== "away 123456789abc") {
    await new Promise((done) => setTimeout(done, 50));
  }
}
"""


def test_a_full_disk_keeps_the_page_with_what_is_typed(
    tablet: BrowserContext, wire: Wire
) -> None:
    page = opened(prepared(tablet))
    begin(page)
    wire.cut()
    page.evaluate("""() => { IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    }; }""")
    page.get_by_label("Nein").check()
    press(page, "next")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Nein")).to_be_checked()


def test_an_update_of_the_app_keeps_what_is_on_the_device(
    tablet: BrowserContext, app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(prepared(tablet))
    begin(page)
    code = page.locator(".duo-head bdi").inner_text()
    monkeypatch.setattr(app.extensions["assets"], "version", "123456789abc")
    page.goto(SHELL)
    page.evaluate(NEWER)
    page.goto(SHELL)
    expect(page.locator("link[href*='/123456789abc/werkstatt']")).to_be_attached()
    opened(page)
    expect(page.locator(".todo")).to_contain_text(code)
    page.locator("button[data-act='go on']").click()
    finish(page)
    expect(page.locator("html[data-waiting='0']")).to_be_attached()
    assert session.scalars(select(Conversation)).one().code == code


def test_what_is_finished_while_something_is_under_way_is_sent_without_being_asked(
    tablet: BrowserContext, session: Session
) -> None:
    page = opened(prepared(tablet))
    begin(page)
    page.evaluate("""() => {
      const ask = window.fetch, slowly = new Promise((done) => { window.goOn = done; });
      window.fetch = (...sent) => slowly.then(() => ask(...sent));
      dispatchEvent(new Event("online"));
    }""")
    finish(page)
    page.evaluate("goOn()")
    expect(page.locator("html[data-waiting='0']")).to_be_attached()
    assert page.evaluate(ROWS) == []
    assert session.scalars(select(Response)).one().submitted


def test_a_page_that_is_opened_stays_when_what_waited_has_arrived(
    tablet: BrowserContext,
) -> None:
    page = opened(prepared(tablet))
    expect(page.locator(".tongues [data-language=ar] button")).to_be_visible()
    page.evaluate("""() => {
      window.fetch = async () => new Response('{"surveys": [], "provider": ""}');
      delete document.documentElement.dataset.waiting;
      dispatchEvent(new Event("online"));
      document.querySelector(".tongues [data-language=ar] button").click();
    }""")
    expect(page.locator("section[lang=ar]")).to_be_visible()
    expect(page.locator("html[data-waiting]")).to_be_attached()  # the sending is over
    expect(page.locator("section[lang=ar]")).to_be_visible()
