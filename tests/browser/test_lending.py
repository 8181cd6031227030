"""A phone that several people use: what each of them sees, sends, takes back and deletes."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Project
from surveys.fieldwork import inviting
from surveys.models import AnonymousResponse, Response, SealedAnswer, State, Survey
from tests.browser.pressing import press
from tests.browser.test_waiting import PHONE, answer, go_on, open_once
from tests.browser.wire import Wire
from tests.surveys.answers import a_survey
from tests.surveys.responses.test_anonymising import an_anonymous_survey
from tests.surveys.routes.test_syncing import the_form

Drafts = Callable[[], list[dict[str, Any]]]
HERE = re.compile("Saved on this device|Auf dem Gerät gespeichert")
SENT = re.compile("Sent:|Gesendet:")
KEPT_HERE = "h1[data-kept]"


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project, the_form())


@pytest.fixture
def phone(browser: Browser, wire: Wire) -> Iterator[Any]:
    context = browser.new_context(base_url=wire.address, locale="de-DE", viewport=PHONE)
    yield context
    context.close()


@pytest.fixture
def page(phone: Any, survey: Survey) -> Page:
    return open_once(phone)


@pytest.fixture
def drafts(page: Page, app: Flask) -> Drafts:
    """What lies on the phone."""
    store = f"/static/{app.extensions['assets'].version}/js/offline/store.js"
    look = f"async () => (await import('{store}')).drafts()"
    return lambda: page.evaluate(look)


def agree(page: Page) -> None:
    """Answer the first page with network, so that the server knows this browser."""
    page.locator("[name=agree][value=yes]").check()
    go_on(page)
    expect(page.locator("html[data-taken=along]")).to_be_attached(timeout=30_000)


def button(page: Page, path: str, act: str = "") -> None:
    of = f":has([name=act][value={act}])" if act else ""
    press(page.locator(f"main form[action$='/{path}']{of} button"))


def test_the_next_person_sees_nothing_of_one_who_began_with_network(
    page: Page, wire: Wire, session: Session
) -> None:
    agree(page)
    wire.cut()
    answer_the_rest(page)
    button(page, "another")
    expect(page.locator("[name=agree]:checked")).to_have_count(0)
    wire.mend()
    page.goto("/s/pankow")
    assert page.locator("[name=agree]").count() == 2
    expect(page.locator("[name=agree]:checked")).to_have_count(0)
    expect(page.locator("main")).not_to_contain_text(SENT)
    page.goto("/s/pankow/receipt")
    expect(page.locator("[name=agree]")).to_have_count(2)
    assert session.scalars(select(Response)).one().submitted


def answer_the_rest(page: Page) -> None:
    page.locator("[name=places]").fill("3")
    go_on(page)
    page.locator("[name=mail]").fill("kim@example.org")
    go_on(page)
    assert page.url.endswith("/receipt")


def test_it_says_what_is_saved_here_and_what_is_sent(page: Page, wire: Wire) -> None:
    agree(page)
    expect(page.locator(".survey-head")).not_to_contain_text(HERE)
    wire.cut()
    page.locator("[name=places]").fill("3")
    go_on(page)
    expect(page.locator(".survey-head")).to_contain_text(HERE)
    expect(page.locator("main [role=status]")).to_contain_text(HERE)
    wire.mend()
    page.reload()
    expect(page.locator("main [role=status]")).to_contain_text(SENT)
    expect(page.locator(".survey-head")).not_to_contain_text(HERE)


def answer_too_late(page: Page, wire: Wire, session: Session, survey: Survey) -> None:
    wire.cut()
    answer(page)
    survey.state = State.CLOSED
    session.commit()
    wire.mend()
    page.goto("/s/pankow")


def test_what_is_not_taken_says_why_and_can_be_sent_again(
    page: Page, wire: Wire, session: Session, survey: Survey, drafts: Drafts
) -> None:
    answer_too_late(page, wire, session, survey)
    expect(page).to_have_url(re.compile("/kept$"))
    expect(page.locator("main .card")).to_contain_text(re.compile("closed|geschlossen"))
    button(page, "kept", "again")
    expect(page).to_have_url(re.compile("/kept$"))
    assert drafts()[0]["answers"]["places"] == 3
    survey.state = State.OPEN
    session.commit()
    button(page, "kept", "again")
    expect(page).to_have_url(re.compile("/receipt$"))
    expect(page.locator(KEPT_HERE)).to_have_count(0)
    session.expire_all()
    assert session.scalars(select(Response)).one().submitted
    assert drafts() == []


def test_what_is_not_taken_can_be_deleted_and_the_survey_opened_with_network(
    page: Page, wire: Wire, session: Session, survey: Survey, drafts: Drafts
) -> None:
    answer_too_late(page, wire, session, survey)
    button(page, "kept", "delete")
    expect(page.locator(KEPT_HERE)).to_contain_text(re.compile("deleted|gelöscht"))
    page.goto("/s/pankow")
    expect(page.locator(KEPT_HERE)).to_have_count(0)
    assert drafts() == []


def test_whoever_deletes_without_network_is_deleted_on_the_server_too(
    page: Page, wire: Wire, session: Session, drafts: Drafts
) -> None:
    agree(page)
    wire.cut()
    answer_the_rest(page)
    button(page, "deletion")
    expect(page.locator(KEPT_HERE)).to_contain_text(re.compile("deleted|gelöscht"))
    wire.mend()
    page.goto("/s/pankow")
    expect(page.locator("[name=agree]:checked")).to_have_count(0)
    session.expire_all()
    assert session.scalars(select(Response)).all() == []
    assert drafts() == []


def test_when_a_survey_is_over_nothing_of_it_stays_on_the_phone(
    page: Page, session: Session, survey: Survey, drafts: Drafts
) -> None:
    agree(page)
    assert drafts()[0]["answers"] == {"agree": "yes"}
    survey.state = State.CLOSED
    session.commit()
    page.goto("/s/pankow", wait_until="networkidle")
    expect(page.locator("html[data-taken=along]")).to_be_attached(timeout=30_000)
    assert drafts() == []


def test_contact_data_that_the_server_has_are_not_on_the_phone_and_not_lost(
    page: Page, wire: Wire, session: Session, drafts: Drafts
) -> None:
    agree(page)
    page.locator("[name=places]").fill("3")
    go_on(page)
    page.locator("[name=mail]").fill("kim@example.org")
    press(page.locator("#page button[name=go][value=back]"))
    expect(page.locator("html[data-taken=along]")).to_be_attached(timeout=30_000)
    (kept,) = drafts()
    assert (kept["held"], "mail" in kept["answers"]) == (["mail"], False)
    wire.cut()
    go_on(page)
    expect(page.locator("[name=mail]")).to_have_value("")
    expect(page.get_by_role("note")).to_be_visible()
    go_on(page)
    wire.mend()
    page.goto("/s/pankow")
    expect(page.locator("main")).to_contain_text("kim@example.org")
    assert session.scalars(select(SealedAnswer.question)).all() == ["mail"]


def test_on_another_survey_nothing_is_said_of_this_one(
    phone: Any, page: Page, wire: Wire, session: Session, project: Project
) -> None:
    a_survey(session, project, the_form(), slug="other")
    other = phone.new_page()
    other.goto("/s/other")
    expect(other.locator("html[data-taken=along]")).to_be_attached(timeout=30_000)
    wire.cut()
    answer(page)
    expect(page.locator("main [role=status]")).to_contain_text(HERE)
    other.reload()
    expect(other.locator("html[data-taken=along]")).to_be_attached(timeout=30_000)
    expect(other.locator("main [role=status]")).to_be_empty()


def test_what_was_amiss_is_told_until_it_is_mended(
    page: Page, app: Flask, drafts: Drafts
) -> None:
    agree(page)
    store = f"/static/{app.extensions['assets'].version}/js/offline/store.js"
    page.evaluate(f"""async () => {{
      const {{changeDraft, drafts}} = await import("{store}"), [{{id}}] = await drafts();
      const amiss = {{page: "places", sentence: "Mindestens 1."}};
      await changeDraft(id, (draft) => ({{...draft, amiss}}));
    }}""")
    page.goto("/s/pankow/pages/agree")
    press(page.locator("main [role=status]").get_by_role("link"))
    assert page.url.endswith("/pages/places?check=1")
    page.locator("[name=places]").fill("3")
    go_on(page)
    expect(page.locator("html[data-taken=along]")).to_be_attached(timeout=30_000)
    expect(page.locator("main [role=status]")).to_be_empty()


@pytest.mark.parametrize("act", ["another", "deletion"])
def test_a_button_of_a_page_made_before_leads_to_the_receipt_when_all_has_arrived(
    page: Page, wire: Wire, session: Session, act: str
) -> None:
    wire.cut()
    answer(page)
    old = page.locator(f"main form[action$='/{act}']").evaluate("(form) => form.outerHTML")
    wire.mend()
    page.goto("/s/pankow")
    expect(page.locator(KEPT_HERE)).to_have_count(0)
    page.locator("main").evaluate("(main, html) => { main.innerHTML = html; }", old)
    button(page, act)
    expect(page).to_have_url(re.compile("/receipt$"))
    expect(page.locator("main form[action$='/another']")).to_be_visible()
    assert session.scalars(select(Response)).one().submitted


def test_an_anonymous_survey_goes_on_without_network_too(
    phone: Any, wire: Wire, session: Session, project: Project, keys: Keyring
) -> None:
    survey, invitations = an_anonymous_survey(session, project, keys, 6)
    page = phone.new_page()
    page.goto(f"/i/{inviting.token_of(keys, invitations[0])}")
    press(page.get_by_role("button", name="Anfangen"))
    expect(page.locator("html[data-taken=along]")).to_be_attached(timeout=30_000)
    wire.cut()
    page.locator("[name=idea]").fill("Räume zum Nähen")
    go_on(page)
    expect(page.locator(KEPT_HERE)).to_be_visible()
    expect(page.locator("main form[action$='/another']")).to_have_count(0)
    wire.mend()
    page.goto(f"/s/{survey.slug}")
    expect(page.locator("main")).to_contain_text("Räume zum Nähen")
    session.expire_all()
    response = session.scalars(select(AnonymousResponse)).one()
    assert response.submitted
    assert response.answers == {"idea": "Räume zum Nähen"}
    assert {each.hour for each in (response.saved, response.submitted)} == {12}
    page.goto(f"/s/{survey.slug}/receipt")
    expect(page.locator("main")).to_contain_text("Räume zum Nähen")


def test_a_notice_that_says_nothing_takes_no_room(
    browser: Browser, page: Page, site: str
) -> None:
    plain = browser.new_context(
        base_url=site, locale="de-DE", viewport=PHONE, java_script_enabled=False
    )
    without = plain.new_page()
    without.goto("/s/pankow")
    with_it, without_it = (
        each.locator("main > *:not([role=status])").evaluate_all(
            "(all) => all.map((each) => each.getBoundingClientRect().top)"
        )
        for each in (page, without)
    )
    assert with_it == without_it
    plain.close()
