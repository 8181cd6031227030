"""Answering in a real browser: to the end, on a phone, with scripts and without."""

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Project
from surveys.definition import Choice, Definition, Item
from surveys.fieldwork import inviting
from surveys.models import Invitation, Response, Survey
from tests.browser.accessibility import barriers
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.story import NOON
from tests.surveys.answers import a_register, a_survey, definition_of, instrument

PHONE = {"width": 390, "height": 800}
DESK = {"width": 1280, "height": 800}
UNHCR = Path("/work/shared/data/forms/unhcr_rms_capi_v3.xlsx")
REFUSED = "422"  # browsers write it on the console
ASK_MANY = 150
KINDS = ["org_other", "places_12m", "partners", "idea", "headcount"]  # a page of each kind


def small_form() -> Definition:
    """A small form in Arabic."""
    yes_no = (Choice("yes", {"ar": "نعم"}), Choice("no", {"ar": "لا"}))
    name = Item("question", "name", "text", {"ar": "ما اسم المكان؟"})
    number = Item("question", "number", "integer", {"ar": "كم شخصًا؟"}, relevant="${name} != ''")
    agree = Item("question", "agree", "select_one", {"ar": "هل أعجبكم؟"}, list="yn")
    return Definition(
        {"ar": "استبيان"}, "s", "ar", ("ar",), (name, number, agree), {"yn": yes_no}
    )


FORMS = ["small", *(["unhcr"] if UNHCR.exists() else [])]


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    a_register(session, project)
    return a_survey(session, project, instrument("enterprise_survey"))


@pytest.fixture
def link(session: Session, app: Flask, survey: Survey) -> str:
    """The link of an invitation of Radhaus Buch."""
    keys: Keyring = app.extensions["keys"]
    organisations = [*inviting.not_invited(session, survey)]
    radhaus = next(each for each in organisations if each.code == "O01")
    [invitation] = inviting.invite(session, keys, survey, [radhaus], NOON)
    session.commit()
    return f"/i/{inviting.token_of(keys, invitation)}"


FILL = """
(round) => {
  const form = document.getElementById("page"), careful = !!form.querySelector(".err");
  const all = (what) => [...form.querySelectorAll(what)];
  const names = new Set(all("input[type=radio]:enabled").map((each) => each.name));
  for (const name of names) {
    const same = all("input[type=radio]").filter((each) => each.name === name);
    if (careful || !same.some((each) => each.checked)) same[round % same.length].checked = true;
  }
  const groups = new Map(all("input[type=checkbox]").map((each) => [each.name, 0]));
  for (const box of all("input[type=checkbox]")) {
    groups.set(box.name, groups.get(box.name) + 1);
    box.checked = groups.get(box.name) <= (careful ? 1 : 2);
  }
  for (const choice of all("select")) {
    if (!choice.value && choice.options.length > 1) choice.selectedIndex = 1;
  }
  for (const field of all("input[type=text], textarea")) {
    if (field.value && !careful) continue;
    const numeric = ["numeric", "decimal", "tel"].includes(field.inputMode);
    field.value = field.inputMode === "email" ? "kim@example.org"
      : careful ? ["1", ""][round % 2] : numeric ? "1" : "Ein Café für alle";
  }
  const today = new Date().toLocaleDateString("sv-SE", {timeZone: "Europe/Berlin"});
  for (const field of all("input[type=date]")) field.value = today;
}
"""


def fill(page: Page, number: int) -> None:
    """Answer what is on the page, as somebody would who wants to get on.

    The consent comes first: its first choice is taken, later others in turn.
    """
    page.evaluate(FILL, number)


def go_on(page: Page, go: str = "next") -> None:
    press(page.locator(f"#page button[name=go][value={go}]"))


def to_the_end(page: Page, at_each: object = None) -> int:
    """Fill in page after page; return how many there were."""
    for number in range(ASK_MANY):
        if page.url.endswith("/receipt"):
            return number
        fill(page, number)
        if callable(at_each):
            at_each(page)
        go_on(page)
    raise AssertionError(f"no end in sight at {page.url}")


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_an_invited_enterprise_answers_to_the_end_on_a_phone(
    visit: Visitor, session: Session, link: str, script: bool
) -> None:
    page = visit(link, viewport=PHONE, java_script_enabled=script, tolerate=REFUSED)
    press(page.get_by_role("button", name="Anfangen"))
    assert to_the_end(page) <= 20
    assert page.get_by_role("heading", name="Danke, Ihre Antworten").is_visible()
    assert page.get_by_text("Radhaus Buch").first.is_visible()
    response = session.scalars(select(Response)).one()
    assert response.submitted
    assert response.leading
    assert session.scalars(select(Invitation)).one().opened


@pytest.mark.parametrize("name", FORMS)
def test_a_form_in_arabic_is_answered_to_the_end(
    visit: Visitor, session: Session, project: Project, name: str
) -> None:
    a_survey(session, project, small_form() if name == "small" else definition_of(UNHCR))
    page = visit("/s/pankow", locale="ar", viewport=PHONE, tolerate=REFUSED)
    assert page.locator("html").get_attribute("dir") == "rtl"
    to_the_end(page)
    assert page.locator("html").get_attribute("lang") == "ar"
    assert session.scalars(select(Response)).one().submitted


