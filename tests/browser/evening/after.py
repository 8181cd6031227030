"""The evening from the vote on: the result, what is decided, what everyone takes home."""

import json
import re
from io import BytesIO
from zipfile import ZipFile

from flask.testing import FlaskClient
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.browser.accessibility import barriers
from tests.browser.evening.people import (
    ARABIC,
    BIKES,
    CARDS,
    COOKING,
    DESK,
    LUNCH,
    ON_PAPER,
    RESTING,
    SAME_BIKES,
    SEWING,
    Evening,
    everyone,
    go_on,
    now_in,
    place,
    put_together,
    rest,
    tab_to,
)
from tests.browser.pressing import press
from workshop.voting.models import Round


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
    press(eva.locator(".turns a").first)
    vote(evening, eva, {"Raumbörse": 2})
    press(eva.get_by_role("button", name="Gerät herumgeben"))
    for name, wishes in {"Hala": {LUNCH: 3}, "Omar": {COOKING: 1}, "Nour": {SEWING: 2}}.items():
        press(eva.get_by_role("button", name=name))
        vote(evening, eva, wishes)
        press(eva.get_by_role("button", name="Fertig, weitergeben"))
    press(eva.get_by_role("button", name="Das Gerät bleibt"))
    rest(phones[name] for name in RESTING)
    placed = f"{sum(evening.points.values())} von 90 Punkten"
    expect(evening.wall.get_by_text(placed)).to_be_visible()


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
    sheets = dict(zip(names, [{BIKES: 2, LUNCH: 1}, {LUNCH: 3}], strict=True))
    type_papers(desk, f"{DESK}/papers", sheets, "wartet auf eine zweite Person")
    go_on(desk, "Auszählen")
    expect(desk.get_by_text("2 Papierstimmzettel warten auf Bestätigung.")).to_be_visible()
    type_papers(eva, f"{evening.room}/papers", sheets, "zählt")
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
    assert barriers(desk) == []


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
    bikes, lunch = decision_on(desk, BIKES), decision_on(desk, LUNCH)
    bikes.get_by_label("Das wird gemacht", exact=True).check()
    bikes.get_by_label("Wer kümmert sich darum?").fill("Radhaus Buch eG")
    press(bikes.get_by_role("button", name="Entscheidung speichern"))
    lunch.get_by_label("Das wird nicht gemacht").check()
    lunch.get_by_label("Warum?").fill("Die Kantine baut gerade um.")
    press(lunch.get_by_role("button", name="Entscheidung speichern"))
    expect(linde.locator("#wall")).to_contain_text("Die Kantine baut gerade um.")
    expect(linde.locator("#wall")).to_contain_text("Organisation 17")
    expect(evening.wall.locator(".chosen", has_text=BIKES)).to_contain_text("Das wird gemacht")
    for page in (linde, evening.wall):
        assert "Radhaus Buch" not in page.content()

    go_on(desk, "Weiter: Ausarbeiten")
    desk.goto(f"{DESK}/decisions")
    bikes.locator("summary").first.click()
    press(bikes.locator("a[href$='/course']"))
    desk.get_by_label("Begonnen", exact=True).check()
    desk.get_by_label("Was ist geschehen?").fill("Das erste Treffen war am Montag.")
    press(desk.get_by_role("button", name="Notieren"))
    assert barriers(desk) == []
    expect(linde.locator("#wall")).to_contain_text("Das erste Treffen war am Montag.")


def decision_on(desk: Page, title: str) -> Locator:
    named = desk.locator("summary bdi", has_text=re.compile(f"^{title}$"))
    return desk.locator("details.decision", has=named)


def everyone_takes_something_home(evening: Evening, browser: FlaskClient) -> None:
    desk, phones = evening.desk, evening.phones
    desk.goto(f"{DESK}/outlook")
    desk.get_by_label("Wie geht es weiter?").fill("Im Mai treffen wir uns wieder.")
    press(desk.get_by_role("button", name="Speichern"))
    expect(desk.get_by_text("Im Mai treffen wir uns wieder.")).to_be_visible()
    desk.goto(f"{DESK}/feedback?language=ar")
    desk.goto(f"{DESK}/minutes")
    expect(desk.get_by_text("Die Kantine baut gerade um.").first).to_be_visible()
    go_on(desk, "Weiter: Geschlossen")
    for name in ("Linde", "Samir"):
        expect(now_in(phones[name])).to_have_text(re.compile("Geschlossen|مغلق"))
        expect(phones[name].locator("#mine-after")).to_be_visible()
    assert barriers(evening.wall) == []

    docx = browser.get(f"{DESK}/minutes.docx").data
    told = ZipFile(BytesIO(docx)).read("word/document.xml").decode()
    table = browser.get(f"{DESK}/minutes.csv").get_data(as_text=True)
    whole = json.loads(browser.get(f"{DESK}/minutes.json").data)
    for text in (told, table, json.dumps(whole, ensure_ascii=False)):
        for words in (BIKES, SAME_BIKES, *ON_PAPER, "Die Kantine baut gerade um."):
            assert words in text, words
    assert whole["people"] == 20
