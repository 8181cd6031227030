"""A whole conversation in the language of the person, read aloud, without network."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import User
from surveys.conversations.models import Conversation
from surveys.definition import Definition
from surveys.models import Response, Survey
from surveys.sounds.recoding import Sound
from tests.browser.accessibility import PHONE, Barrier, barriers
from tests.browser.aloud import HEARD, listened, speak, take, tones
from tests.browser.away import ROWS, SHELL, opened, prepared
from tests.browser.conftest import cookie_of, program
from tests.browser.test_conversation import TABLET, nadja, press
from tests.browser.wire import Wire
from tests.surveys.answers import instrument

__all__ = ["nadja", "tones"]
LOOKED_AT = {"course", "occ_done", "needs", "idea", "idea_wall", "feedback_ok"}
Switch = Callable[[], BrowserContext]


@pytest.fixture
def talked() -> Definition:
    """The conversation as it is held in Pankow."""
    return instrument("refugee_conversation")


@pytest.fixture(params=[PHONE, TABLET], ids=["phone", "tablet"])
def switched_on(
    request: Any, browser: Browser, wire: Wire, app: Flask, nadja: User, tmp_path: Path
) -> Iterator[Switch]:
    """Switch a device on; what lay on its disk when it was closed is there again."""
    with ExitStack() as stack:

        def switch() -> BrowserContext:
            context = browser.browser_type.launch_persistent_context(
                tmp_path, executable_path=program(), args=["--no-sandbox"],
                base_url=wire.address, locale="de-DE", viewport=request.param,
                reduced_motion="reduce",
            )  # fmt: skip
            stack.callback(context.close)
            context.add_cookies([{"url": wire.address, **cookie_of(nadja, app)}])  # type: ignore[typeddict-item]
            context.add_init_script(f"({HEARD})()")
            return context

        yield switch


def shown(page: Page) -> list[str]:
    """What can be read of a question and its choices, on the person's half."""
    texts = page.locator(".duo-ar :is(.ask, .wording, .pict > span):visible")
    return [" ".join(each.split()) for each in texts.all_inner_texts()]


def answer(page: Page) -> None:
    """Tap the first answer on the person's half, or tell of a garden, and go on."""
    asked = page.locator("h1").inner_text()
    if page.locator(".duo-ar .pict").count():
        page.locator(".duo-ar .pict").first.click()
    elif page.locator("textarea").count():
        page.locator("textarea").fill("Ein Garten für alle")
    press(page, "next")
    expect(page.locator("h1")).not_to_have_text(asked)


@pytest.mark.parametrize("language", ["ar", "prs"])
def test_a_whole_conversation_read_aloud_without_network_on_a_device_that_was_closed(
    switched_on: Switch, language: str, wire: Wire, session: Session, tones: list[Sound]
) -> None:
    survey = session.scalars(select(Survey)).one()
    speak(session, survey, language, tones)
    device = switched_on()
    page = opened(prepared(device))
    take(page, language)
    amiss = barriers(page)

    page.locator(f".tongues [data-language={language}] button").click()
    expect(page.locator(".duo-ar[dir=rtl]")).to_be_visible()
    assert {*shown(page)} <= {*listened(page)}
    amiss += barriers(page)
    press(page, "yes")
    code = page.locator(".duo-head bdi").inner_text()
    answer(page)
    wire.cut()

    second = shown(page)
    assert len(second) > 2
    assert listened(page) == second
    amiss += barriers(page)
    answer(page)
    device.close()
    page = switched_on().new_page()
    page.goto(SHELL)
    opened(page)
    expect(page.locator("[data-list=drafts]")).to_contain_text(code)
    page.locator("button[data-act='go on']").click()
    expect(page.locator(".duo-ar .ask")).to_be_visible()
    third = shown(page)
    assert second != third == listened(page)
    amiss += finished(page)

    expect(page.locator(".duo-ar .code")).to_have_text(code)
    amiss += barriers(page)
    session.expire_all()
    assert session.scalars(select(Response)).all() == []
    wire.mend()
    for _ in range(2):
        page.evaluate("""() => {
          delete document.documentElement.dataset.waiting;
          dispatchEvent(new Event("online"));
        }""")
        expect(page.locator("html[data-waiting='0']")).to_be_attached()
    assert page.evaluate(ROWS) == []
    response = session.scalars(select(Response)).one()
    assert response.submitted
    assert {"idea": "Ein Garten für alle", "consent": "yes"}.items() <= response.answers.items()
    conversation = session.scalars(select(Conversation)).one()
    assert (conversation.code, conversation.language) == (code, language)
    assert amiss == []


def finished(page: Page) -> list[Barrier]:
    """Answer everything, to the card; return what axe finds on pages that differ."""
    amiss = []
    while page.locator("button[value=next]").count():
        names = page.locator("main [id^='q-'], main [name]").evaluate_all(
            "all => all.map((each) => each.name || each.id.slice(2))"
        )
        if LOOKED_AT & {*names}:
            amiss += barriers(page)
        answer(page)
    return amiss
