"""First visits stay light: people pay for every kilobyte, and wait for it in a basement."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from people.models import Project
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.browser.weighing import Scales
from tests.surveys.answers import a_register, a_survey, instrument
from tests.workshop.conftest import amal, board, workshop
from tests.workshop.room import an_idea
from workshop.models import Board, Participant, Workshop

__all__ = ["amal", "board", "workshop"]  # fixtures
PHONE: Any = {"width": 390, "height": 844}


@pytest.mark.parametrize("language", ["de-DE", "ar"])
@pytest.mark.parametrize(
    ("name", "keys"),
    [("enterprise_survey", ["partners", "wished"]), ("refugee_conversation", ["provider"])],
)
def test_a_survey_is_light_from_its_first_page_on(
    visit: Visitor, session: Session, project: Project, name: str, keys: list[str],
    language: str,
) -> None:  # fmt: skip
    a_register(session, project, 40)
    a_survey(session, project, instrument(name))
    page = visit("about:blank", viewport=PHONE, locale=language)
    first = Scales(page)
    page.goto("/s/pankow", wait_until="load")
    assert first.requests <= 5
    assert first.bytes <= 30_000
    expect(page.locator("html[data-taken=along]")).to_be_attached(timeout=30_000)
    assert taken_along(page) <= 40_000

    page.locator("input[name=consent]").first.check()
    press(page.locator("#page button[name=go][value=next]"))
    for key in keys:
        following = Scales(page)
        page.goto(f"/s/pankow/pages/{key}", wait_until="load")
        assert page.url.endswith(key)
        assert following.bytes <= 4_000


def test_conversations_without_network_are_a_light_program(app: Flask) -> None:
    """What a device keeps besides the style sheet and the pictures, which it has already."""
    browser, version = app.test_client(), app.extensions["assets"].version
    paths = [f"/static/{version}/{name}" for name in ("away.js", "css/conversation.css")]
    paths += ["/p/buch/away/", "/p/buch/away/worker.js", f"/static/{version}/js/away/worker.js"]
    accepted = {"Accept-Encoding": "br"}
    assert sum(len(browser.get(path, headers=accepted).data) for path in paths) <= 40_000


def taken_along(page: Page) -> int:
    """What comes over the wire so that the survey goes on without network."""
    names = "caches.keys().then((names) => names[0].split(' ')[1])"
    version, [language] = page.evaluate(names), page.locator("html").all()
    paths = ["/worker.js", f"/static/{version}/worker.js", "/s/pankow/kit"]
    paths += [f"/static/{version}/js/surveys.js"]
    paths += [f"/s/pankow/kit/{language.get_attribute('lang')}"]
    sizes = 0
    for path in paths:
        with page.expect_response(f"**{path}") as response:
            page.evaluate(
                "(path) => fetch(path, {cache: 'no-store'}).then((a) => a.text())", path
            )
        size = response.value.request.sizes()
        sizes += size["responseHeadersSize"] + size["responseBodySize"]
    return sizes


def test_a_full_board_is_light(
    visit: Visitor, session: Session, workshop: Workshop, board: Board, amal: Participant
) -> None:
    text = "Reparatur, Verkauf gebrauchter Räder und Mobilservice für {} Firmen auf dem Campus."
    session.add_all(
        an_idea(board, amal, f"Idee {n} für Buch", text=text.format(n)) for n in range(40)
    )
    session.commit()
    page = visit(f"/w/{workshop.code}", viewport=PHONE)
    page.locator("[name=name]").fill("Linde")
    press(page.locator("main button.go"))
    fresh = visit("about:blank", storage_state=page.context.storage_state())
    scales = Scales(fresh)
    fresh.goto(f"/w/{workshop.code}", wait_until="load")
    expect(fresh.locator("#wall article")).to_have_count(40)
    assert scales.bytes <= 48_000
    assert scales.requests <= 7
