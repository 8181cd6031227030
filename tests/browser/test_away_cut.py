"""Wherever the line of a counsellor's device breaks off: nothing is lost, nothing is doubled.

Sixty conversations are sent, or as many as CUT_ANSWERS says; 2,000 were once.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import User
from surveys.conversations.coding import LETTERS
from surveys.conversations.models import Conversation
from surveys.models import Response
from tests.browser.away import PIN, ROWS, opened, prepared
from tests.browser.breaking import CUTS, BreakingWire, a_breaking_wire
from tests.browser.conftest import cookie_of
from tests.browser.test_conversation import TABLET, nadja

__all__ = ["nadja"]
ANSWERS = int(os.environ.get("CUT_ANSWERS", "60"))
AT_ONCE = 20  # conversations that wait on the device
DELETED = 10  # of so many, one is deleted while it waits
WAIT = """
async ({away, pin, drafts}) => {
  const [{opened, Rows}, {unlock}, {offered}, {remove}] = await Promise.all(
    ["rows", "locking", "kits", "sending"].map((name) => import(`${away}/${name}.js`)),
  );
  if (!window.rows) {
    const db = await opened("buch"), {key} = await unlock(db, pin);
    window.rows = new Rows(db, key);
    window.gone = (key) => remove(window.rows, {key, complete: true});
  }
  const {surveys: [{slug, number: version}]} = await offered(window.rows);
  for (const each of drafts) {
    await window.rows.put(`draft ${each.key}`, {...each, slug, version, language: "ar",
      agreed: {}, page: "", complete: true, refused: null});
  }
}
"""
SEND = """
async (passes) => {
  const {dataset} = document.documentElement;
  let made = 0;
  do {
    delete dataset.waiting;
    dispatchEvent(new Event("online"));
    while (dataset.waiting === undefined) await new Promise((done) => setTimeout(done, 5));
    made += 1;
  } while (dataset.waiting !== "0" && made < passes);
  return made;
}
"""


@pytest.fixture
def line(site: str) -> Iterator[BreakingWire]:
    with a_breaking_wire(site) as line:
        yield line


@pytest.fixture
def page(browser: Browser, line: BreakingWire, app: Flask, nadja: User) -> Iterator[Page]:
    context = browser.new_context(base_url=line.address, locale="de-DE", viewport=TABLET)  # type: ignore[arg-type]
    context.add_cookies([{"url": line.address, **cookie_of(nadja, app)}])  # type: ignore[typeddict-item]
    yield opened(prepared(context))
    context.close()


def a_draft(number: int) -> dict[str, Any]:
    """A conversation that is finished; its idea tells which one it is."""
    rest, letters = number, ""
    for _ in range(5):
        rest, place = divmod(rest, len(LETTERS))
        letters += LETTERS[place]
    answers = {"consent": "yes", "school": "no", "idea": f"Garten {number}"}
    code = f"{letters[:2]}-{letters[2:]}"
    return {"key": f"{number:032x}", "code": code, "answers": answers}


def test_conversations_arrive_once_wherever_the_line_breaks_off(
    page: Page, line: BreakingWire, app: Flask, session: Session
) -> None:
    away = f"/static/{app.extensions['assets'].version}/js/away"
    deleted: set[int] = set()
    line.is_breaking = True
    for first in range(1, ANSWERS + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, ANSWERS + 1))
        drafts = [a_draft(number) for number in numbers]
        page.evaluate(WAIT, {"away": away, "pin": PIN, "drafts": drafts})
        for place in range(len(drafts) // DELETED):
            page.evaluate(SEND, 1)
            waiting = page.evaluate(ROWS)  # the first of which may have arrived
            if waiting and place < len(waiting):
                key = waiting[0].removeprefix("draft ")
                deleted.add(int(key, 16))
                page.evaluate("(key) => gone(key)", key)
        page.evaluate(SEND, 500)
        assert page.evaluate(ROWS) == []
    assert {*line.cuts} == {*CUTS, "nowhere"}

    expected = [f"Garten {n}" for n in range(1, ANSWERS + 1) if n not in deleted]
    session.expire_all()
    arrived = [each.answers["idea"] for each in session.scalars(select(Response))]
    assert sorted(arrived) == sorted(expected)
    codes = {a_draft(n)["code"] for n in range(1, ANSWERS + 1) if n not in deleted}
    told = [each.code for each in session.scalars(select(Conversation))]
    assert (len(told), {*told}) == (len(codes), codes)
