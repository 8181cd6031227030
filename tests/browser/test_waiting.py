"""Answers that wait on a phone: told, safe from restarts and updates, readable by nobody."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project
from surveys.models import Response, State, Survey, SurveyVersion
from tests.browser.conftest import program
from tests.browser.pressing import press
from tests.browser.wire import Wire
from tests.story import NOON
from tests.surveys.answers import a_survey
from tests.surveys.routes.test_syncing import the_form

PHONE: Any = {"width": 390, "height": 844}
ADDRESS = "kim.geheim@example.org"


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project, the_form())


@pytest.fixture
def phone(browser: Browser, wire: Wire, survey: Survey, tmp_path: Path) -> Iterator[Any]:
    """A phone whose browser can be closed and started again."""
    contexts: list[BrowserContext] = []

    def start() -> BrowserContext:
        for context in contexts:
            context.close()
        contexts[:] = [
            browser.browser_type.launch_persistent_context(
                tmp_path / "profile",
                executable_path=program(),
                args=["--no-sandbox"] if os.geteuid() == 0 else [],
                base_url=wire.address,
                locale="de-DE",
                viewport=PHONE,
            )
        ]
        return contexts[0]

    yield start
    for context in contexts:
        context.close()


def open_once(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("/s/pankow")
    expect(page.locator("html[data-taken=along]")).to_be_attached(timeout=30_000)
    return page


def answer(page: Page, mail: str = ADDRESS) -> None:
    page.locator("[name=agree][value=yes]").check()
    go_on(page)
    page.locator("[name=places]").fill("3")
    page.locator("[name=why][value=work]").check()
    go_on(page)
    page.locator("[name=mail]").fill(mail)
    go_on(page)


def go_on(page: Page) -> None:
    press(page.locator("#page button[name=go][value=next]"))


def test_answers_survive_the_end_of_the_browser_and_nobody_reads_them_there(
    phone: Any, wire: Wire, session: Session, tmp_path: Path
) -> None:
    page = open_once(phone())
    wire.cut()
    answer(page)
    assert page.url.endswith("/receipt")
    page = phone().new_page()  # closed, and started again
    page.goto("/s/pankow")
    expect(page.get_by_role("status")).to_contain_text(re.compile("wait|wart"))
    page.context.close()
    assert found_in(tmp_path / "profile", ADDRESS) == []
    page = phone().new_page()
    wire.mend()
    page.goto("/s/pankow")
    expect(page).to_have_url(re.compile("/receipt$"))
    expect(page.locator("h1[data-kept]")).to_have_count(0)
    assert session.scalars(select(Response)).one().submitted


def test_two_people_on_one_phone_are_counted_and_both_arrive(
    phone: Any, wire: Wire, session: Session
) -> None:
    page = open_once(phone())
    wire.cut()
    answer(page)
    press(page.locator("form[action$='/another'] button"))
    answer(page, "amal@example.org")
    expect(page.get_by_role("status")).to_contain_text("2 ")
    wire.mend()
    page.goto("/s/pankow")
    expect(page.locator("h1[data-kept]")).to_have_count(0)
    session.expire_all()
    assert (
        len(session.scalars(select(Response).filter(Response.submitted.is_not(None))).all())
        == 2
    )


def test_an_update_of_the_app_and_of_the_survey_lose_nothing(
    phone: Any, wire: Wire, app: Flask, session: Session, survey: Survey
) -> None:
    page = open_once(phone())
    wire.cut()
    page.locator("[name=agree][value=yes]").check()
    go_on(page)
    old = session.scalars(select(SurveyVersion.id)).one()
    app.extensions["assets"].version = "newer"
    session.add(
        SurveyVersion(
            survey_id=survey.id, number=2, definition=the_form(least=5).to_json(),
            created=NOON, digest="newer",
        )
    )  # fmt: skip
    session.commit()
    wire.mend()
    page.goto("/s/pankow")
    expect(page.locator("[name=places]")).to_be_visible()
    page.locator("[name=places]").fill("3")
    go_on(page)
    go_on(page)
    expect(page.locator("h1[data-kept]")).to_have_count(0)
    session.expire_all()
    assert session.scalars(select(Response.version_id)).one() == old
    assert session.scalars(select(Response)).one().submitted


FULL = """
async (folder) => {
  const {answer} = await import(`${folder}/answering.js`);
  IDBObjectStore.prototype.put = () => { throw new DOMException("", "QuotaExceededError"); };
  const form = new URLSearchParams({agree: "yes", go: "next", key: "ab".repeat(16)});
  const said = await answer(new URL(location), "pankow", "/pages/agree", form);
  return [said.status, await said.text()];
}
"""


def test_a_full_device_says_so_and_what_is_on_the_page_stays(phone: Any, app: Flask) -> None:
    page = open_once(phone())
    folder = f"/static/{app.extensions['assets'].version}/js/offline"
    status, html = page.evaluate(FULL, folder)
    assert status == 507
    assert 'role="alert"' in html
    assert 'value="yes" checked' in html


def test_a_survey_that_closed_meanwhile_says_so_and_the_answers_stay(
    phone: Any, wire: Wire, session: Session, survey: Survey
) -> None:
    page = open_once(phone())
    wire.cut()
    answer(page)
    survey.state = State.CLOSED
    session.commit()
    wire.mend()
    page.goto("/s/pankow")
    expect(page.get_by_role("status")).to_contain_text(re.compile("closed|beendet|geschlossen"))
    assert session.scalars(select(Response)).all() == []
    assert page.evaluate(WAITING) == 1


WAITING = """
() => new Promise((resolve) => {
  indexedDB.open("werkstatt").onsuccess = ({target: {result}}) => {
    const asking = result.transaction("drafts").objectStore("drafts").count();
    asking.onsuccess = () => resolve(asking.result);
  };
})
"""


def found_in(folder: Path, text: str) -> list[str]:
    """The files of a profile in which a text can be read."""
    needles = [text.encode(), text.encode("utf-16-le")]
    files = (path for path in folder.rglob("*") if path.is_file())
    return [str(path) for path in files if any(each in path.read_bytes() for each in needles)]
