"""Speaking and hearing in a real browser, whose microphone beeps once in a second."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from people.models import Project, User
from surveys.models import Subject, Survey
from surveys.sounds import keeping
from surveys.sounds.models import Recording
from surveys.sounds.recoding import recode
from tests.browser.accessibility import LAPTOP, PHONE, barriers
from tests.browser.conftest import Visitor
from tests.browser.pressing import press
from tests.browser.weighing import Scales
from tests.story import NOON
from tests.surveys.answers import a_register, a_survey, instrument
from tests.surveys.sounds.sounding import a_sound
from tests.surveys.sounds.test_keeping import FORM, tasks

SPEAKING = "/p/buch/surveys/pankow/speaking"
TEXT = f"{SPEAKING}/de/texts/course:label"
LISTENING = """() => {
  const heard = window.heard = [];  // what is played, and what is marked meanwhile
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    const marked = [...document.querySelectorAll(".spoken[aria-current=true]")];
    heard.push(marked.map((each) => each.textContent.trim()).join("|"));
    return play.call(this);
  };
}"""
VOICE = """(local) => {
  const voice = { localService: local, lang: "de-DE", name: "Anna" };
  const spoken = window.spoken = [];
  const speech = {
    getVoices: () => [voice], cancel: () => {}, addEventListener: () => {},
    speak: (words) => { spoken.push(words.text); setTimeout(() => words.onend(), 10); },
  };
  Object.defineProperty(window, "speechSynthesis", { get: () => speech });
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
}"""


@pytest.fixture
def survey(session: Session, project: Project) -> Survey:
    return a_survey(session, project, FORM)


def record(session: Session, survey: Survey, *keys: str, seconds: float = 2.4) -> None:
    """Let texts be spoken, by a tone that lasts for some tenths of a second."""
    sound = recode(a_sound(seconds=seconds))
    for key in keys:
        task = tasks(session, survey)[key]
        keeping.keep(session, survey, "de", task, sound, said=task.said, today=NOON.date())
    session.commit()


def prepared(visit: Visitor, *scripts: str, **options: Any) -> Page:
    """The survey in a browser that notes what it plays."""
    page = visit("about:blank", viewport=PHONE, **options)
    for script in scripts:
        page.add_init_script(f"({script})(true)")
    page.goto("/s/pankow")
    return page


def test_a_text_is_recorded_heard_and_kept_with_the_keyboard_alone(
    visit: Visitor, birte: User, session: Session, survey: Survey
) -> None:
    page = visit(TEXT, birte, permissions=["microphone"])
    expect(page.locator("#record")).to_be_focused()
    expect(page.locator("#keep")).to_be_disabled()
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_contain_text("Die Aufnahme läuft")
    expect(page.locator("#level")).not_to_have_js_property("value", 0)
    expect(page.locator("#time")).to_have_text(re.compile("0:0[2-9]"))
    page.keyboard.press("Enter")
    expect(page.locator("#keep")).to_be_focused()
    assert page.locator("#preview").get_attribute("src", timeout=1000)
    assert page.evaluate("document.getElementById('preview').paused")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("gespeichert")
    assert page.url.endswith("course:hint")
    kept = session.scalars(select(Recording)).one()
    assert kept.key == "course/label"
    assert 0.2 < kept.seconds < 4

    page.goto(TEXT)
    page.locator("audio[src$='.m4a']").evaluate("each => each.play()")
    expect(page.locator("audio").first).not_to_have_js_property("currentTime", 0)
    page.evaluate("document.querySelector('audio').pause()")


def test_without_scripts_a_file_is_sent_and_heard(
    visit: Visitor, birte: User, session: Session, survey: Survey
) -> None:
    page = visit(TEXT, birte, java_script_enabled=False)
    expect(page.locator("#recorder")).to_be_hidden()
    sound = {"name": "a.webm", "mimeType": "audio/webm", "buffer": a_sound("webm")}
    page.locator("input[type=file]").set_input_files(sound)  # type: ignore[arg-type]
    press(page.locator("#keep"))
    assert session.scalars(select(Recording.key)).all() == ["course/label"]

    reader = visit("/s/pankow", java_script_enabled=False)
    listen = reader.locator("#q-course .listen")
    expect(listen.locator("audio")).to_be_hidden()
    listen.locator("summary").click()
    expect(listen.locator("audio")).to_be_visible()
    assert listen.locator("audio").get_attribute("preload") == "none"
    assert reader.locator("[autoplay]").count() == 0


def test_question_and_choices_are_read_one_after_another(
    visit: Visitor, session: Session, survey: Survey
) -> None:
    record(session, survey, "course/label", "course/hint", "yesno//yes", "yesno//no")
    page = prepared(visit, LISTENING)
    assert page.evaluate("window.heard") == []  # nobody is startled
    button = page.locator("#q-course .listen button")
    assert button.inner_text().startswith("Anhören")
    expect(
        page.get_by_role("button", name=re.compile("Anhören.*Besuchen Sie einen Kurs"))
    ).to_be_visible()
    button.click()
    expect(button).to_contain_text("Stopp")
    expect(button).to_contain_text("Anhören", timeout=20_000)
    expect(page.locator(".spoken")).to_have_count(0)
    course = ["Besuchen Sie einen Kurs?", "Auch am Abend.", "Ja", "Nein"]
    assert page.evaluate("window.heard") == course
    expect(page.locator("#q-course small[role=status]")).to_have_text("")


def test_a_second_press_stops_and_another_question_takes_the_turn(
    visit: Visitor, session: Session, survey: Survey
) -> None:
    record(session, survey, "course/label", "name/label", "yesno//yes", seconds=30)
    page = prepared(visit, LISTENING)
    first, second = (page.locator(f"#q-{name} .listen button") for name in ("course", "name"))
    first.click()
    expect(page.locator("#q-course .spoken")).to_have_count(1)
    first.click()
    expect(page.locator(".spoken")).to_have_count(0)
    expect(first).to_contain_text("Anhören")
    first.click()
    second.click()
    expect(page.locator("#q-name .spoken")).to_have_count(1)
    expect(page.locator(".spoken")).to_have_count(1)
    expect(first).to_contain_text("Anhören")


def test_a_voice_that_lives_on_the_device_reads_what_nobody_has_spoken(
    visit: Visitor, session: Session, survey: Survey
) -> None:
    record(session, survey, "yesno//yes")
    page = prepared(visit, LISTENING, VOICE)
    page.locator("#q-course .listen button").click()
    status = page.locator("#q-course small[role=status]")
    expect(status).to_have_text("Stimme Ihres Geräts")
    expect(page.locator("#q-course .listen button")).to_contain_text("Anhören", timeout=20_000)
    expect(page.locator("#q-course .spoken")).to_have_count(0)
    assert page.evaluate("window.spoken") == [
        "Besuchen Sie einen Kurs?",
        "Auch am Abend.",
        "Nein",
    ]
    assert len(page.evaluate("window.heard")) == 1
    expect(page.locator("#q-name .listen button")).to_be_visible()


def test_persons_hear_their_device_where_nobody_has_spoken_anything(
    visit: Visitor, session: Session, survey: Survey
) -> None:
    survey.subject = Subject.PERSONS
    session.commit()
    page = prepared(visit, VOICE)
    button = page.locator("#q-course .listen button")
    button.click()
    expect(page.locator("#q-course small[role=status]")).to_have_text("Stimme Ihres Geräts")
    expect(button).to_contain_text("Anhören", timeout=20_000)
    assert page.evaluate("window.spoken")[0] == "Besuchen Sie einen Kurs?"


def test_a_voice_elsewhere_is_never_asked_and_nothing_is_offered_then(
    visit: Visitor, session: Session, survey: Survey
) -> None:
    """It would send the texts to somebody else."""
    record(session, survey, "course/label")
    page = prepared(visit, VOICE.replace("localService: local", "localService: false"))
    expect(page.locator("#q-course .listen button")).to_be_visible()
    expect(page.locator("#q-name .listen")).to_have_count(0)


def test_a_page_with_sound_is_light_and_one_without_asks_for_nothing_more(
    visit: Visitor, session: Session, project: Project
) -> None:
    a_register(session, project, 40)
    survey = a_survey(session, project, instrument("refugee_conversation"))
    page = visit("about:blank", viewport=PHONE, locale="de-DE")
    silent = Scales(page)
    page.goto("/s/pankow", wait_until="load")
    before = silent.requests, silent.bytes
    record(session, survey, *tasks(session, survey))
    heard = visit("about:blank", viewport=PHONE, locale="de-DE")
    scales = Scales(heard)
    heard.goto("/s/pankow", wait_until="load")
    assert scales.requests == before[0] + 1 <= 5
    assert scales.bytes <= 30_000


@pytest.mark.parametrize(("language", "window"), [("de", PHONE), ("ar", LAPTOP)])
def test_pages_that_speak_have_no_barriers(
    visit: Visitor, birte: User, session: Session, survey: Survey, window: Any, language: str
) -> None:
    record(session, survey, "course/label", "yesno//yes")
    page = visit("about:blank", birte, viewport=window, locale=language)
    for path in ("/s/pankow", SPEAKING, f"{SPEAKING}/de", TEXT):
        page.goto(path)
        assert barriers(page) == [], path


def test_a_browser_without_microphone_says_so_and_takes_files(
    visit: Visitor, birte: User, survey: Survey
) -> None:
    page = visit("about:blank", birte)
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new Error('no'))"
    )
    page.goto(TEXT)
    page.locator("#record").click()
    expect(page.locator("#state")).to_contain_text("darf das Mikrofon nicht benutzen")
    expect(page.locator("input[type=file]")).to_be_visible()
