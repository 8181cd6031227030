"""A whole conversation between a counsellor in German and a person in Arabic, no scripts."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.consents import seed
from people.models import Membership, Project, Role, User
from surveys.definition import Definition
from surveys.models import Response
from tests.browser.accessibility import PHONE, barriers
from tests.browser.conftest import Visitor
from tests.story import NOON, a_user, an_organisation
from tests.surveys.conversations.story import DESK, a_talk_survey

TABLET = {"width": 820, "height": 1180}


@pytest.fixture
def nadja(
    keep: Callable[..., User], session: Session, project: Project, talked: Definition
) -> User:
    """A counsellor of the Bucher Bogen, where a survey about persons is open."""
    user = keep(a_user("Nadja"))
    provider = an_organisation(project, "O14", "Stadtteilzentrum Bucher Bogen e.V.")
    session.add(provider)
    session.flush()
    session.add(
        Membership(
            project_id=project.id, user_id=user.id, role=Role.COUNSELLOR,
            provider_id=provider.id,
        )
    )  # fmt: skip
    seed(session, project, NOON)
    session.commit()
    a_talk_survey(session, project, talked)
    return user


def press(page: Page, value: str) -> None:
    page.locator(f"button[value={value}]:visible").last.click()


def tell_of_a_garden(page: Page, person: Locator) -> None:
    """Leave a question out, word an idea anew that names somebody, let it go to the wall."""
    press(page, "skip")
    page.get_by_role("textbox").fill("Frau Amiri möchte einen Garten")
    press(page, "next")
    expect(page.locator("mark")).to_have_text("Amiri")
    page.get_by_role("textbox").fill("Ein Garten für alle")
    press(page, "next")
    press(page, "back")
    expect(page.get_by_role("textbox")).to_have_value("Ein Garten für alle")
    press(page, "next")
    person.get_by_text("نعم", exact=True).click()
    press(page, "next")


@pytest.mark.parametrize("window", [TABLET, PHONE], ids=["tablet", "phone"])
def test_a_whole_conversation_without_scripts(
    visit: Visitor, session: Session, nadja: User, window: Any
) -> None:
    page = visit(
        DESK, nadja, "422", viewport=window, java_script_enabled=False, reduced_motion="reduce"
    )
    page.locator(f'a[href="{DESK}/new"]').first.click()
    page.locator('a[href$="/ar"]').click()
    person = page.locator("section[lang=ar][dir=rtl]")
    expect(person).to_contain_text("هل تودّون المشاركة؟")
    press(page, "yes")

    assert page.locator("html").get_attribute("lang") == "de"
    expect(page.locator("h1")).to_have_text("Waren Sie in der Schule?")
    expect(person.locator(".ask")).to_contain_text("هل ذهبتم إلى المدرسة؟")
    assert is_beside(page) == (window is TABLET)
    person.get_by_text("لا", exact=True).click()  # the person answers on their half
    expect(page.get_by_label("Nein")).to_be_checked()
    press(page, "next")

    if window is not TABLET:
        assert turned(page) == "none"
        page.locator("label[for=turned]").click()
        assert turned(page) == "180deg"
    person.get_by_text("دورة ألمانية").click()
    page.get_by_label("Arbeit").check()  # and the counsellor on theirs
    press(page, "next")
    if window is not TABLET:
        assert turned(page) == "180deg"  # it lies between them still
        page.locator("label[for=turned]").click()
    tell_of_a_garden(page, person)
    expect(person).to_contain_text("يجوز لمركز الاستشارة")  # the wording of this consent
    press(page, "skip")
    press(page, "next")  # the words at the end

    code = page.locator(".code").first.inner_text()
    assert re.fullmatch(r"[2-9A-Z]{2}-[2-9A-Z]{3}", code)
    expect(person.locator(".code")).to_have_text(code)
    session.expire_all()
    response = session.scalars(select(Response)).one()
    assert response.submitted
    told = {"needs": ["course", "work"], "school": "no", "wall": "yes"}
    assert told.items() <= response.answers.items()
    assert "first" not in response.answers


@pytest.mark.parametrize("window", [TABLET, PHONE], ids=["tablet", "phone"])
def test_no_page_of_a_conversation_has_barriers(
    visit: Visitor, nadja: User, window: Any
) -> None:
    page = visit(f"{DESK}/new", nadja, "422", viewport=window)
    found = barriers(page)
    page.locator('a[href$="/ar"]').click()
    found += barriers(page)
    press(page, "yes")
    found += barriers(page)
    page.locator("label.pict").first.click()
    press(page, "next")
    page.locator("label.pict").first.click()
    found += barriers(page)
    press(page, "next")
    page.get_by_role("textbox").fill("0176 1234567")
    press(page, "next")
    found += barriers(page)
    press(page, "skip")
    found += barriers(page)
    page.get_by_role("link", name=re.compile("delete|lösch", re.IGNORECASE)).click()
    found += barriers(page)
    page.go_back()
    press(page, "skip")
    found += barriers(page)
    press(page, "next")
    found += barriers(page)
    page.goto(DESK)
    found += barriers(page)
    assert found == []


def test_the_card_is_printed_with_the_code_and_without_buttons(
    visit: Visitor, nadja: User
) -> None:
    page = visit(f"{DESK}/new", nadja, viewport=TABLET)
    page.locator('a[href$="/ar"]').click()
    press(page, "yes")
    while "/card" not in page.url:
        press(page, "skip" if page.locator("button[value=skip]").count() else "next")
    page.emulate_media(media="print")
    assert page.locator(".code:visible").count() == 2
    assert page.locator("button:visible, a.btn:visible").count() == 0


def is_beside(page: Page) -> bool:
    """Whether the halves stand beside each other."""
    mine, theirs = page.locator("main").bounding_box(), page.locator(".duo-ar").bounding_box()
    assert mine and theirs
    return mine["x"] + mine["width"] <= theirs["x"] + 1


def turned(page: Page) -> Any:
    return page.locator(".duo-ar").evaluate("each => getComputedStyle(each).rotate")
