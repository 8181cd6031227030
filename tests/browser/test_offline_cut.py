"""Wherever the line of a phone breaks off: no answer that waited on it is lost or doubled.

Sixty people answer, or as many as CUT_ANSWERS says; 2,000 did once.
"""

import os
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project
from surveys.models import Response
from tests.browser.breaking import CUTS, BreakingWire, a_breaking_wire
from tests.surveys.answers import a_survey
from tests.surveys.routes.test_syncing import the_form

ANSWERS = int(os.environ.get("CUT_ANSWERS", "60"))
AT_ONCE = 20  # answers that wait on the phone
DELETED = 10  # of so many, one is deleted while it waits
PHONE = """
async (folder) => {
  const [{keepDraft, drafts, changeDraft}, {flush}, {newDraft}] = await Promise.all(
    ["store", "syncing", "answering"].map((name) => import(`${folder}/${name}.js`)),
  );
  const kit = await (await fetch("/s/pankow/kit/de")).json();
  const pages = kit.pages.map((page) => page.key);
  window.wait = (numbers) => Promise.all(numbers.map((places) => keepDraft({
    ...newDraft(kit), answers: {agree: "yes", places}, pages, change: 1,
    complete: true, waiting: true, current: false,
  })));
  window.withdraw = async () => {
    const [first] = (await drafts()).filter((each) => !each.gone);
    if (first) await changeDraft(first.id, (now) => ({...now, gone: true, change: 2}));
    return first?.answers.places ?? 0;
  };
  window.flush = flush;
  window.left = async () => (await drafts()).length;
}
"""
SEND = """
async () => {
  for (let pass = 0; pass < 500 && await left(); pass++) await flush();
  return left();
}
"""


@pytest.fixture
def line(site: str) -> Iterator[BreakingWire]:
    with a_breaking_wire(site) as line:
        yield line


def test_answers_arrive_once_wherever_the_line_breaks_off(
    browser: Browser, line: BreakingWire, app: Flask, session: Session, project: Project
) -> None:
    a_survey(session, project, the_form())
    phone = browser.new_context(base_url=line.address)
    page = phone.new_page()
    page.goto("/legal/imprint")
    page.evaluate(PHONE, f"/static/{app.extensions['assets'].version}/js/offline")
    line.is_breaking = True
    deleted = set()
    for first in range(1, ANSWERS + 1, AT_ONCE):
        numbers = [*range(first, min(first + AT_ONCE, ANSWERS + 1))]
        page.evaluate("(numbers) => wait(numbers)", numbers)
        for _ in range(len(numbers) // DELETED):
            page.evaluate("flush()")  # the first that is left may have arrived
            deleted.add(page.evaluate("withdraw()"))
        assert page.evaluate(SEND) == 0
    assert {*line.cuts} == {*CUTS, "nowhere"}
    phone.close()

    session.expire_all()
    arrived = [each.answers["places"] for each in session.scalars(select(Response))]
    assert sorted(arrived) == [n for n in range(1, ANSWERS + 1) if n not in deleted]
