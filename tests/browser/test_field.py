"""A survey in the field, from the address list to the method sheet, by clicks and real mail."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import update
from sqlalchemy.orm import Session

from core import clock
from people.models import User
from surveys.models import Invitation
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.postbox import Postbox, postbox
from tests.surveys.answers import Reader, Respondent

__all__ = ["postbox"]  # fixture
ASKED, BY_PHONE, ON_PAPER, DECLINED = 40, 31, 3, 2
FOUR_DAYS = timedelta(days=4)  # later one reminds
LINK = re.compile(r"https?://\S+(/i/\S+)")


@pytest.fixture
def address_list(tmp_path: Path) -> Path:
    sectors = ("Wirtschaft", "Gesellschaft", "Politik", "Wissenschaft")
    rows = [f"Haus {n:02};{sectors[n % 4]};haus{n:02}@example.org" for n in range(1, ASKED + 1)]
    path = tmp_path / "liste.csv"
    path.write_text("\n".join(["Name;Sektor;E-Mail", *rows]))
    return path


def test_a_survey_is_sent_watched_read_and_defended(
    app: Flask, visit: Visitor, birte: User, session: Session, postbox: Postbox,
    address_list: Path,
) -> None:  # fmt: skip
    page = visit("/p/buch/people", birte)
    bring_in(page, address_list)
    survey = open_a_survey(page)
    page.goto(f"{survey}/invitations")
    press(page.get_by_role("button", name=f"Alle {ASKED} einladen"))
    send_mails(page, f"{survey}/invitations/mail?to=invitation", ASKED)
    links = letters(postbox)
    assert len(links) == ASKED

    people = sorted(links)
    for address in people[:BY_PHONE]:
        answer_by_phone(app, links[address])
    for address in people[BY_PHONE : BY_PHONE + DECLINED]:
        decline(app, links[address])
    for address in people[BY_PHONE + DECLINED :][:ON_PAPER]:
        type_a_sheet(
            page, f"{survey}/paper", address.partition("@")[0].replace("haus", "Haus ")
        )
    session.execute(update(Invitation).values(sent=clock.now() - FOUR_DAYS))
    session.commit()
    silent = set(people[BY_PHONE + DECLINED + ON_PAPER :])
    send_mails(page, f"{survey}/invitations/mail?to=reminder", len(silent))
    assert letters(postbox).keys() == silent

    page.goto(f"{survey}/results")
    expect(page.locator("main dl.facts").first).to_contain_text(f"{BY_PHONE + ON_PAPER} von 40")
    expect(page.locator("#arrivals")).to_contain_text("Papier")
    codes = [
        freeze(page, f"{survey}/results", chart) for chart in ("rates", "headcount", "offers")
    ]
    page.goto(f"{survey}/method")
    for code in codes:
        expect(page.get_by_role("main")).to_contain_text(code)
    expect(page.get_by_role("main")).to_contain_text("85 %")
    assert page.pdf().startswith(b"%PDF")


def bring_in(page: Page, path: Path) -> None:
    page.get_by_role("link", name="Adressliste einlesen").click()
    page.get_by_label("Ihre Adressliste").set_input_files(path)
    press(page.get_by_role("button", name="Liste ansehen"))
    press(page.get_by_role("button", name="Sehen, was aus jeder Zeile wird"))
    press(page.get_by_role("button", name=f"{ASKED} Zeilen übernehmen"))
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{ASKED} Organisationen")


def open_a_survey(page: Page) -> str:
    page.goto("/p/buch/surveys/new")
    press(page.get_by_role("button", name="Als Entwurf beginnen", exact=True))
    press(page.get_by_role("button", name="Befragung öffnen"))
    return page.url


def send_mails(page: Page, address: str, number: int) -> None:
    page.goto(address)
    press(page.get_by_role("button", name=f"{number} Mails senden"))


def letters(postbox: Postbox) -> dict[str, str]:
    """Take the mails out of the postbox: the link of each, by whom it is for."""
    found = {}
    for envelope in postbox.arrived:
        message = message_from_bytes(envelope.content, policy=policy.default)
        body = message.get_body(("plain",))
        link = LINK.search(body.get_content() if body else "")
        assert link
        found[envelope.rcpt_tos[0]] = link[1]
    postbox.arrived.clear()
    return found


def answer_by_phone(app: Flask, link: str) -> None:
    somebody = Respondent(app.test_client(), link)
    form = somebody.page.forms[link]
    somebody.answer = somebody.client.post(link, data=form.data(), follow_redirects=True)
    for _ in range(40):
        if somebody.path.endswith("/receipt"):
            return
        known = {"consent": "yes", "length": "short", "headcount": "7", "offers": ["rooms"]}
        somebody.send(**{k: v for k, v in known.items() if k in somebody.form.names()})
        assert somebody.answer.status_code == 200, somebody.page.text
    raise AssertionError(somebody.path)


def decline(app: Flask, link: str) -> None:
    client = app.test_client()
    form = Reader(client.get(link).text).forms[f"{link}/refusal"]
    assert client.post(f"{link}/refusal", data=form.data()).status_code == 303


def type_a_sheet(page: Page, address: str, name: str) -> None:
    page.goto(address)
    page.locator("#whose").fill(name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.locator("[name=consent]").first.focus()
    page.keyboard.press("1")
    page.keyboard.press("1")
    page.locator("[name=headcount]").fill("9")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("main table")).to_contain_text(name)


def freeze(page: Page, address: str, chart: str) -> str:
    page.goto(address)
    press(page.locator(f"button[form=freeze][value={chart}]"))
    said = page.locator("#notice").inner_text()
    assert page.url.endswith(f"/results#{chart}")  # one goes on reading where one was
    return said.partition("Als ")[2].partition(" ")[0]
