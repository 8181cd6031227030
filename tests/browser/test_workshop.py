from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import User
from tests.browser.accessibility import barriers
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.workshop.conftest import amal, ben, bikes, board, sewing, voting, workshop
from tests.workshop.room import go_to, lay_dots
from workshop.hosting import appoint
from workshop.models import Board, Idea, Participant, Phase, Workshop

__all__ = ["amal", "ben", "bikes", "board", "sewing", "voting", "workshop"]  # fixtures
PHONE: Any = {"width": 390, "height": 844}
LAPTOP: Any = {"width": 1280, "height": 800}


def come_in(visit: Visitor, workshop: Workshop, name: str, **options: object) -> Page:
    page = visit(f"/w/{workshop.code}", viewport=PHONE, **options)
    page.locator("[name=name]").fill(name)
    press(page.locator("main button.go"))
    return page


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_join_post_and_vote(
    visit: Visitor, session: Session, keys: Keyring, workshop: Workshop, board: Board,
    bikes: Idea,
    scripts: bool,
) -> None:  # fmt: skip
    page = visit("/join", viewport=PHONE, java_script_enabled=scripts)
    page.get_by_label("Code von der Wand").fill(workshop.code.lower().replace("-", ""))
    page.get_by_role("button", name="Weiter").click()
    page.get_by_label("Ein Vorname").fill("Linde")
    page.get_by_role("button", name="Mitmachen").click()

    title = page.get_by_label("Meine Idee in wenigen Worten")
    title.fill("Ein Chor")
    page.get_by_role("button", name="An die Wand hängen").click()
    expect(page.locator("#notice")).to_have_text("Die Karte hängt an der Wand.")
    expect(title).to_have_value("")
    expect(page.locator("#wall")).to_contain_text("Ein Chor")
    expect(page.locator("#wall")).to_contain_text("A bike workshop")

    go_to(session, keys, board, Phase.VOTE)
    if not scripts:
        page.get_by_role("link", name="Neues laden").click()
    expect(page.get_by_role("heading", name="Wohin mit den 3 Punkten?")).to_be_visible()
    more = page.get_by_role("button", name="Punkt kleben: Ein Chor")
    more.click()
    expect(page.locator("#handful")).to_contain_text("Noch 2 Punkte")
    if scripts:
        expect(more).to_be_focused()
    more.click()
    expect(page.locator("#handful")).to_contain_text("Noch 1 Punkt")
    page.get_by_role("button", name="Punkt abnehmen: Ein Chor").click()
    expect(page.locator("#handful")).to_contain_text("Noch 2 Punkte")

    go_to(session, keys, board, Phase.RESULT)
    if not scripts:
        page.get_by_role("link", name="Neues laden").click()
    expect(page.locator("#wall").get_by_role("listitem").first).to_contain_text("1 Punkt")


def test_two_phones_and_the_wall_see_each_others_cards(
    visit: Visitor, workshop: Workshop, birte: User
) -> None:
    wall = visit("/p/buch/workshops/buch/projector", birte)
    one, two = come_in(visit, workshop, "Linde"), come_in(visit, workshop, "Ahorn")
    expect(wall.get_by_text("2 Personen sind da")).to_be_visible()
    two.get_by_label("Wie soll das gehen?").press_sequentially("Mit Mus")

    for title in ("Ein Garten", "Eine Küche"):
        one.get_by_label("Meine Idee in wenigen Worten").fill(title)
        one.get_by_role("button", name="An die Wand hängen").click()
        for page in (one, two, wall):
            expect(page.locator("#wall").get_by_text(title)).to_be_visible()
    expect(two.get_by_label("Wie soll das gehen?")).to_have_value("Mit Mus")
    expect(two.get_by_label("Wie soll das gehen?")).to_be_focused()


