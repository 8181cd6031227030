"""A survey goes on without network once it is open, on a phone."""

import re
from random import Random
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project
from surveys.models import Response
from surveys.questionnaires.evaluating import questionnaire
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.browser.test_answering import fill
from tests.browser.test_expressions import some_answers
from tests.browser.wire import Wire
from tests.surveys.answers import a_register, a_survey, instrument

PHONE: Any = {"width": 390, "height": 844}
TAKEN_ALONG = "html[data-taken=along]"


def go_on(page: Page, go: str = "next") -> None:
    press(page.locator(f"#page button[name=go][value={go}]"))


def to_the_end(page: Page) -> None:
    for number in range(60):
        if page.url.endswith("/receipt"):
            return
        fill(page, number)
        for code in page.locator("#page input[name=token]").all():
            code.fill("K7-RQ2")
        go_on(page)
    raise AssertionError(f"no end in sight at {page.url}")


@pytest.mark.parametrize("name", ["enterprise_survey", "refugee_conversation"])
@pytest.mark.parametrize("language", ["de-DE", "ar"])
def test_a_survey_goes_on_without_network_from_its_second_question_on(
    browser: Browser, wire: Wire, session: Session, project: Project, name: str, language: str
) -> None:
    a_register(session, project, 40)
    a_survey(session, project, instrument(name))
    phone = browser.new_context(base_url=wire.address, locale=language, viewport=PHONE)
    page = phone.new_page()
    page.goto("/s/pankow")
    expect(page.locator(TAKEN_ALONG)).to_be_attached(timeout=20000)
    page.locator("input[name=consent]").first.check()
    go_on(page)
    expect(page.locator(TAKEN_ALONG)).to_be_attached(timeout=20000)
    wire.cut()
    fill(page, 1)
    for code in page.locator("#page input[name=token]").all():
        code.fill("K7-RQ2")
    go_on(page)
    second = page.url
    page.close()
    page = phone.new_page()
    page.goto("/s/pankow")
    assert page.url == second
    to_the_end(page)
    session.expire_all()
    assert not session.scalars(select(Response.submitted)).one()
    wire.mend()
    page.close()
    page = phone.new_page()
    page.goto("/s/pankow")
    expect(page.locator("main h1")).to_contain_text("Danke" if language == "de-DE" else "شكر")
    session.expire_all()
    assert session.scalars(select(Response)).one().submitted
    phone.close()


SHOWN_BY_BOTH = """
async ({folder, answers, key}) => {
  const {Sitting} = await import(`${folder}/sitting.js`), same = {credentials: "same-origin"};
  const told = await (await fetch("/s/pankow/kit")).json();
  const kit = await (await fetch(`/s/pankow/kit/${told.language}`)).json();
  const pages = kit.pages.map((page) => page.key), body = JSON.stringify({
    key, answers, pages, version: kit.version, language: kit.language, current: true,
  });
  const headers = {"Content-Type": "application/json"};
  const taken = await fetch("/s/pankow/answers", {method: "POST", headers, body, ...same});
  const {response} = await (await fetch("/s/pankow/kit")).json(), found = [];
  for (const name of response.held.splice(0)) response.answers[name] = answers[name];
  const sitting = new Sitting(kit, {...response, pages: [], agreed: {}});
  for (const key of pages) {
    for (const check of [false, true]) {
      const answer = await fetch(`/s/pankow/pages/${key}${check ? "?check=1" : ""}`);
      const theirs = answer.redirected ? answer.url.split("/").at(-1) : await answer.text();
      const {html, leadsTo} = sitting.show(key, {faults: check ? sitting.check(key) : {}});
      found.push([key, theirs, html ?? leadsTo]);
    }
  }
  return {status: taken.status, found};
}
"""
TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')


@pytest.mark.parametrize("name", ["enterprise_survey", "refugee_conversation"])
@pytest.mark.parametrize("language", ["de-DE", "ar"])
def test_a_page_made_on_the_device_is_that_of_the_server(
    visit: Visitor, app: Flask, session: Session, project: Project, name: str, language: str
) -> None:
    register = a_register(session, project, 40)
    definition = instrument(name)
    a_survey(session, project, definition)
    folder = f"/static/{app.extensions['assets'].version}/js/offline"
    page = visit("/legal/imprint", locale=language)
    form, chance = questionnaire(definition), Random(f"{name} {language}")  # noqa: S311
    seen: list[str] = []
    for number in range(3):
        answers = some_answers(form.definition.items, form, chance)
        codes = [each.code for each in chance.sample(register, 3)]
        answers |= {"consent": "yes", "org": codes[0], "partners": codes, "tie": [{}] * 3}
        sent = {"folder": folder, "answers": answers, "key": f"{number:032}"}
        both = page.evaluate(SHOWN_BY_BOTH, sent)
        assert both["status"] == 200
        for key, theirs, ours in both["found"]:
            assert TOKEN.sub("", ours) == TOKEN.sub("", theirs), key
        seen += [ours for _, _, ours in both["found"]]
    assert any('class="notice bad"' in ours for ours in seen)
