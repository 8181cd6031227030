"""A survey in each of our languages on a phone, and checking texts with the keyboard alone."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session

from core.languages import SPOKEN, direction_of, tag_of
from people.models import Project, User
from surveys.models import Survey
from tests.browser.accessibility import PHONE, barriers
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.surveys.answers import a_register, a_survey, instrument

TITLES = {
    "de": "Befragung soziale Betriebe", "de-simple": "Fragen an soziale Betriebe",
    "en": "Survey of social enterprises", "ar": "استبيان", "uk": "Опитування",
    "ru": "Опрос", "prs": "نظرپرسی", "tr": "anket",
}  # fmt: skip


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    a_register(session, project, 3)
    return a_survey(session, project, instrument("enterprise_survey"))


def choose(page: Page, language: str) -> None:
    page.locator("details.lang summary").click()
    press(page.locator(f"details.lang button[value={language}]"))


@pytest.mark.parametrize("language", SPOKEN)
def test_a_survey_is_answered_on_a_phone_in_each_language(
    visit: Visitor, survey: Survey, language: str
) -> None:
    page = visit("/s/pankow", viewport=PHONE, has_touch=True, locale="en")
    choose(page, language)
    root = page.locator("html")
    expect(root).to_have_attribute("lang", tag_of(language))
    expect(root).to_have_attribute("dir", direction_of(language))
    expect(page.locator("h1")).to_contain_text(TITLES[language])
    assert barriers(page) == []
    page.locator("details.lang summary").click()
    menu = page.locator("details.lang ul").bounding_box()
    assert menu and menu["x"] >= 0 and menu["x"] + menu["width"] <= 390
    assert menu["y"] + menu["height"] <= 844
    head = page.locator(".survey-head .brand").bounding_box()
    switch = page.locator("details.lang").bounding_box()
    assert head and switch
    if direction_of(language) == "rtl":
        assert switch["x"] + switch["width"] <= head["x"]
    else:
        assert head["x"] + head["width"] <= switch["x"]
    page.keyboard.press("Escape")
    page.locator("input[name=consent]").first.check()
    press(page.locator("#page button[name=go][value=next]"))
    expect(root).to_have_attribute("lang", tag_of(language))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_texts_are_checked_one_after_the_other_without_a_mouse(
    visit: Visitor, app: Flask, survey: Survey, birte: User
) -> None:
    page = visit("/p/buch/surveys/pankow/languages/tr", birte, java_script_enabled=False)
    page.locator("#t-1").focus()
    for number in (1, 2, 3):
        expect(page.locator(f"#t-{number}")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # the button that says it is right
        page.wait_for_load_state()
        checked = page.locator("article").nth(number - 1)
        expect(checked.locator(".pill")).to_have_text("geprüft")
        expect(checked).to_contain_text("Birte")