def test_whoever_is_writing_is_not_interrupted(
    visit: Visitor, session: Session, keys: Keyring, workshop: Workshop, board: Board
) -> None:
    page = come_in(visit, workshop, "Linde")
    page.get_by_label("Meine Idee in wenigen Worten").fill("Ein halber Satz")
    go_to(session, keys, board, Phase.VOTE)
    expect(page.get_by_text("Jetzt wird abgestimmt.")).to_be_visible()
    expect(page.get_by_label("Meine Idee in wenigen Worten")).to_have_value("Ein halber Satz")
    page.get_by_role("link", name="Weiter").click()
    expect(page.get_by_role("heading", name="Wohin mit den 3 Punkten?")).to_be_visible()


def test_a_refusal_is_shown_until_the_next_success(
    visit: Visitor, session: Session, workshop: Workshop, voting: Board
) -> None:
    page = come_in(visit, workshop, "Linde", tolerate="409")
    more = page.get_by_role("button", name="Punkt kleben: A bike workshop")
    for left in ("Noch 2 Punkte", "Noch 1 Punkt"):
        more.click()
        expect(page.locator("#handful")).to_contain_text(left)
    more.click(force=True)
    expect(page.locator("#notice")).to_contain_text(
        "Auf diese Idee passen keine weiteren Punkte."
    )
    page.get_by_role("button", name="Punkt abnehmen: A bike workshop").click()
    expect(page.locator("#notice")).to_be_empty()


@pytest.mark.parametrize(
    ("locale", "window"), [("de-DE", LAPTOP), ("ar", {"width": 320, "height": 640})]
)
def test_pages_of_participants_are_accessible(
    visit: Visitor, session: Session, keys: Keyring, workshop: Workshop, board: Board,
    bikes: Idea,
    sewing: Idea, amal: Participant, locale: str, window: Any,
) -> None:  # fmt: skip
    page = visit("/join", tolerate="404", locale=locale, viewport=window)
    found = barriers(page)
    for path in ("/w/AAAA-AAAA", f"/w/{workshop.code}"):
        page.goto(path)
        found += barriers(page)
    page.locator("[name=tree]").first.check()
    press(page.locator("main button.go"))
    page.locator("[name=title]").fill("Ein Chor")
    page.locator("main button.go").click()
    expect(page.locator("#mine article")).to_have_count(1)
    found += barriers(page)
    press(page.locator("#mine article a"))
    found += barriers(page)
    page.goto(f"/w/{workshop.code}/me")
    found += barriers(page)

    go_to(session, keys, board, Phase.VOTE)
    lay_dots(session, keys, board, bikes, amal, 2)
    session.commit()
    page.goto(f"/w/{workshop.code}")
    page.locator("#votes button[name=value][value='1']").first.click()
    expect(page.locator("#handful")).to_contain_text("2" if locale == "de-DE" else "نقطتان")
    found += barriers(page)
    go_to(session, keys, board, Phase.RESULT)
    expect(page.locator("#votes")).to_have_count(0)  # it goes on by itself
    page.wait_for_load_state()
    found += barriers(page)
    page.goto(f"/w/{workshop.code}/follow")
    found += barriers(page)
    page.locator("[name=address]").fill("amal@buch.example")
    press(page.locator("main button.go"))
    expect(page.locator("main form button")).to_be_visible()
    assert found + barriers(page) == []


@pytest.mark.parametrize(("locale", "window"), [("de-DE", PHONE), ("en-GB", LAPTOP)])
def test_pages_of_the_facilitator_are_accessible(
    visit: Visitor, session: Session, keys: Keyring, workshop: Workshop, board: Board,
    bikes: Idea,
    sewing: Idea, amal: Participant, birte: User, locale: str,
    window: Any,
) -> None:  # fmt: skip
    sewing.taken_down = True
    appoint(session, amal)
    session.commit()
    page = visit("/p/buch/workshops", birte, locale=locale, viewport=window)
    found = barriers(page)
    for path in ("new", "buch", "buch/settings", "buch/projector", "buch/minutes"):
        page.goto(f"/p/buch/workshops/{path}")
        found += barriers(page)
    for phase in (Phase.VOTE, Phase.RESULT):
        go_to(session, keys, board, phase)
        for path in ("buch", "buch/projector", "buch/minutes"):
            page.goto(f"/p/buch/workshops/{path}")
            found += barriers(page)
    assert found == []
