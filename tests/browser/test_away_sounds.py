"""Recordings that a counsellor takes along are heard without network, and go again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import User
from surveys.models import Survey
from surveys.sounds.recoding import Sound, recode
from tests.browser.aloud import HEARD, listened, row, speak, take, tones
from tests.browser.away import SHELL, begin, opened, prepared, tablet
from tests.browser.test_conversation import nadja, press
from tests.browser.wire import Wire
from tests.surveys.sounds.sounding import a_sound

__all__ = ["nadja", "tablet", "tones"]
PART = """
async ({address, range}) => {
  const answer = await fetch(address, {headers: range ? {Range: range} : {}});
  const said = [answer.status, answer.headers.get("Content-Range")];
  return [...said, (await answer.arrayBuffer()).byteLength];
}
"""
SOUNDS = """
async () => {
  const asking = indexedDB.open("werkstatt away buch");
  await new Promise((done) => { asking.onsuccess = done; });
  const places = asking.result.transaction("sounds").objectStore("sounds").getAllKeys();
  await new Promise((done) => { places.onsuccess = done; });
  asking.result.close();
  return places.result;
}
"""


@pytest.fixture
def spoken(session: Session, nadja: User, tones: list[Sound]) -> Survey:
    """The survey of Nadja, of which all texts are spoken in Arabic."""
    survey = session.scalars(select(Survey)).one()
    speak(session, survey, "ar", tones)
    return survey


@pytest.fixture
def page(tablet: BrowserContext, spoken: Survey) -> Iterator[Page]:
    tablet.add_init_script(f"({HEARD})()")
    yield opened(prepared(tablet))


def test_what_was_taken_along_is_heard_without_network(page: Page, wire: Wire) -> None:
    expect(row(page)).to_have_attribute("data-stand", "apart")
    expect(row(page).locator("small")).to_contain_text(re.compile("0[.,]1 MB"))
    take(page)
    wire.cut()
    begin(page)
    school = ["هل ذهبتم إلى المدرسة؟", "نعم", "لا"]
    assert [text.partition(". ")[2] or text for text in listened(page)] == school
    page.goto(SHELL)
    opened(page)
    expect(row(page)).to_have_attribute("data-stand", "here")


def test_nothing_is_offered_that_is_not_on_the_device(page: Page) -> None:
    begin(page)
    expect(page.locator(".duo-ar .ask")).to_be_visible()
    expect(page.locator(".listen")).to_have_count(0)
    expect(page.locator("audio")).to_have_count(0)


def test_players_get_the_parts_that_they_ask_for(page: Page, spoken: Survey) -> None:
    take(page)
    for digest in page.evaluate(SOUNDS):
        address = f"/s/{spoken.slug}/sound/{digest}.m4a"
        status, _, size = page.evaluate(PART, {"address": address, "range": ""})
        assert (status, size > 500) == (200, True)
        for asked, said, length in (
            ("bytes=0-1", f"bytes 0-1/{size}", 2),
            ("bytes=100-", f"bytes 100-{size - 1}/{size}", size - 100),
            ("bytes=-7", f"bytes {size - 7}-{size - 1}/{size}", 7),
            (f"bytes=3-{size + 9}", f"bytes 3-{size - 1}/{size}", size - 3),
        ):
            part = page.evaluate(PART, {"address": address, "range": asked})
            assert part == [206, said, length], asked
        beyond = page.evaluate(PART, {"address": address, "range": f"bytes={size}-"})
        assert beyond == [416, f"bytes */{size}", 0]


def test_a_load_that_breaks_off_says_so_and_goes_on_where_it_was(
    page: Page, wire: Wire
) -> None:
    page.evaluate("""() => {
      const ask = window.fetch;
      let asked = 0;
      window.fetch = async (...sent) => {
        if (String(sent[0]).includes("/sound/") && ++asked === 2) throw new TypeError("cut");
        return ask(...sent);
      };
    }""")
    row(page).locator("[data-act=take]").click()
    expect(page.locator("#told .bad")).to_contain_text("العربية")
    expect(row(page)).to_have_attribute("data-stand", "newer")
    assert len(page.evaluate(SOUNDS)) == 1
    wire.cut()
    page.reload()
    opened(page)
    expect(row(page)).to_have_attribute("data-stand", "newer")
    row(page).locator("[data-act=take]").click()
    expect(page.locator("#told .bad")).to_contain_text("العربية")
    assert len(page.evaluate(SOUNDS)) == 1
    wire.mend()
    take(page)
    assert len(page.evaluate(SOUNDS)) == 3
    expect(page.locator("#told .bad")).to_have_count(0)


def test_what_is_loading_shows_how_far_it_is_and_can_be_stopped(page: Page) -> None:
    page.evaluate("""() => {
      const ask = window.fetch;
      let asked = 0;
      window.fetch = (address, how) => {
        if (!String(address).includes("/sound/") || ++asked < 2) return ask(address, how);
        return new Promise((_, fail) => how.signal.addEventListener("abort", fail));
      };
    }""")
    row(page).locator("[data-act=take]").click()
    stop = row(page).locator("[data-act=stop]")
    expect(stop).to_be_focused()
    bar = row(page).locator("progress")
    expect(bar).not_to_have_js_property("value", 0)
    assert bar.evaluate("each => each.value < each.max")
    page.evaluate("""() => {
      document.querySelector("[data-list=sounds] small").textContent = "as it was before";
      delete document.documentElement.dataset.waiting;
      dispatchEvent(new Event("online"));
    }""")
    expect(page.locator("html[data-waiting]")).to_be_attached()
    expect(row(page).locator("small")).not_to_have_text("as it was before")
    expect(stop).to_be_focused()  # the list was written anew, and nobody was thrown out of it
    stop.click()
    expect(row(page)).to_have_attribute("data-stand", "newer")
    expect(row(page).locator("[data-act=take]")).to_be_focused()
    assert len(page.evaluate(SOUNDS)) == 1


FULL = """() => {
  const put = IDBObjectStore.prototype.put;
  let left = 1;
  IDBObjectStore.prototype.put = function (thing, place) {
    if (this.name === "sounds" && !left--) throw new DOMException("full", "QuotaExceededError");
    return put.call(this, thing, place);
  };
}"""
SMALL = (
    """() => { navigator.storage.estimate = async () => ({quota: 5_010_000, usage: 9_000}); }"""
)


@pytest.mark.parametrize("full", [FULL, SMALL], ids=["meanwhile", "before"])
def test_a_full_disk_says_so_and_keeps_what_was_there(
    page: Page, session: Session, spoken: Survey, tones: list[Sound], full: str
) -> None:
    speak(session, spoken, "de", tones[:1])
    page.reload()
    opened(page)
    take(page, "de")
    before = page.evaluate(SOUNDS)
    page.evaluate(full)
    row(page).locator("[data-act=take]").click()
    expect(page.locator("#told .bad")).to_contain_text("العربية")
    expect(row(page)).to_have_attribute("data-stand", "apart")
    expect(row(page, "de")).to_have_attribute("data-stand", "here")
    assert page.evaluate(SOUNDS) == before
    begin(page)  # there is room for what people say
    press(page, "skip")


def test_what_is_spoken_anew_is_noticed_and_the_old_goes(
    page: Page, session: Session, spoken: Survey
) -> None:
    take(page)
    before = {*page.evaluate(SOUNDS)}
    fresh = recode(a_sound(seconds=2.4, pitch=700))
    (task,) = speak(session, spoken, "ar", [fresh], "school/label")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(row(page)).to_have_attribute("data-stand", "newer")
    take(page)
    after = {*page.evaluate(SOUNDS)}
    assert after - before == {fresh.digest}
    assert task.recording
    speak(session, spoken, "ar", [fresh])
    page.evaluate("""() => {
      delete document.documentElement.dataset.waiting;
      dispatchEvent(new Event("online"));
    }""")
    expect(page.locator("html[data-waiting]")).to_be_attached()
    page.reload()
    opened(page)
    expect(row(page)).to_have_attribute("data-stand", "here")
    assert page.evaluate(SOUNDS) == [fresh.digest]


def test_what_is_removed_is_gone_and_so_is_what_a_device_destroys(page: Page) -> None:
    take(page)
    row(page).locator("[data-act=drop]").click()
    expect(row(page)).to_have_attribute("data-stand", "apart")
    expect(row(page).locator("[data-act=take]")).to_be_focused()
    assert page.evaluate(SOUNDS) == []
    take(page)
    page.reload()
    for _ in range(4):
        opened(page, "111111")
        expect(page.locator("#pin-error")).to_be_visible()
        page.reload()
    opened(page, "111111")
    expect(page.locator("#pin")).to_have_count(0)
    names = "indexedDB.databases().then((all) => all.map((each) => each.name))"
    assert page.evaluate(names) == []


def test_what_lies_on_the_device_is_the_same_before_and_after_a_conversation(
    page: Page, wire: Wire
) -> None:
    take(page)
    before, wrote = page.evaluate(SOUNDS), page.evaluate("caches.keys()")
    wire.cut()
    begin(page)
    listened(page)
    assert page.evaluate(SOUNDS) == before
    assert page.evaluate("caches.keys()") == wrote


EARLIER = """
async () => {
  const name = "werkstatt away buch", asking = (what) => new Promise((done, fail) => {
    Object.assign(what, {onsuccess: () => done(what.result), onerror: fail});
  });
  const now = await asking(indexedDB.open(name)), kept = [];
  for (const store of ["lock", "rows"]) {
    const rows = now.transaction(store).objectStore(store);
    const [places, things] = [asking(rows.getAllKeys()), asking(rows.getAll())];
    kept.push([store, await places, await things]);
  }
  now.close();
  await asking(indexedDB.deleteDatabase(name));
  const making = indexedDB.open(name, 1);
  making.onupgradeneeded = () => {
    kept.forEach(([store]) => making.result.createObjectStore(store));
  };
  const before = await asking(making);
  for (const [store, places, things] of kept) {
    const rows = before.transaction(store, "readwrite").objectStore(store);
    await Promise.all(places.map((place, number) => asking(rows.put(things[number], place))));
  }
  before.close();
}
"""


def test_a_device_that_was_prepared_before_there_were_recordings_goes_on(page: Page) -> None:
    begin(page)
    code = page.locator(".duo-head bdi").inner_text()
    page.evaluate(EARLIER)
    page.reload()
    opened(page)
    expect(page.locator("[data-list=drafts]")).to_contain_text(code)
    take(page)
