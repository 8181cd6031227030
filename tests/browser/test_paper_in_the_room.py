"""Paper, a tablet that goes around, and a wire that is cut."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import User
from tests.browser.accessibility import barriers
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.browser.wire import Wire
from tests.story import NOON
from tests.workshop.conftest import amal, ben, bikes, board, sewing, workshop
from tests.workshop.paper.conftest import round
from workshop.hosting import appoint, seat_someone
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.moving import move
from workshop.paper.numbering import name_of
from workshop.paper.places import card_of
from workshop.paper.printing import print_more
from workshop.paper.typing import standing, type_in
from workshop.voting.models import Round
from workshop.voting.opening import key_of

__all__ = ["amal", "ben", "bikes", "board", "round", "sewing", "workshop"]  # fixtures
DESK = "/p/buch/workshops/buch"
PHONE: Any = {"width": 390, "height": 844}
TABLET: Any = {"width": 820, "height": 1180}


def come_in(visit: Visitor, workshop: Workshop, name: str, **options: object) -> Page:
    return joined(visit(f"/w/{workshop.code}", **options), name)


def joined(page: Page, name: str) -> Page:
    page.locator("[name=name]").fill(name)
    press(page.locator("main button.go"))
    return page


@pytest.fixture
def far_away(browser: Browser, wire: Wire, workshop: Workshop) -> Iterator[Page]:
    """A phone behind a wire that can be cut."""
    context = browser.new_context(base_url=wire.address, locale="de-DE", viewport=PHONE)
    page = context.new_page()
    page.goto(f"/w/{workshop.code}")
    yield joined(page, "Linde")
    context.close()


def test_a_ballot_is_typed_by_figures_and_enter(
    visit: Visitor, session: Session, birte: User, board: Board, keys: Keyring, round: Round,
    bikes: Idea, sewing: Idea,
) -> None:  # fmt: skip
    marks = {key_of(bikes): 2, key_of(sewing): 1}
    print_more(session, round, 0, 9)
    type_in(session, keys, board, round, 7, "seat 1", marks)
    session.commit()
    page = visit(f"{DESK}/papers", birte)
    assert barriers(page) == []
    expect(page.locator("#page [name=name]")).to_be_focused()
    page.keyboard.type(name_of(keys, round, 7).replace("-", "").lower())
    for figure in ("2", "1"):
        page.keyboard.press("Enter")
        page.keyboard.type(figure)
    page.keyboard.press("Enter")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("zählt")
    expect(page.locator("#page [name=name]")).to_be_focused()
    assert standing(session, round) == (0, 1)


def test_a_tablet_goes_around(
    visit: Visitor, session: Session, workshop: Workshop, round: Round
) -> None:
    page = come_in(visit, workshop, "Tisch 3", viewport=TABLET)
    host = session.scalars(select(Participant).filter_by(name="Tisch 3")).one()
    appoint(session, host)
    for name in ("Hala", "Omar"):
        seat_someone(session, host, name, NOON, name)
    session.commit()
    page.reload()
    press(page.get_by_role("button", name="Gerät herumgeben"))
    assert barriers(page) == []
    press(page.get_by_role("button", name="Hala"))
    page.get_by_role("button", name="Punkt kleben: A bike workshop").click()
    expect(page.locator("#handful")).to_contain_text("Noch 2 Punkte")
    press(page.get_by_role("button", name="Fertig, weitergeben"))
    page.go_back()
    expect(page.get_by_role("heading", name="Wer ist dran?")).to_be_visible()
    expect(page.locator("#handful")).to_have_count(0)
    press(page.get_by_role("button", name="Omar"))
    expect(page.locator("#handful")).to_contain_text("Noch 3 Punkte")


def test_a_card_written_without_network_hangs_once(
    far_away: Page, session: Session, wire: Wire
) -> None:
    page = far_away
    wire.cut()
    for title in ("Ein Chor", "Eine Küche"):
        page.get_by_label("Meine Idee in wenigen Worten").fill(title)
        page.get_by_role("button", name="An die Wand hängen").click()
        expect(page.locator("#unsent")).to_contain_text(title)
        expect(page.get_by_label("Meine Idee in wenigen Worten")).to_have_value("")
    expect(page.locator("#unsent")).to_contain_text("wartet auf Netz")
    assert barriers(page) == []
    assert session.scalar(select(func.count(Idea.id))) == 0
    wire.mend()
    expect(page.locator("#mine").get_by_role("heading", name="Eine Küche")).to_be_visible()
    expect(page.locator("#unsent")).to_be_hidden()
    session.rollback()
    assert sorted(session.scalars(select(Idea.title))) == ["Ein Chor", "Eine Küche"]
    assert page.evaluate("localStorage.length") == 0


def test_a_card_that_comes_too_late_stays_with_its_author(
    far_away: Page, session: Session, wire: Wire, board: Board
) -> None:
    page = far_away
    wire.cut()
    page.get_by_label("Meine Idee in wenigen Worten").fill("Ein Chor")
    page.get_by_role("button", name="An die Wand hängen").click()
    expect(page.locator("#unsent")).to_contain_text("wartet auf Netz")
    move(session, board, Phase.COLLECT, Phase.DISCUSS)
    session.commit()
    wire.mend()
    expect(page.locator("#unsent")).to_contain_text("Ein Chor")
    expect(page.locator("#unsent")).to_contain_text("Sie hängt nicht an der Wand:")
    page.get_by_role("button", name="Verwerfen").click()
    expect(page.locator("#unsent")).to_be_hidden()


@pytest.mark.parametrize("by", ["code", "place card"])
def test_two_presses_lead_from_the_square_to_the_first_card(
    visit: Visitor, workshop: Workshop, keys: Keyring, board: Board, by: str
) -> None:
    room = f"/w/{workshop.code}"
    page = visit(
        room if by == "code" else f"{room}/place/{card_of(keys, workshop, 7)}", viewport=PHONE
    )
    assert barriers(page) == []
    press(page.get_by_role("button", name="Mitmachen"))
    page.get_by_label("Meine Idee in wenigen Worten").fill("Ein Chor")
    page.get_by_role("button", name="An die Wand hängen").click()
    expect(page.locator("#wall")).to_contain_text("Ein Chor")


def test_a_card_sent_leaves_nothing_on_the_device(
    visit: Visitor, workshop: Workshop, board: Board
) -> None:
    page = come_in(visit, workshop, "Linde", viewport=PHONE)
    page.get_by_label("Meine Idee in wenigen Worten").fill("Ein Chor")
    page.get_by_role("button", name="An die Wand hängen").click()
    expect(page.locator("#notice")).to_have_text("Die Karte hängt an der Wand.")
    assert page.evaluate("localStorage.length") == 0
    expect(page.locator("#unsent")).to_be_hidden()


@pytest.mark.parametrize("path", ["papers/print", "places/print?last=4", "places", "count"])
def test_sheets_have_no_barriers(
    visit: Visitor, session: Session, birte: User, board: Board, keys: Keyring, round: Round,
    path: str,
) -> None:  # fmt: skip
    type_in(session, keys, board, round, 7, "seat 1", {})
    session.commit()
    page = visit(f"{DESK}/papers", birte)
    press(page.get_by_role("button", name="Neue Stimmzettel"))
    page.goto(f"{DESK}/{path}")
    assert barriers(page) == []
