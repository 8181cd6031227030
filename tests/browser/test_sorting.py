import pytest
from playwright.sync_api import expect
from sqlalchemy.orm import Session

from people.models import User
from tests.browser.accessibility import barriers
from tests.browser.conftest import Visitor
from tests.browser.test_workshop import LAPTOP, come_in
from tests.workshop.conftest import amal, board, workshop
from tests.workshop.room import an_idea
from tests.workshop.sorting.cards import TOGETHER
from workshop.models import Board, Idea, Participant, Phase, Workshop

__all__ = ["amal", "board", "workshop"]  # fixtures
SORTING = "/p/buch/workshops/buch/sorting"


@pytest.fixture
def wall(session: Session, board: Board, amal: Participant) -> list[Idea]:
    """Bikes, food and forms hang on the wall, and are being sorted."""
    said = [card for topic in ("bikes", "food", "forms", "bus") for card in TOGETHER[topic]]
    cards = [an_idea(board, amal, title, text=text) for title, text in said]
    session.add_all(cards)
    board.phase = Phase.CLUSTER
    session.commit()
    return cards


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_cards_are_ticked_and_moved_under_a_heading_and_back(
    visit: Visitor, workshop: Workshop, wall: list[Idea], birte: User, scripts: bool
) -> None:
    page = visit(SORTING, birte, viewport=LAPTOP, java_script_enabled=scripts)
    page.get_by_label("Gemeinsam kochen").check()
    page.get_by_label("Kochkurs syrische Küche").check()
    page.get_by_label("Neue Überschrift").fill("Kochen")
    page.get_by_label("Neue Überschrift").press("Enter")
    expect(page.locator("#notice")).to_contain_text("2 Karten verschoben: Kochen")
    under = page.get_by_role("region", name="Kochen")
    expect(under.locator(".idea")).to_have_count(2)
    expect(page.locator("[name=cards]:checked")).to_have_count(0)
    expect(page.get_by_label("Neue Überschrift")).to_have_value("")

    page.get_by_label("Mittagstisch aus aller Welt").check()
    page.get_by_label("Unter die Überschrift").select_option("Kochen")
    page.get_by_role("button", name="Verschieben").click()
    expect(under.locator(".idea")).to_have_count(3)
    page.get_by_role("button", name="Letzten Schritt zurücknehmen").click()
    expect(under.locator(".idea")).to_have_count(2)


def test_a_proposal_is_taken_and_everyone_sees_the_headings(
    visit: Visitor, workshop: Workshop, wall: list[Idea], birte: User
) -> None:
    phone = come_in(visit, workshop, "Linde")
    screen = visit("/p/buch/workshops/buch/projector", birte, viewport=LAPTOP)
    page = visit(SORTING, birte, viewport=LAPTOP)
    page.get_by_role("link", name="Vorschlag zeigen").click()
    assert barriers(page) == []
    proposal = page.get_by_role("region", name="Vorschlag")
    proposal.get_by_label("Überschrift", exact=True).first.fill("Alles auf Rädern")
    proposal.get_by_role("button", name="Angekreuztes übernehmen").click()
    expect(page.get_by_role("region", name="Alles auf Rädern").locator("li")).to_have_count(4)
    for everyone in (phone, screen):
        expect(everyone.get_by_role("heading", name="Alles auf Rädern")).to_be_visible()
        assert barriers(everyone) == []


def test_cards_that_say_the_same_are_put_together_and_taken_apart(
    visit: Visitor, workshop: Workshop, wall: list[Idea], birte: User
) -> None:
    phone = come_in(visit, workshop, "Linde")
    page = visit(SORTING, birte, viewport=LAPTOP)
    page.get_by_label("Fahrradwerkstatt", exact=True).check()
    page.get_by_label("Farradwerkstatt auf dem Campus").check()
    page.get_by_role("button", name="Zusammenlegen …").click()
    assert barriers(page) == []
    page.get_by_role("button", name="Zusammenlegen").click()
    kept = page.locator(".idea", has_text="Räder reparieren")
    expect(kept).to_contain_text("Junge Leute lernen Mechaniker")
    expect(phone.get_by_text("1 weitere Karte sagt dasselbe")).to_be_visible()
    page.get_by_role("button", name="Wieder trennen").click()
    expect(phone.get_by_text("1 weitere Karte sagt dasselbe")).to_have_count(0)
    expect(phone.get_by_role("heading", name="Farradwerkstatt auf dem Campus")).to_be_visible()


def test_a_card_is_dragged_under_a_heading(
    visit: Visitor, workshop: Workshop, wall: list[Idea], birte: User
) -> None:
    page = visit(SORTING, birte, viewport={"width": 1280, "height": 2400})
    page.get_by_label("Fahrradwerkstatt", exact=True).check()
    page.get_by_label("Neue Überschrift").fill("Rad")
    page.get_by_role("button", name="Anlegen").click()
    under = page.get_by_role("region", name="Rad")
    expect(under.locator(".idea")).to_have_count(1)
    card = page.locator("[data-card]", has_text="Lastenräder ausleihen")
    expect(card).to_have_attribute("draggable", "true")
    card.locator("p").hover()
    page.mouse.down()
    under.get_by_role("heading").hover()
    under.get_by_role("heading").hover()
    page.mouse.up()
    expect(under.locator(".idea")).to_have_count(2)
    expect(page.locator("#notice")).to_contain_text("1 Karte verschoben: Rad")


def test_whoever_writes_hears_that_such_an_idea_hangs(
    visit: Visitor, session: Session, workshop: Workshop, board: Board, wall: list[Idea]
) -> None:
    board.phase = Phase.COLLECT
    session.commit()
    page = come_in(visit, workshop, "Linde")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Meine Idee in wenigen Worten").press_sequentially("Fahrradwerkstat")
    hint = page.locator("#alike")
    expect(hint).to_contain_text("gibt es schon")
    expect(hint.get_by_role("link").first).to_have_text("Fahrradwerkstatt")
    assert not [url for url in asked if "csrf" in url]
    assert barriers(page) == []


def test_without_scripts_it_is_said_afterwards(
    visit: Visitor, session: Session, workshop: Workshop, board: Board, wall: list[Idea]
) -> None:
    board.phase = Phase.COLLECT
    session.commit()
    page = come_in(visit, workshop, "Linde", java_script_enabled=False)
    page.get_by_label("Meine Idee in wenigen Worten").fill("Fahrradwerkstatt")
    page.get_by_role("button", name="An die Wand hängen").click()
    expect(page.locator("#notice")).to_contain_text(
        "So etwas hängt dort schon: Fahrradwerkstatt"
    )


def test_the_button_that_hangs_a_waiting_card_up_can_be_read(
    visit: Visitor, session: Session, board: Board, wall: list[Idea], birte: User
) -> None:
    board.phase, board.is_checked, wall[0].is_waiting = Phase.COLLECT, True, True
    session.commit()
    page = visit("/p/buch/workshops/buch", birte, viewport=LAPTOP)
    expect(page.get_by_role("button", name="Aufhängen")).to_be_visible()
    assert barriers(page) == []
