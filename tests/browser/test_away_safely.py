"""What lies on a counsellor's device is nobody else's, and goes when it should."""

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import User
from surveys.conversations.models import Conversation
from surveys.models import Response
from surveys.odk import pairing
from surveys.odk.models import Device
from surveys.questionnaires import recognising
from tests.browser.away import ROWS, begin, finish, opened, prepared, tablet
from tests.browser.conftest import Visitor, cookie_of, program
from tests.browser.test_conversation import nadja, press
from tests.browser.wire import Wire
from tests.surveys.conversations.story import DESK
from tests.surveys.questionnaires import test_recognising

__all__ = ["nadja", "tablet"]
LONG_PIN = "garten-384951-minze"  # like no number that a browser writes down


SAID = "Ein Nachbarschaftsgarten mit Tomaten"


LEFT = """
async () => {
  const found = await indexedDB.databases();
  return found.filter((each) => each.name.startsWith("werkstatt away")).length;
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
    page.locator(".tongues [data-language=ar] button").click()
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


def test_what_does_not_fit_a_pin_is_said_at_its_field_and_stays(tablet: BrowserContext) -> None:
    page = tablet.new_page()
    page.goto(f"{DESK}/away")
    name, pin, again = (page.locator(f"form [id={each}]") for each in ("name", "pin", "again"))
    button = page.locator("[data-for=preparing] button")
    for typed, where, said in (
        (("", "384951", "384951"), name, "Namen"),
        (("Tablet", "3849", "3849"), pin, "mindestens sechs Ziffern"),
        (("Tablet", "123456", "123456"), pin, "leicht zu erraten"),
        (("Tablet", "384951", "384950"), again, "nicht gleich"),
    ):
        for field, text in zip((name, pin, again), typed, strict=True):
            field.fill(text)
        button.click()
        expect(where).to_be_focused()
        expect(where).to_have_attribute("aria-invalid", "true")
        expect(where).to_have_accessible_description(re.compile(said))
        expect(page.locator("[aria-invalid]")).to_have_count(1)
        assert [each.input_value() for each in (name, pin, again)] == [*typed]
