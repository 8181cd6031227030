"""A served app, a real browser, and a watch on what the browser complains of."""

import os
import shutil
from collections.abc import Callable, Iterator
from threading import Thread
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from people.models import User
from surveys.definition import Definition
from tests.browser.wire import Wire, a_wire
from tests.story import browser_of
from tests.surveys.conversations.story import DEFINITION

Visitor = Callable[..., Page]
expect.set_options(timeout=20_000)  # where others need the processors, too
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def program() -> str:
    """Where the browser of this machine lies."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    assert found, "no browser: " + ", ".join(PROGRAMS) + " are not on PATH"
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser for the whole run; bin/test installs one as root."""
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    # A microphone that beeps once in a second, and somebody who lets pages hear it.
    options += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=options)
        yield browser
        browser.close()


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    """The address at which the app is served for the length of a test."""
    app.config["WTF_CSRF_ENABLED"] = True
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def visit(browser: Browser, site: str, app: Flask) -> Iterator[Visitor]:
    """Open a page in a browser of its own, signed in as *user* if one is given.

    Nothing may be amiss on it until the test ends: no word on the console, no error of a
    script, no request to anyone else. What a page must say is named by *tolerate*; other
    options, such as ``locale`` or ``java_script_enabled``, are Playwright's.
    """
    amiss: list[str] = []
    contexts: list[BrowserContext] = []

    def visit(
        path: str, user: User | None = None, tolerate: str = "", **options: object
    ) -> Page:
        more = {"locale": "de-DE", "base_url": site} | options
        context = browser.new_context(**more)  # type: ignore[arg-type]
        contexts.append(context)
        if user:
            context.add_cookies([{"url": site, **cookie_of(user, app)}])  # type: ignore[typeddict-item]
        page = context.new_page()
        page.on("console", lambda message: complain(message.text, tolerate))
        page.on("pageerror", lambda error: complain(str(error), tolerate))
        page.on("request", lambda request: check(request.url))
        page.goto(path)
        return page

    def complain(text: str, tolerate: str) -> None:
        if not (tolerate and tolerate in text):
            amiss.append(text)

    def check(url: str) -> None:
        if urlsplit(url).netloc not in (urlsplit(site).netloc, ""):
            amiss.append(f"asked a third party: {url}")

    yield visit
    for context in contexts:
        context.close()
    assert not amiss


@pytest.fixture
def talked() -> Definition:
    """What is asked in conversations; a module may ask something else."""
    return DEFINITION


@pytest.fixture
def wire(site: str) -> Iterator[Wire]:
    """A wire to the app that can be cut."""
    with a_wire(site) as wire:
        yield wire


def cookie_of(user: User, app: Flask) -> dict[str, str]:
    """Return the cookie with which *user* is signed in."""
    name = app.config["SESSION_COOKIE_NAME"]
    cookie = browser_of(user, app).get_cookie(name)
    assert cookie
    return {"name": name, "value": cookie.value}
