"""The evening until the vote: from the empty page to cards that were discussed."""

import re

from flask import Flask
from playwright.sync_api import Page, expect

from people.models import User
from tests.browser.accessibility import barriers
from tests.browser.conftest import Visitor
from tests.browser.evening.people import (
    ARABIC,
    BIKES,
    CARDS,
    DESK,
    LAPTOP,
    MINUTES,
    ON_PAPER,
    QUESTION,
    RESTING,
    SAME_BIKES,
    TABLET,
    WALL,
    Evening,
    Walker,
    come_in,
    everyone,
    go_on,
    now_in,
    press_key,
    put_together,
    rest,
    tab_to,
    write,
)
from tests.browser.pressing import press


def prepare(visit: Visitor, birte: User) -> Evening:
    desk = visit("/p/buch/workshops", birte, viewport=LAPTOP)
    expect(desk.get_by_role("heading", name="Noch keine Werkstatt")).to_be_visible()
    press(desk.get_by_role("link", name="Werkstatt vorbereiten"))
    desk.get_by_label("Wie heißt die Werkstatt?").fill("Ideen für Buch")
    desk.get_by_label("Fragen für die Tafel, eine pro Zeile").fill(QUESTION)
    press(desk.get_by_role("button", name="Vorbereiten"))
    press(desk.get_by_role("link", name="Ablauf"))
    for box, minutes in zip(desk.locator(".agenda-line input").all(), MINUTES, strict=True):
        box.fill(str(minutes))
    press(desk.get_by_role("button", name="Speichern"))
    expect(now_in(desk)).to_have_text("Ankommen")
    press(desk.get_by_role("button", name="Raum öffnen"))
    wall = visit(f"{DESK}/projector", birte, viewport=WALL)
    code = wall.locator(".join b").inner_text()
    assert desk.locator(".code-shown").inner_text() == code
    return Evening(desk, wall, code)


def people_come_in(evening: Evening, visit: Visitor, app: Flask) -> None:
    phones = evening.phones
    phones["Linde"] = come_in(visit, evening.code, "Linde", tolerate="409")
    phones["Ahorn"] = come_in(visit, evening.code, "Ahorn")
    phones["Birke"] = come_in(visit, evening.code, "Birke", java_script_enabled=False)
    phones["Samir"] = come_in(visit, evening.code, "سمير", locale="ar")
    phones["Eva"] = come_in(visit, evening.code, "Eva", viewport=TABLET)
    phones["Kiefer"] = kiefer = visit("/join", viewport=LAPTOP)
    tab_to(kiefer, kiefer.locator("main [name=code]"))
    kiefer.keyboard.type(evening.code)
    press_key(kiefer, kiefer.locator("main button.go"))
    tab_to(kiefer, kiefer.locator("[name=name]"))
    kiefer.keyboard.type("Kiefer")
    press_key(kiefer, kiefer.locator("main button.go"))
    evening.walkers = [Walker(app, evening.code, f"Gast {n}") for n in range(1, 10)]

    desk, eva = evening.desk, phones["Eva"]
    desk.goto(f"{DESK}/hosts?name=Eva")
    press(desk.get_by_role("button", name="Zur Tischleitung machen Eva"))
    for name in ("Hala", "Omar", "Nour"):
        eva.goto(evening.room)
        eva.get_by_text("Person ohne Telefon dazunehmen").click()
        eva.get_by_label("Name, wenn gewünscht").fill(name)
        press(eva.get_by_role("button", name="Dazu"))
    expect(evening.wall.get_by_text("18 Personen sind da")).to_be_visible()


