"""An anonymous survey by invitation, as respondent and staff see it, to the deletion."""

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Project, User
from surveys.fieldwork import inviting
from surveys.models import AnonymousResponse
from surveys.routes import sealing_off
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.surveys.responses.test_anonymising import an_anonymous_survey, answers

PHONE = {"width": 390, "height": 800}
GONE = "410"  # browsers write it on the console
HONEST = "das Team kann nicht erkennen, welche Antworten von Ihnen sind"


def test_somebody_answers_anonymously_comes_back_by_card_and_deletes(
    app: Flask, visit: Visitor, birte: User, session: Session, project: Project, keys: Keyring
) -> None:
    survey, invitations = an_anonymous_survey(session, project, keys, 6)
    door, slug = f"/i/{inviting.token_of(keys, invitations[5])}", survey.slug
    for each in invitations[:4]:
        answers(session, keys, survey, each, "Chor")
    desk = visit(f"/p/buch/surveys/{slug}/invitations", birte)
    assert who_answered(app, desk) == 0  # four of them wait for a fifth

    phone = visit(door, viewport=PHONE, tolerate=GONE)
    expect(phone.get_by_text(HONEST)).to_be_visible()
    press(phone.get_by_role("button", name="Anfangen"))
    phone.locator("[name=idea]").fill("Räume zum Nähen")
    press(phone.locator("#page button[name=go][value=next]"))
    press(phone.get_by_role("button", name="Wörter zum Wiederkommen zeigen"))
    words = phone.locator("p.mono").inner_text()
    assert who_answered(app, desk) == 5
    desk.goto(f"/p/buch/surveys/{slug}/results")
    expect(desk.get_by_role("main")).not_to_contain_text("Nähen")

    desk.goto(f"/p/buch/surveys/{slug}")
    press(desk.get_by_role("button", name="Befragung schließen"))
    phone.goto(door)
    expect(phone.get_by_role("main")).not_to_contain_text("Nähen")
    expect(phone.get_by_role("button", name="Anfangen")).to_have_count(0)

    other = visit("/r", viewport=PHONE, java_script_enabled=False)
    other.get_by_label("Die vier Wörter").fill(words)
    press(other.get_by_role("button", name="Weiter"))
    expect(other.get_by_text("Räume zum Nähen")).to_be_visible()
    press(other.get_by_role("link", name="Meine Antworten löschen"))
    press(other.get_by_role("button", name="Meine Antworten endgültig löschen"))
    expect(other.get_by_role("heading", level=1)).to_have_text("Ihre Antworten sind gelöscht")
    session.rollback()
    assert session.scalar(select(func.count()).select_from(AnonymousResponse)) == 4
    phone.goto(f"/s/{slug}/receipt")
    expect(phone.get_by_role("main")).not_to_contain_text("Nähen")


def who_answered(app: Flask, desk: Page) -> int:
    """Let the clock come round, and count who has answered on the page of invitations."""
    with app.app_context():
        sealing_off.count_in()
    desk.reload()
    return desk.locator("td .pill.yes").count()