@pytest.mark.parametrize(("locale", "size"), [("de-DE", PHONE), ("ar", DESK)], ids=["de", "ar"])
def test_axe_finds_nothing(
    visit: Visitor, link: str, locale: str, size: dict[str, int]
) -> None:
    page = visit(link, locale=locale, viewport=size, tolerate=REFUSED)
    found = barriers(page)
    press(page.locator(".btn.go"))
    found += barriers(page)
    page.locator("input[name=consent]").first.check()
    go_on(page)
    for key in KINDS:
        page.goto(f"/s/pankow/pages/{key}")
        fill(page, 0)
        found += barriers(page)
        if key in ("partners", "headcount"):
            go_on(page)
            found += barriers(page)
    for path in ("/s/pankow/pause", "/r"):
        page.goto(path)
        found += barriers(page)
    assert not found


def test_errors_lead_to_their_fields_and_everything_typed_stays(
    visit: Visitor, link: str
) -> None:
    page = visit(link, viewport=PHONE, tolerate=REFUSED)
    press(page.get_by_role("button", name="Anfangen"))
    page.locator("input[name=consent][value=yes]").check()
    go_on(page)
    page.goto("/s/pankow/pages/headcount")
    page.locator("[name=headcount]").fill("etwa zehn")
    page.locator("[name=refugees_employed]").fill("3")
    go_on(page)
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.url.endswith("#q-headcount")
    assert page.locator("[name=headcount]").input_value() == "etwa zehn"
    assert page.locator("[name=refugees_employed]").input_value() == "3"
    go_on(page, "back")
    go_on(page)
    assert page.locator("[name=headcount]").input_value() == "etwa zehn"


def test_a_pause_goes_on_in_another_browser_and_another_language(
    visit: Visitor, link: str
) -> None:
    page = visit(link, viewport=PHONE)
    press(page.get_by_role("button", name="Anfangen"))
    page.locator("input[name=consent][value=yes]").check()
    go_on(page)
    page.goto("/s/pankow/pages/headcount")
    page.locator("[name=headcount]").fill("7")
    page.locator("[name=refugees_employed]").fill("31")
    page.locator("details.lang summary").click()
    press(page.get_by_role("button", name="English"))
    assert page.locator("[name=refugees_employed]").input_value() == "31"
    go_on(page, "pause")
    words = " ".join(page.locator(".words b").all_inner_texts())
    other = visit("/r", viewport=DESK, java_script_enabled=False)
    other.get_by_label("Die vier Wörter").fill(words.upper())
    press(other.get_by_role("button", name="Weiter"))
    other.goto("/s/pankow/pages/headcount")
    assert other.locator("[name=headcount]").input_value() == "7"


def test_a_whole_survey_is_answered_with_the_keyboard_alone(
    visit: Visitor, session: Session, project: Project
) -> None:
    yes_no = (Choice("yes", {"de": "Ja"}), Choice("no", {"de": "Nein"}))
    name = Item("question", "name", "text", {"de": "Wie heißt der Ort?"})
    agree = Item("question", "agree", "select_one", {"de": "Gefällt er Ihnen?"}, list="yn")
    why = Item("question", "why", "text", {"de": "Warum?"}, relevant="${agree} = 'no'")
    form = Definition({"de": "Ort"}, "o", "de", ("de",), (name, agree, why), {"yn": yes_no})
    a_survey(session, project, form)
    page = visit("/s/pankow", viewport=PHONE)
    with page.expect_navigation():
        tab_to(page, "name")
        page.keyboard.type("Bucher Forst")
        tab_to(page, "agree")
        page.keyboard.press("ArrowDown")  # the second choice
        tab_to(page, "go", "next")
        page.keyboard.press("Enter")
    assert page.url.endswith("/pages/why")
    with page.expect_navigation():
        tab_to(page, "why")
        page.keyboard.type("Zu laut")
        tab_to(page, "go", "next")
        page.keyboard.press("Enter")
    assert page.url.endswith("/receipt")
    answers = session.scalars(select(Response)).one().answers
    assert answers == {"name": "Bucher Forst", "agree": "no", "why": "Zu laut"}


def tab_to(page: Page, name: str, value: str = "") -> None:
    """Press Tab until a field or a button has the focus, and is to be seen."""
    for _ in range(60):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "() => {const e = document.activeElement, r = e.getBoundingClientRect();"
            " const y = r.top + r.height / 2;"
            " return [e.name || '', e.type === 'submit' ? e.value : '',"
            " y >= 0 && y <= innerHeight]}"
        )
        if at[0] == name and (not value or at[1] == value):
            assert at[2], f"{name} has the focus out of sight"
            return
    raise AssertionError(f"no Tab leads to {name}")


def test_a_double_click_at_the_end_hands_in_once(
    visit: Visitor, session: Session, project: Project
) -> None:
    a_survey(session, project, small_form())
    page = visit("/s/pankow", locale="ar", viewport=PHONE)
    page.locator("[name=name]").fill("الغابة")
    go_on(page)
    page.locator("#page button[name=go][value=next]").dblclick()
    expect(page).to_have_url(re.compile("/receipt$"))
    expect(page.get_by_text("الغابة")).to_be_visible()
    response = session.scalars(select(Response)).one()
    assert response.submitted
    assert response.answers == {"name": "الغابة"}