def ideas_are_written(evening: Evening) -> None:
    desk, phones, cards = evening.desk, evening.phones, iter(CARDS)
    go_on(desk, "Weiter: Sammeln")
    everyone(
        phones.values(),
        evening.room,
        lambda page: expect(page.locator("#mine")).to_be_visible(),
    )
    write(phones["Linde"], BIKES, "Räder reparieren, mit Ausbildung")
    ahorn = phones["Ahorn"].locator("#mine [name=title]")
    ahorn.press_sequentially("Fahrad Werkstatt")
    expect(phones["Ahorn"].locator("#alike")).to_contain_text("So eine Idee gibt es schon")
    ahorn.fill("")
    for name in ["Ahorn"] * 4 + ["Linde"] * 3 + ["Birke"] * 3:
        write(phones[name], *next(cards))
    for card in ARABIC:
        write(phones["Samir"], *card)
    write_with_keys(phones["Kiefer"], *next(cards))
    for name in ("Hala", "Omar", "Nour"):
        press(phones["Eva"].locator(".turns").get_by_role("link", name=name))
        write(phones["Eva"], *next(cards))
    go_on(desk, "Karten verdecken")
    for walker in evening.walkers:
        walker.write(*next(cards))
    desk.goto(f"{DESK}/paper-cards")
    desk.get_by_label("Ideen, eine in jeder Zeile").fill("\n".join(ON_PAPER))
    press(desk.get_by_role("button", name="An die Wand hängen"))
    expect(desk.locator("#notice")).to_contain_text("An die Wand gehängt: 4 Karten.")
    expect(evening.wall.get_by_text("30 Karten hängen verdeckt.")).to_be_visible()
    expect(phones["Linde"].locator("#wall")).to_contain_text("30 Karten hängen verdeckt.")
    assert next(cards, None) is None


def write_with_keys(page: Page, title: str, text: str) -> None:
    for name, words in ("title", title), ("text", text):
        tab_to(page, page.locator(f"#mine [name={name}]"))
        page.keyboard.type(words)
    tab_to(page, page.locator("#mine button.go"))
    page.keyboard.press("Enter")
    expect(page.locator("#mine article h3")).to_have_text(title)


def cards_are_read_and_sorted(evening: Evening) -> None:
    desk, phones, wall = evening.desk, evening.phones, evening.wall
    go_on(desk, "Weiter: Lesen")
    everyone(
        phones.values(),
        evening.room,
        lambda page: expect(page.locator("#wall .idea")).to_have_count(30),
    )
    expect(wall.get_by_text("30 Karten hängen verdeckt.")).to_have_count(0)
    rest(phones[name] for name in RESTING)
    go_on(desk, "Weiter: Ordnen")
    desk.goto(f"{DESK}/sorting?proposal=1")
    press(desk.get_by_role("button", name="Angekreuztes übernehmen"))
    for title in ON_PAPER[2:]:
        desk.get_by_label(title, exact=True).check()
    desk.get_by_label("Neue Überschrift").fill("Bus und Bad")
    desk.get_by_role("button", name="Anlegen").click()
    expect(desk.get_by_role("region", name="Bus und Bad").locator(".idea")).to_have_count(2)
    put_together(desk, BIKES, SAME_BIKES)
    assert barriers(desk) == []
    for page in (phones["Linde"], wall):
        expect(page.get_by_role("heading", name="Bus und Bad")).to_be_visible()
    expect(phones["Linde"].get_by_text("1 weitere Karte sagt dasselbe")).to_be_visible()


def cards_are_discussed_against_the_clock(evening: Evening) -> None:
    desk, phones = evening.desk, evening.phones
    go_on(desk, "Weiter: Besprechen")
    for name, words in ("Linde", "Mit dem Radhaus?"), ("Birke", "Im Keller ist Platz."):
        page = phones[name]
        everyone(
            [page], evening.room, lambda page: expect(now_in(page)).to_have_text("Besprechen")
        )
        press(page.locator("#wall").get_by_role("link", name=BIKES, exact=True))
        page.locator("#comments textarea").fill(words)
        press(page.locator("#comments button.go"))
        expect(page.locator("#comments .comment").last).to_contain_text(words)
    assert barriers(phones["Linde"]) == []
    press(desk.get_by_role("button", name="Uhr starten"))
    for page in (desk, phones["Ahorn"], evening.wall):
        expect(page.locator(".clock")).to_contain_text(re.compile("1[5-9]:|20:"))
    press(desk.get_by_role("button", name="+ 2 Minuten"))
    for page in (desk, phones["Ahorn"], evening.wall):
        expect(page.locator(".clock")).to_contain_text(re.compile("1[7-9]:|2[0-2]:"))
    assert barriers(desk) == []
