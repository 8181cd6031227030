"""A round by keyboard and without scripts: what counts, wishes in their order, a proposal."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.rounds import beginning, deciding, wishing
from agency.rounds.models import RankingPerson, RankingRound
from core.keys import Keyring
from people.models import Membership, Project, Role, User
from tests.agency.gathering.story import a_talk, an_owner, talks
from tests.agency.rounds.story import B1, a_round, let_wish
from tests.browser.accessibility import LAPTOP, PHONE, barriers
from tests.browser.conftest import Visitor
from tests.story import NOON, a_user

SAMIRA = "S4-MRA"


@pytest.fixture
def nadja(keep: Callable[..., User], session: Session, project: Project) -> User:
    """A counsellor who has talked to Samira; others have talked to five more."""
    user = keep(a_user("Nadja"))
    provider, other = (an_owner(session, project, code) for code in ("O14", "O18"))
    who = {"role": Role.COUNSELLOR, "provider_id": provider.id}
    session.add(Membership(project_id=project.id, user_id=user.id, **who))
    survey = talks(session, project)
    a_talk(session, survey, provider, SAMIRA, german="a2", feedback_ok="yes")
    for number in range(5):
        a_talk(session, survey, other, f"B{number}-BBB")
    return user


@pytest.fixture
def it(app: Flask, session: Session, project: Project, nadja: User) -> RankingRound:
    keys: Keyring = app.extensions["keys"]
    return a_round(session, keys, project, "Küchenhilfe", "Radwerkstatt")


def choose(page: Page, label: str, value: str) -> None:
    """Choose from a list by typing its first letters."""
    page.get_by_role("combobox", name=label, exact=True).focus()
    page.keyboard.type(value)


@pytest.mark.parametrize("window", [PHONE, LAPTOP])
def test_a_counsellor_puts_wishes_in_order_by_keyboard(
    visit: Visitor, session: Session, nadja: User, it: RankingRound, window: dict[str, int]
) -> None:
    here = "/p/buch/conversations/rankings"
    page = visit(here, nadja, viewport=window, java_script_enabled=False)
    page.get_by_role("link", name=it.title).click()
    page.get_by_role("link", name=SAMIRA).click()
    choose(page, "Wunsch 1", "Kü")
    choose(page, "Wunsch 2", "Ra")
    page.get_by_label("Wie viele Stunden in der Woche höchstens?").fill("20")
    page.get_by_label("Ab wann?").fill("2027-01-11")
    page.get_by_label("An welchem Tag hat die Person ja gesagt?").fill("2026-11-01")
    page.get_by_label("Die Person hat ja gesagt").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("link", name=SAMIRA).click()
    page.get_by_role("button", name="Nach oben: Wunsch 2").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Wunsch 1", exact=True).locator(":checked")).to_contain_text(
        "Radwerkstatt"
    )
    (person,) = session.scalars(select(RankingPerson)).all()
    assert person.wishes == [each.id for each in reversed(it.places)]


def test_an_enterprise_says_what_counts_by_keyboard(
    app: Flask, visit: Visitor, session: Session, it: RankingRound
) -> None:
    link = f"/places/{beginning.key_of(app.extensions['keys'], it.places[0])}"
    page = visit(link, viewport=PHONE, java_script_enabled=False)
    choose(page, "Deutsch mindestens", "B1")
    card = page.locator("section", has=page.get_by_role("heading", name="Deutsch mindestens"))
    card.get_by_label("egal").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Speichern").focus()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Danke. Sie können das hier ändern")
    session.expire_all()
    assert it.places[0].wanted == {"german": ["b1", "much"]}


@pytest.mark.parametrize("window", [PHONE, LAPTOP])
def test_what_is_proposed_has_no_barriers_for_anyone(
    app: Flask,
    visit: Visitor,
    session: Session,
    nadja: User,
    it: RankingRound,
    window: dict[str, int],
) -> None:
    wishing.say(session, it.places[0], [B1], NOON)
    let_wish(session, it, SAMIRA, 0)
    for number in range(5):
        let_wish(session, it, f"B{number}-BBB", 0)
    let_wish(session, it, "B0-BBB", 0, german="b1")
    deciding.decide(session, it, NOON)
    session.commit()
    here = f"/p/buch/conversations/{SAMIRA}/rankings/{it.id}"
    page = visit(here, nadja, viewport=window)
    expect(page.locator("main")).to_contain_text(
        "Bei „Küchenhilfe“ (Wunsch 1) gehen andere vor."
    )
    expect(page.locator("main")).to_contain_text("Mit Deutsch B1: die Person")
    assert barriers(page) == []
    page.goto(f"/p/buch/conversations/rankings/{it.id}")
    assert barriers(page) == []
    page.goto(f"/places/{beginning.key_of(app.extensions['keys'], it.places[0])}")
    assert barriers(page) == []
