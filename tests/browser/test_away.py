"""A counsellor's device holds whole conversations without network, and sends each once."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project, User
from surveys.conversations.models import Conversation
from surveys.models import Response
from tests.browser.accessibility import PHONE
from tests.browser.conftest import cookie_of
from tests.browser.test_conversation import TABLET, nadja
from tests.browser.wire import Wire, a_wire
from tests.surveys.conversations.story import DESK

__all__ = ["nadja"]
PIN = "384951"
SHELL = "/p/buch/away/"
Prepare = Callable[..., Page]


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


def prepared(device: BrowserContext) -> Page:
    page = device.new_page()
    page.goto(f"{DESK}/away")
    page.locator("[name=name]").fill("Tablet in Raum 2")
    page.locator("#pin").fill(PIN)
    page.locator("#again").fill(PIN)
    page.locator("[data-for=preparing] button").click()
    page.wait_for_url(f"**{SHELL}")
    return page


def opened(page: Page, pin: str = PIN) -> Page:
    page.locator("#pin").fill(pin)
    page.locator("form button").click()
    return page


def press(page: Page, value: str) -> None:
    page.locator(f"button[value={value}]:visible").last.click()


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
