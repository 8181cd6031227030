"""A sheet of paper is typed without a mouse."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project, User
from surveys.models import Response
from tests.browser.accessibility import barriers
from tests.browser.conftest import Visitor
from tests.surveys.answers import a_register, a_survey, instrument

PAPER = "/p/buch/surveys/pankow/paper"


@pytest.fixture
def whose(session: Session, project: Project) -> str:
    found = a_register(session, project, 3)
    a_survey(session, project, instrument("enterprise_survey"))
    session.commit()
    return found[0].code


def test_a_sheet_is_typed_by_figures_and_enter(
    visit: Visitor, birte: User, session: Session, whose: str
) -> None:
    page = visit(PAPER, birte)
    page.locator("#whose").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("[name=consent]").first).to_be_focused()
    found = barriers(page)
    page.keyboard.press("1")  # yes; on to the version
    page.keyboard.press("1")  # the short one; on to the organisation
    expect(page.locator("[name=org]")).to_be_focused()
    page.locator("[name=org]").select_option(whose)
    page.keyboard.press("Enter")
    page.locator("[name=headcount]").focus()
    page.keyboard.type("12")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("main table")).to_contain_text("Birte")
    assert found == []
    answers = session.scalars(select(Response)).one().answers
    assert (answers["consent"], answers["length"], answers["headcount"]) == ("yes", "short", 12)
