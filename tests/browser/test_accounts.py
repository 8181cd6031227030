"""From an invitation into a project, in a real browser and without scripts."""

import re
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import expect

from people.models import Project, User
from tests.browser.accessibility import barriers
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.story import PASSWORD

NO_SCRIPTS = {"java_script_enabled": False, "locale": "en-GB"}
FOR_EVERYONE = ["/sign-in", "/account/password/reset"]
FOR_STAFF = [
    "/account",
    "/account/sessions",
    "/account/password",
    "/account/two-factor",
    "/account/recovery-codes",
    "/account/confirmation",
    "/projects?all=1",
    "/p/buch/people/team",
    "/p/buch/people/team/1",
]


def test_from_an_invitation_to_the_project_without_scripts(
    visit: Visitor, birte: User, project: Project
) -> None:
    desk = visit("/p/buch/people/team", user=birte, **NO_SCRIPTS)
    desk.get_by_role("radio", name="Task force").check()
    desk.get_by_role("button", name="Make the link").click()
    link = desk.get_by_label("Link").input_value()

    page = visit(link.partition(":5000")[2], **NO_SCRIPTS)
    expect(page.get_by_text("Campus Buch")).to_be_visible()
    page.get_by_label("Your name").fill("Amal")
    page.get_by_label("E-mail").fill("amal@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page.get_by_role("button", name="Join the project"))
    page.goto("/p/buch/people/team")
    expect(page.get_by_text("Amal")).to_be_visible()

    page.goto("/account")
    press(page.get_by_role("button", name="Sign out"))
    page.goto("/p/buch/people/team")
    page.get_by_label("E-mail").fill("amal@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/p/buch/people/team$"))


def test_a_second_step_without_scripts(
    visit: Visitor, with_password: Callable[[User], User], birte: User
) -> None:
    page = visit("/account/two-factor", user=with_password(birte), **NO_SCRIPTS)
    page.get_by_role("button", name="Set up").click()
    expect(page.locator("svg.qr")).to_be_visible()
    key = page.locator(".mono").inner_text().replace(" ", "").replace("-", "")
    page.get_by_label("Code with 6 digits").fill(pyotp.TOTP(key).now())
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_role("status")).to_contain_text("The second step is on")


@pytest.mark.parametrize(("language", "width"), [("de", 320), ("en", 1280)])
def test_the_pages_of_an_account_have_no_barriers(
    visit: Visitor,
    birte: User,
    tarik: User,
    language: str,
    width: int,
) -> None:
    found = []
    window = {"width": width, "height": 800}
    for user, paths in ((None, FOR_EVERYONE), (birte, FOR_STAFF)):
        page = visit(FOR_EVERYONE[0], user=user, locale=language, viewport=window)
        for path in paths:
            page.goto(path)
            found += barriers(page)
    assert found == []
