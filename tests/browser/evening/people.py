"""Who takes part in the workshop that is played, what they have, and what they do."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Error, Locator, Page, expect

from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.workshop.sorting.cards import TOGETHER

PHONE: Any = {"width": 390, "height": 844}
TABLET: Any = {"width": 820, "height": 1180}
LAPTOP: Any = {"width": 1280, "height": 800}
WALL: Any = {"width": 1920, "height": 1080}
MOST_TABS = 150
DESK = "/p/buch/workshops/ideen-fuer-buch"
QUESTION = "Was braucht Buch, damit alle hier gut arbeiten können?"
MINUTES = (10, 15, 10, 15, 20, 10, 10, 20, 30, 0)
ARABIC = [("مطبخ مشترك", "نطبخ معا كل يوم جمعة"), ("حديقة للجميع", "خضار من الحديقة")]
CARDS = [card for topic in TOGETHER.values() for card in topic if card[1]][1:24]
ON_PAPER = [title for topic in TOGETHER.values() for title, text in topic if not text]
BIKES, SAME_BIKES = "Fahrradwerkstatt", "Farradwerkstatt auf dem Campus"
LUNCH, COOKING, SEWING = (
    "Mittagstisch aus aller Welt",
    "Gemeinsam kochen",
    "Nähwerkstatt für Frauen",
)
RESTING = ("Birke", "Samir", "Eva", "Kiefer")  # who do not look all the time


class Walker:
    """Somebody whose phone reads pages and sends forms, and has no browser worth the name."""

    def __init__(self, app: Flask, code: str, name: str) -> None:
        self.phone: FlaskClient = app.test_client()
        self.room = f"/w/{code}"
        assert self.send(self.room, self.room, name=name) == 303

    def page(self) -> str:
        return self.phone.get(self.room).get_data(as_text=True)

    def send(self, page: str, to: str, html: str = "", **said: str) -> int:
        """Send a form of *page* with its own token and key, or of *html* that was read."""
        html = html or self.phone.get(page).get_data(as_text=True)
        hidden = re.findall(r'name="(csrf_token|key|challenge)"[^>]*? value="([^"]+)"', html)
        data = {name: unescape(value) for name, value in hidden} | said
        return self.phone.post(to, data=data).status_code

    def write(self, title: str, text: str) -> None:
        assert self.send(self.room, f"{self.room}/ideas", title=title, text=text) == 303

    def place(self, title: str, dots: int) -> int:
        """Let so many dots lie on a card."""
        html = self.page()
        found = re.search(f'id="title-(i[0-9]+)">{re.escape(title)}<', html)
        assert found, title
        return self.send(self.room, f"{self.room}/ballot/{found[1]}", html, value=str(dots))


@dataclass
class Evening:
    """Everyone in the room, and what they have put on their ballots."""

    desk: Page
    wall: Page
    code: str
    phones: dict[str, Page] = field(default_factory=dict)
    walkers: list[Walker] = field(default_factory=list)
    ballots: list[dict[str, int]] = field(default_factory=list)

    @property
    def room(self) -> str:
        return f"/w/{self.code}"

    @property
    def points(self) -> Counter[str]:
        points: Counter[str] = Counter()
        for ballot in self.ballots:
            points.update(ballot)
        return points


def come_in(visit: Visitor, code: str, name: str, **options: object) -> Page:
    """Join with the code on the wall, on a device of one's own."""
    page = visit("/join", **({"viewport": PHONE} | options))
    page.locator("main [name=code]").fill(code.lower().replace("-", " "))
    press(page.locator("main form .btn").first)
    page.locator("[name=name]").fill(name)
    press(page.locator("main button.go"))
    return page


def write(page: Page, title: str, text: str) -> None:
    """Hang a card, and see it among one's own."""
    page.locator("#mine [name=title]").fill(title)
    page.locator("#mine [name=text]").fill(text)
    page.locator("#mine button.go").click()
    expect(page.locator("#mine article h3").first).to_have_text(title)


def place(page: Page, title: str, dots: int) -> None:
    """Place dots on a card, one after the other."""
    card = page.locator("#votes article", has=page.get_by_text(title, exact=True))
    for number in range(1, dots + 1):
        card.locator("button[id^=more]").click()
        expect(card.locator(".big-dots i")).to_have_count(number)


def tab_to(page: Page, goal: Locator) -> None:
    """Go with the tabulator until *goal* has the focus."""
    for _ in range(MOST_TABS):
        if goal.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {goal}")


def press_key(page: Page, goal: Locator) -> None:
    """Press a button without a pointer, and wait for the page behind it."""
    tab_to(page, goal)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def go_on(desk: Page, label: str) -> None:
    """Let the facilitator move the room to what comes next."""
    desk.goto(DESK)
    press(desk.get_by_role("button", name=label))


def rest(pages: Iterable[Page]) -> None:
    """Put devices aside until they are looked at again."""
    for page in pages:
        page.goto("about:blank")


def everyone(pages: Iterable[Page], room: str, see: Callable[[Page], None]) -> None:
    """Look at the room on all screens; those that are not live are loaded anew."""
    for page in pages:
        if page.locator("noscript a").count() or not page.locator("[data-pace]").count():
            with suppress(Error):  # it is on its way there by itself
                page.goto(room)
        see(page)


def now_in(page: Page) -> Locator:
    """The phase in which the room is."""
    return page.locator(".phases [aria-current]")


def put_together(desk: Page, kept: str, absorbed: str) -> None:
    for title in (kept, absorbed):
        desk.get_by_label(title, exact=True).check()
    press(desk.get_by_role("button", name="Zusammenlegen …"))
    desk.get_by_role("radio", name=kept).check()
    press(desk.get_by_role("button", name="Zusammenlegen"))
    expect(desk.locator("#notice")).to_contain_text("Wer beide unterstützt, zählt einmal.")
