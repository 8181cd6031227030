"""A whole workshop, from the empty page of a project to the last note on an idea."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile

from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project, User
from tests.browser.accessibility import barriers
from tests.browser.conftest import Visitor
from tests.browser.evening import (
    LAPTOP,
    TABLET,
    WALL,
    Walker,
    come_in,
    everyone,
    go_on,
    place,
    press_key,
    tab_to,
    write,
)
from tests.browser.pressing import press
from tests.story import an_organisation, browser_of
from tests.workshop.sorting.cards import TOGETHER
from workshop.voting.models import Round

DESK = "/p/buch/workshops/ideen-fuer-buch"
QUESTION = "Was braucht Buch, damit alle hier gut arbeiten können?"
MINUTES = (10, 15, 10, 15, 20, 10, 10, 20, 30, 0)
ARABIC = [("مطبخ مشترك", "نطبخ معا كل يوم جمعة"), ("حديقة للجميع", "خضار من الحديقة")]
CARDS = [card for topic in TOGETHER.values() for card in topic if card[1]][1:24]
ON_PAPER = [title for topic in TOGETHER.values() for title, text in topic if not text]
BIKES, SAME_BIKES = "Fahrradwerkstatt", "Farradwerkstatt auf dem Campus"
LUNCH, COOKING, SEWING = (
    "Mittagstisch aus aller Welt",
    "Gemeinsam kochen",
    "Nähwerkstatt für Frauen",
)


@dataclass
class Evening:
    """Everyone in the room, and what they have put on their ballots."""

    desk: Page
    wall: Page
    code: str
    phones: dict[str, Page] = field(default_factory=dict)
    walkers: list[Walker] = field(default_factory=list)
    ballots: list[dict[str, int]] = field(default_factory=list)

    @property
    def room(self) -> str:
        return f"/w/{self.code}"

    @property
    def points(self) -> Counter[str]:
        points: Counter[str] = Counter()
        for ballot in self.ballots:
            points.update(ballot)
        return points


def test_a_workshop_is_played_from_the_empty_page_to_the_last_note(
    visit: Visitor, app: Flask, session: Session, project: Project, birte: User
) -> None:
    session.add(an_organisation(project, "ORG-017", "Radhaus Buch eG"))
    session.commit()
    evening = prepare(visit, birte)
    people_come_in(evening, visit, app)
    ideas_are_written(evening)
    cards_are_read_and_sorted(evening)
    cards_are_discussed_against_the_clock(evening)
    dots_are_placed(evening)
    paper_is_counted_by_two(evening)
    the_result_is_on_all_screens(evening, session)
    a_merge_changes_no_result(evening, session)
    it_is_decided(evening)
    everyone_takes_something_home(evening, browser_of(birte, app))


def prepare(visit: Visitor, birte: User) -> Evening:
    desk = visit("/p/buch/workshops", birte, viewport=LAPTOP)
    expect(desk.get_by_role("heading", name="Noch keine Werkstatt")).to_be_visible()
    press(desk.get_by_role("link", name="Werkstatt vorbereiten"))
    desk.get_by_label("Wie heißt die Werkstatt?").fill("Ideen für Buch")
    desk.get_by_label("Fragen für die Wand, eine pro Zeile").fill(QUESTION)
    press(desk.get_by_role("button", name="Vorbereiten"))
    press(desk.get_by_role("link", name="Ablauf"))
    for box, minutes in zip(desk.locator(".agenda-line input").all(), MINUTES, strict=True):
        box.fill(str(minutes))
    press(desk.get_by_role("button", name="Speichern"))
    expect(now_in(desk)).to_have_text("Ankommen")
    press(desk.get_by_role("button", name="Raum öffnen"))
    assert barriers(desk) == []
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
    for name in ("Linde", "Samir"):
        assert barriers(phones[name]) == []
    assert barriers(evening.wall) == []


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
    assert barriers(phones["Ahorn"]) == []
    ahorn.fill("")
    for name in ["Ahorn"] * 4 + ["Linde"] * 3 + ["Birke"] * 3:
        write(phones[name], *next(cards))
    for card in ARABIC:
        write(phones["Samir"], *card)
    assert barriers(phones["Samir"]) == []
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
    assert barriers(wall) == []
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
    assert barriers(phones["Linde"]) == []
    assert barriers(wall) == []


def put_together(desk: Page, kept: str, absorbed: str) -> None:
    for title in (kept, absorbed):
        desk.get_by_label(title, exact=True).check()
    press(desk.get_by_role("button", name="Zusammenlegen …"))
    desk.get_by_role("radio", name=kept).check()
    press(desk.get_by_role("button", name="Zusammenlegen"))
    expect(desk.locator("#notice")).to_contain_text("Wer beide unterstützt, zählt einmal.")


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
        expect(page.locator(".clock")).to_contain_text(re.compile("19:|20:"))
    press(desk.get_by_role("button", name="+ 2 Minuten"))
    for page in (desk, phones["Ahorn"], evening.wall):
        expect(page.locator(".clock")).to_contain_text(re.compile("21:|22:"))
    assert barriers(phones["Ahorn"]) == []
    assert barriers(desk) == []


def now_in(page: Page) -> Locator:
    """The phase in which the room is."""
    return page.locator(".phases [aria-current]")


def dots_are_placed(evening: Evening) -> None:
    phones = evening.phones
    go_on(evening.desk, "Abstimmung beginnen")
    everyone(
        phones.values(),
        evening.room,
        lambda page: expect(page.locator("#votes")).to_be_visible(),
    )
    vote(evening, phones["Linde"], {BIKES: 3, LUNCH: 2})
    phones["Linde"].locator("#votes button[id^=more]").last.click(force=True)
    expect(phones["Linde"].locator("#notice")).to_contain_text("Alle Punkte sind vergeben.")
    assert barriers(phones["Linde"]) == []
    vote(evening, phones["Ahorn"], {BIKES: 2, COOKING: 1})
    vote(evening, phones["Birke"], {COOKING: 2, LUNCH: 2})
    vote(evening, phones["Samir"], {ARABIC[0][0]: 3, BIKES: 1})
    assert barriers(phones["Samir"]) == []
    vote_with_keys(evening, phones["Kiefer"], LUNCH)
    for number, walker in enumerate(evening.walkers):
        other = CARDS[number + 4][0]
        assert [walker.place(*each) for each in ((BIKES, 3), (other, 3))] == [303, 409]
        assert walker.place(other, 2) == 303
        assert walker.place(other, 4) == 409
        evening.ballots.append({BIKES: 3, other: 2})
    eva = phones["Eva"]
    vote(evening, eva, {"Raumbörse": 2})
    press(eva.get_by_role("button", name="Gerät herumgeben"))
    for name, wishes in {"Hala": {LUNCH: 3}, "Omar": {COOKING: 1}, "Nour": {SEWING: 2}}.items():
        press(eva.get_by_role("button", name=name))
        vote(evening, eva, wishes)
        assert barriers(eva) == []
        press(eva.get_by_role("button", name="Fertig, weitergeben"))
    press(eva.get_by_role("button", name="Das Gerät bleibt"))
    placed = f"{sum(evening.points.values())} von 90 Punkten"
    expect(evening.wall.get_by_text(placed)).to_be_visible()
    assert barriers(evening.wall) == []


def vote(evening: Evening, page: Page, wishes: dict[str, int]) -> None:
    for title, dots in wishes.items():
        place(page, title, dots)
    evening.ballots.append(wishes)


def vote_with_keys(evening: Evening, page: Page, title: str) -> None:
    card = page.locator("#votes article", has=page.get_by_text(title, exact=True))
    tab_to(page, card.locator("button[id^=more]"))
    page.keyboard.press("Enter")
    expect(card.locator(".big-dots i")).to_have_count(1)
    expect(card.locator("button[id^=more]")).to_be_focused()
    evening.ballots.append({title: 1})


def paper_is_counted_by_two(evening: Evening) -> None:
    desk, eva = evening.desk, evening.phones["Eva"]
    desk.goto(f"{DESK}/papers")
    desk.get_by_label("Wie viele Stimmzettel?").fill("2")
    press(desk.get_by_role("button", name="Neue Stimmzettel"))
    names = desk.locator(".sheet-number b").all_inner_texts()
    assert barriers(desk) == []
    sheets = dict(zip(names, [{BIKES: 2, LUNCH: 1}, {LUNCH: 3}], strict=True))
    type_papers(desk, f"{DESK}/papers", sheets, "wartet auf eine zweite Person")
    assert barriers(desk) == []
    go_on(desk, "Auszählen")
    expect(desk.get_by_text("2 Papierstimmzettel warten auf Bestätigung.")).to_be_visible()
    type_papers(eva, f"{evening.room}/papers", sheets, "zählt")
    assert barriers(eva) == []
    evening.ballots += sheets.values()


def type_papers(page: Page, address: str, sheets: dict[str, dict[str, int]], fate: str) -> None:
    for name, marks in sheets.items():
        page.goto(address)
        page.locator("#page [name=name]").fill(name)
        for title, dots in marks.items():
            box = page.locator("#page .box-line", has=page.get_by_text(title))
            box.locator("input").fill(str(dots))
        press(page.locator("#type"))
        expect(page.locator("#notice")).to_contain_text(fate)


def the_result_is_on_all_screens(evening: Evening, session: Session) -> None:
    desk, phones = evening.desk, evening.phones
    go_on(desk, "Auszählen")
    winners = [title for title, _dots in evening.points.most_common(3)]
    assert rows(desk) == {
        title: (dots, backers(evening, title)) for title, dots in evening.points.items()
    }
    everyone(
        phones.values(),
        evening.room,
        lambda page: expect(page.locator("#wall .chosen h3")).to_have_text(winners),
    )
    expect(evening.wall.locator(".chosen h3")).to_have_text(winners)
    expect(phones["Linde"].locator("#wall")).to_contain_text("20 Personen haben abgestimmt")
    result = session.scalars(select(Round)).one()
    assert result.result and result.result["channels"] == {"own": 15, "hosted": 3, "paper": 2}
    for page in (phones["Linde"], phones["Samir"], evening.wall, desk):
        assert barriers(page) == []


def rows(desk: Page) -> dict[str, tuple[int, int]]:
    """Points and people by idea, as the facilitator reads them."""
    desk.goto(DESK)
    lines = [line.split("\t") for line in desk.locator("#room tbody tr").all_inner_texts()]
    found = {title.removesuffix(" gewählt"): (int(p), int(n)) for _rank, title, p, n in lines}
    return {title: figures for title, figures in found.items() if figures[0]}


def backers(evening: Evening, *titles: str) -> int:
    return sum(any(title in ballot for title in titles) for ballot in evening.ballots)


def a_merge_changes_no_result(evening: Evening, session: Session) -> None:
    desk, before = evening.desk, rows(evening.desk)
    said = session.execute(select(Round.result_hash, Round.papers)).one()
    desk.goto(f"{DESK}/sorting")
    put_together(desk, LUNCH, COOKING)
    both = [ballot.get(LUNCH, 0) + ballot.get(COOKING, 0) for ballot in evening.ballots]
    dots = sum(min(each, 3) for each in both)
    together = before | {LUNCH: (dots, backers(evening, LUNCH, COOKING))}
    del together[COOKING]
    assert rows(desk) == together
    assert dots < before[LUNCH][0] + before[COOKING][0]
    desk.goto(f"{DESK}/sorting")
    desk.get_by_role("button", name="Letzten Schritt zurücknehmen").click()
    expect(desk.locator("#notice")).to_contain_text("zurückgenommen")
    assert rows(desk) == before
    session.rollback()
    assert session.execute(select(Round.result_hash, Round.papers)).one() == said


def it_is_decided(evening: Evening) -> None:
    desk, linde = evening.desk, evening.phones["Linde"]
    go_on(desk, "Weiter: Entscheiden")
    desk.goto(f"{DESK}/decisions")
    assert barriers(desk) == []
    bikes = desk.locator("details.decision", has=desk.get_by_text(BIKES, exact=True))
    bikes.get_by_text("Das wird gemacht").click()
    bikes.get_by_label("Wer kümmert sich darum?").fill("Radhaus Buch eG")
    press(bikes.get_by_role("button", name="Entscheidung speichern"))
    lunch = desk.locator("details.decision", has=desk.get_by_text(LUNCH, exact=True))
    lunch.get_by_text("Das wird nicht gemacht").click()
    lunch.get_by_label("Warum?").fill("Die Kantine baut gerade um.")
    press(lunch.get_by_role("button", name="Entscheidung speichern"))
    expect(linde.locator("#wall")).to_contain_text("Die Kantine baut gerade um.")
    expect(linde.locator("#wall")).to_contain_text("Organisation 17")
    expect(evening.wall.locator(".chosen", has_text=BIKES)).to_contain_text("Das wird gemacht")
    for page in (linde, evening.wall):
        assert "Radhaus Buch" not in page.content()

    go_on(desk, "Weiter: Ausarbeiten")
    desk.goto(f"{DESK}/decisions")
    desk.locator("summary", has_text=BIKES).first.click()
    press(bikes.get_by_role("link", name="Was daraus geworden ist"))
    desk.get_by_text("Begonnen", exact=True).click()
    desk.get_by_label("Was ist geschehen?").fill("Das erste Treffen war am Montag.")
    press(desk.get_by_role("button", name="Notieren"))
    assert barriers(desk) == []
    expect(linde.locator("#wall")).to_contain_text("Das erste Treffen war am Montag.")


def everyone_takes_something_home(evening: Evening, browser: FlaskClient) -> None:
    desk, phones = evening.desk, evening.phones
    desk.goto(f"{DESK}/outlook")
    desk.get_by_label("Wie geht es weiter?").fill("Im Mai treffen wir uns wieder.")
    press(desk.get_by_role("button", name="Speichern"))
    expect(desk.get_by_text("Im Mai treffen wir uns wieder.")).to_be_visible()
    assert barriers(desk) == []
    desk.goto(f"{DESK}/feedback?language=ar")
    assert barriers(desk) == []
    desk.goto(f"{DESK}/minutes")
    expect(desk.get_by_text("Die Kantine baut gerade um.").first).to_be_visible()
    assert barriers(desk) == []
    go_on(desk, "Weiter: Geschlossen")
    for name in ("Linde", "Samir"):
        expect(now_in(phones[name])).to_have_text(re.compile("Geschlossen|مغلق"))
        expect(phones[name].locator("#mine-after")).to_be_visible()
        assert barriers(phones[name]) == []
    assert barriers(evening.wall) == []

    docx = browser.get(f"{DESK}/minutes.docx").data
    told = ZipFile(BytesIO(docx)).read("word/document.xml").decode()
    table = browser.get(f"{DESK}/minutes.csv").get_data(as_text=True)
    whole = json.loads(browser.get(f"{DESK}/minutes.json").data)
    for text in (told, table, json.dumps(whole, ensure_ascii=False)):
        for words in (BIKES, SAME_BIKES, *ON_PAPER, "Die Kantine baut gerade um."):
            assert words in text, words
    assert whole["people"] == 20
