"""The queue of written names, cleared with nothing but the keyboard."""

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Organisation, Project, User
from surveys.models import Mention
from tests.browser.accessibility import barriers
from tests.browser.conftest import Visitor
from tests.networks.story import a_response, a_wave
from tests.story import NOON, an_organisation

QUEUE = "/p/buch/people/names"
WRITTEN = ["Pfefferwerk", "Chor der Nachbarn", "Lotus"]


@pytest.fixture
def written(session: Session, project: Project) -> list[Mention]:
    """Three names that wait, all written by Radhaus."""
    names = {"O1": "Radhaus", "O2": "Pfefferwerk Stadtkultur gGmbH", "O3": "Lotus Haus"}
    found = {code: an_organisation(project, code, name) for code, name in names.items()}
    session.add_all(found.values())
    session.commit()
    survey = a_wave(session, project)
    response = a_response(session, survey, found["O1"], {})
    place = {"project_id": project.id, "survey_id": survey.id, "response_id": response.id}
    mentions = [
        Mention(**place, question="called", instance=n, name=name, sector="society", given=NOON)
        for n, name in enumerate(WRITTEN, 1)
    ]
    session.add_all(mentions)
    session.commit()
    return mentions


def case(page: Page, name: str) -> None:
    """Expect a case to be on, and to have the focus."""
    expect(page.locator("#case-name")).to_have_text(name)
    expect(page.locator("#case")).to_be_focused()


def test_the_queue_is_cleared_by_keyboard_alone(
    visit: Visitor, birte: User, session: Session, written: list[Mention]
) -> None:
    page = visit(f"{QUEUE}#case", birte)
    case(page, "Pfefferwerk")
    page.keyboard.press("1")
    case(page, "Chor der Nachbarn")
    page.keyboard.press("u")
    case(page, "Pfefferwerk")
    page.keyboard.press("l")
    case(page, "Chor der Nachbarn")
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    case(page, "Lotus")
    page.keyboard.press("1")
    case(page, "Pfefferwerk")
    page.keyboard.press("1")
    expect(page.locator("#case")).to_be_focused()
    expect(page.locator("#case-name")).to_have_count(0)
    query = select(Mention.name, Organisation.name).join(
        Organisation, Mention.organisation_id == Organisation.id
    )
    meant = {(name, whom) for name, whom in session.execute(query)}
    assert meant == {
        ("Pfefferwerk", "Pfefferwerk Stadtkultur gGmbH"),
        ("Chor der Nachbarn", "Chor der Nachbarn"),
        ("Lotus", "Lotus Haus"),
    }


def test_keys_rest_in_fields_and_stay_off_when_switched_off(
    visit: Visitor, birte: User, written: list[Mention]
) -> None:
    page = visit(f"{QUEUE}#case", birte)
    page.locator("#q-organisation").press_sequentially("lu1")
    expect(page.locator("#case-name")).to_have_text("Pfefferwerk")
    expect(page.locator("#found-organisation .btn")).to_have_count(0)
    page.locator("#q-organisation").fill("lotu")
    expect(page.locator("#found-organisation .btn")).to_have_count(1)
    assert barriers(page) == []
    page.locator("#with-keys input").uncheck()
    page.keyboard.press("l")
    page.reload()
    expect(page.locator("#with-keys input")).not_to_be_checked()
    page.keyboard.press("l")
    expect(page.locator("#case-name")).to_have_text("Pfefferwerk")


def test_the_buttons_do_the_same_without_scripts(
    visit: Visitor, birte: User, written: list[Mention]
) -> None:
    page = visit(
        QUEUE, birte, java_script_enabled=False, viewport={"width": 390, "height": 800}
    )
    expect(page.locator("#with-keys")).to_be_hidden()
    page.locator("#q-organisation").fill("radh")
    page.locator("#q-organisation").press("Enter")
    expect(page.locator("#found-organisation .btn")).to_have_count(1)
    page.locator(".candidates .btn").first.click()
    expect(page.locator("#case-name")).to_have_text("Chor der Nachbarn")


def test_two_entries_are_chosen_and_merged_without_barriers(
    visit: Visitor, birte: User, session: Session, written: list[Mention]
) -> None:
    page = visit(f"{QUEUE}/doubles", birte)
    for side, typed in (("gone", "pfefer"), ("kept", "lotu")):
        page.locator(f"#q-{side}").fill(typed)
        expect(page.locator(f"#found-{side} input")).to_be_checked()
    assert barriers(page) == []
    page.locator("#merge button").click()
    expect(page.locator(".doubles").last).to_contain_text("Lotus Haus")
    query = select(Organisation.code).where(Organisation.merged_into_id.is_not(None))
    assert session.scalars(query).all() == ["O2"]
