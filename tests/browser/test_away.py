"""A counsellor's device holds whole conversations without network, and sends each once."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project, User
from surveys.conversations.models import Conversation
from surveys.models import Response
from surveys.odk import pairing
from surveys.odk.models import Device
from surveys.questionnaires import recognising
from tests.browser.accessibility import PHONE
from tests.browser.conftest import Visitor, cookie_of, program
from tests.browser.test_conversation import TABLET, nadja
from tests.browser.wire import Wire, a_wire
from tests.surveys.conversations.story import DESK
from tests.surveys.questionnaires import test_recognising

__all__ = ["nadja"]
PIN = "384951"
LONG_PIN = "garten-384951-minze"  # like no number that a browser writes down
SHELL = "/p/buch/away/"
SAID = "Ein Nachbarschaftsgarten mit Tomaten"


@pytest.fixture
def wire(site: str) -> Iterator[Wire]:
    with a_wire(site) as wire:
        yield wire


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


def press(page: Page, value: str) -> None:
    page.locator(f"button[value={value}]:visible").last.click()


def begin(page: Page, language: str = "ar") -> None:
    page.locator(f"[data-language={language}] button").click()
    press(page, "yes")
    expect(page.locator("h1")).to_have_text("Waren Sie in der Schule?")


def test_a_whole_conversation_without_network(
    device: BrowserContext, wire: Wire, session: Session, project: Project
) -> None:
    page = opened(prepared(device))
    page.locator("button[data-language=ar], [data-language=ar] button").click()
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
    press(page, "skip")
    page.get_by_role("textbox").fill("Frau Amiri möchte einen Garten")
    press(page, "next")
    expect(page.locator("mark")).to_have_text("Amiri")
    page.get_by_role("textbox").fill("Ein Garten für alle")
    press(page, "next")
    press(page, "back")
    expect(page.get_by_role("textbox")).to_have_value("Ein Garten für alle")
    press(page, "next")
    person.get_by_text("نعم", exact=True).click()
    press(page, "next")
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


@pytest.fixture
def tablet(browser: Browser, wire: Wire, app: Flask, nadja: User) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=wire.address, locale="de-DE", viewport=TABLET)  # type: ignore[arg-type]
    context.add_cookies([{"url": wire.address, **cookie_of(nadja, app)}])  # type: ignore[typeddict-item]
    yield context
    context.close()


LEFT = """
async () => {
  const found = await indexedDB.databases();
  return found.filter((each) => each.name.startsWith("werkstatt away")).length;
}
"""
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


def test_five_wrong_pins_destroy_everything(tablet: BrowserContext) -> None:
    page = prepared(tablet)
    begin(opened(page))
    page.reload()
    for left in (4, 3, 2, 1):
        opened(page, "111111")
        expect(page.locator("#pin-error")).to_be_visible()
        expect(page.locator("#pin")).to_have_value("")
        expect(page.locator("#pin-error")).to_contain_text(
            re.compile("One|einen" if left == 1 else str(left))
        )
        page.reload()  # which gives no attempt back
    opened(page, "111111")
    expect(page.locator("#pin")).to_have_count(0)
    expect(page.locator("h1")).to_have_text(re.compile("five times|fünf"))
    assert page.evaluate(LEFT) == 0
    page.reload()
    expect(page.locator("h1")).to_have_text(re.compile("not prepared|nicht vorbereitet"))


@pytest.mark.parametrize("is_open", [True, False])
def test_a_device_that_is_locked_out_destroys_what_it_has(
    tablet: BrowserContext, session: Session, wire: Wire, is_open: bool
) -> None:
    page = prepared(tablet)
    begin(opened(page))
    wire.cut()
    page.reload()
    expect(page.locator("#pin")).to_be_visible()
    if is_open:
        opened(page)
        expect(page.locator(".todo")).to_be_visible()
    device = session.scalars(select(Device)).one()
    pairing.forget(session, device.membership, device.id)
    session.commit()
    wire.mend()
    if is_open:
        page.evaluate("dispatchEvent(new Event('online'))")
    else:
        page.reload()
    expect(page.locator("h1")).to_have_text(re.compile("locked out|ausgesperrt"))
    assert page.evaluate(LEFT) == 0


def test_of_a_no_and_of_what_is_broken_off_nothing_stays(
    tablet: BrowserContext, session: Session
) -> None:
    page = opened(prepared(tablet))
    page.locator("[data-language=ar] button").click()
    assert page.evaluate(ROWS) == []
    press(page, "no")
    expect(page.locator("section[lang=ar]")).to_be_visible()
    assert page.evaluate(ROWS) == []
    page.locator(".duo-bar a").click()
    begin(page)
    assert len(page.evaluate(ROWS)) == 1
    page.locator("a[href$='/deletion']").click()
    page.locator(".duo-bar a").click()  # no, keep it
    expect(page.locator("h1")).to_have_text("Waren Sie in der Schule?")
    page.locator("a[href$='/deletion']").click()
    page.locator(".duo-bar button").click()
    expect(page.locator("#told")).to_contain_text(re.compile("deleted|gelöscht"))
    expect(page.locator("[data-part=drafts]")).to_be_hidden()
    assert page.evaluate(ROWS) == []
    assert session.scalars(select(Response)).all() == []


def test_nothing_on_the_disk_of_the_device_tells_what_was_said(
    browser: Browser, site: str, app: Flask, nadja: User, tmp_path: Path
) -> None:
    context = browser.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=program(),
        args=["--no-sandbox"],
        base_url=site,
        locale="de-DE",
    )
    context.add_cookies([{"url": site, **cookie_of(nadja, app)}])  # type: ignore[typeddict-item]
    page = opened(prepared(context, LONG_PIN), LONG_PIN)
    begin(page)
    code = page.locator(".duo-head bdi").inner_text()
    for _ in range(2):
        press(page, "skip")
    page.get_by_role("textbox").fill(SAID)
    press(page, "next")
    press(page, "back")
    expect(page.get_by_role("textbox")).to_have_value(SAID)
    press(page, "pause")
    expect(page.locator(".todo")).to_contain_text(code)
    page.goto("/legal/imprint")
    context.close()
    written = {each: each.read_bytes() for each in tmp_path.rglob("*") if each.is_file()}
    assert any(b"draft " in each for each in written.values())
    for secret in (SAID, LONG_PIN, code):
        for coding in ("utf-8", "utf-16-le"):
            bare = secret.encode(coding)
            assert [each.name for each, text in written.items() if bare in text] == []


NEWER = """
async () => {
  while ((await caches.keys()).join() !== "away 123456789abc") {
    await new Promise((done) => setTimeout(done, 50));
  }
}
"""
FINDS = """
async ({address, kit, texts}) => {
  const {finds} = await import(address);
  const plain = ({sort, begins, ends}) => [sort, begins, ends];
  return texts.map((text) => finds(text, kit).map(plain));
}
"""


def test_a_device_asks_back_about_the_same_texts_as_the_server(
    visit: Visitor, app: Flask
) -> None:
    page = visit("/legal/imprint")
    version = app.extensions["assets"].version
    texts = [text for text, *_ in test_recognising.TELLING]
    texts += [*test_recognising.TELLING_NOTHING]
    sent = {
        "address": f"/static/{version}/js/away/recognising.js",
        "kit": recognising.rules_for_browsers(),
        "texts": texts,
    }
    for text, found in zip(texts, page.evaluate(FINDS, sent), strict=True):
        expected = [[each.sort, each.begins, each.ends] for each in recognising.finds(text)]
        assert found == expected, text


def finish(page: Page) -> None:
    """Leave every question out, to the card."""
    while page.locator("button[value=next]").count():
        asked = page.locator("h1").inner_text()
        press(page, "skip" if page.locator("button[value=skip]").count() else "next")
        expect(page.locator("h1")).not_to_have_text(asked)


@pytest.mark.parametrize("is_sent", [True, False])
def test_a_finished_conversation_can_be_deleted_wherever_it_is(
    tablet: BrowserContext, wire: Wire, session: Session, is_sent: bool
) -> None:
    page = opened(prepared(tablet))
    begin(page)
    if not is_sent:
        wire.cut()
    finish(page)
    if is_sent:
        expect(page.locator("html[data-waiting='0']")).to_be_attached()
        assert session.scalars(select(Response)).one().submitted
        session.expire_all()
        wire.cut()
    page.locator("a[href$='/deletion']").click()
    page.locator(".duo-bar button").click()
    expect(page.locator("#told")).to_contain_text(re.compile("deleted|gelöscht"))
    assert len(page.evaluate(ROWS)) == 1
    wire.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("html[data-waiting='0']")).to_be_attached()
    assert page.evaluate(ROWS) == []
    assert session.scalars(select(Response)).all() == []
    assert session.scalars(select(Conversation)).all() == []


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
    expect(page.locator("[data-language=ar] button")).to_be_visible()
    page.evaluate("""() => {
      window.fetch = async () => new Response('{"surveys": [], "provider": ""}');
      delete document.documentElement.dataset.waiting;
      dispatchEvent(new Event("online"));
      document.querySelector("[data-language=ar] button").click();
    }""")
    expect(page.locator("section[lang=ar]")).to_be_visible()
    expect(page.locator("html[data-waiting]")).to_be_attached()  # the sending is over
    expect(page.locator("section[lang=ar]")).to_be_visible()
