"""Two browsers on two addresses of this machine, through bin/run --room."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from core.db import db
from people.models import User
from serve import address_in_network
from tests.browser.conftest import cookie_of
from tests.server import serve
from tests.world import HOME, a_copy, filled

__all__ = ["filled"]  # fixture
EVENING = f"/p/{HOME}/workshops/werkstatt-2"


@dataclass
class Room:
    """Both addresses of the server, and what opens its doors."""

    here: str
    nearby: str
    code: str
    cookie: dict[str, str]


@pytest.fixture
def room(filled: Path, tmp_path: Path) -> Iterator[Room]:
    """What ``bin/run --room`` serves."""
    with a_copy(filled, tmp_path / "world") as world, world.app.app_context():
        code = world.workshop().code
        birte = db.session.scalars(select(User).filter_by(name="Birte")).one()
        cookie = cookie_of(birte, world.app)
    with serve(tmp_path / "world", "--room", SECRET_KEY="test") as server:
        nearby = f"http://{address_in_network()}:{server.port}"
        yield Room(server.url, nearby, code, cookie)


def test_a_phone_joins_posts_and_votes_and_sees_nothing_else(
    browser: Browser, room: Room
) -> None:
    facilitator = browser.new_context(locale="de-DE", base_url=room.here)
    facilitator.add_cookies([{"url": room.here, **room.cookie}])  # type: ignore[typeddict-item]
    desk = facilitator.new_page()
    phone = browser.new_context(
        locale="de-DE", base_url=room.nearby, viewport={"width": 390, "height": 844}
    ).new_page()
    desk.goto(EVENING)
    come_in(phone, room.code)
    phone.get_by_label("Meine Idee in wenigen Worten").fill("Ein Chor")
    phone.get_by_role("button", name="An die Wand hängen").click()
    expect(phone.locator("#wall")).to_contain_text("Ein Chor")

    desk.goto(EVENING)
    desk.locator(
        "button[name=to][value=vote], form:has([name=to][value=vote]) button"
    ).first.click()
    more = phone.get_by_role("button", name="Punkt kleben: Ein Chor")
    expect(more).to_be_visible(timeout=15_000)
    more.click()
    expect(phone.locator("#handful")).to_contain_text("Noch 4 Punkte")

    for path in ("/", EVENING, "/sign-in", "/s/befragung-pankow-2026", "/readyz"):
        answer = phone.goto(path)
        assert answer and answer.status == 403, path
        answer = desk.goto(path)
        assert answer and answer.status < 400, path
    phone.context.close()
    facilitator.close()


def come_in(phone: Page, code: str) -> None:
    phone.goto("/join")
    phone.get_by_label("Code von der Wand").fill(code)
    phone.get_by_role("button", name="Weiter").click()
    phone.get_by_label("Ein Vorname").fill("Rotbuche")
    phone.get_by_role("button", name="Mitmachen").click()
