"""Texts that somebody has spoken, taken along by a device and heard on it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy.orm import Session

from surveys.models import Survey
from surveys.sounds import keeping
from surveys.sounds.keeping import Task
from surveys.sounds.recoding import Sound, recode
from tests.story import NOON
from tests.surveys.sounds.sounding import a_sound

HEARD = """() => {
  const heard = window.heard = [];  // what is marked while something is played to its end
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    const marked = [...document.querySelectorAll(".spoken[aria-current=true]")];
    const said = marked.map((each) => each.textContent.trim()).join("|");
    this.addEventListener("ended", () => heard.push(said), {once: true});
    return play.call(this);
  };
}"""


@pytest.fixture(scope="session")
def tones() -> list[Sound]:
    """Three sounds that are over soon."""
    return [recode(a_sound(seconds=2.2, pitch=pitch)) for pitch in (330, 440, 550)]


def speak(
    session: Session, survey: Survey, language: str, sounds: list[Sound], *keys: str
) -> list[Task]:
    """Let the texts of a language be spoken, by sounds that take turns."""
    every = keeping.tasks(session, survey, keeping.asked_now(session, survey), language)
    tasks = [task for task in every if not keys or task.key in keys]
    for number, task in enumerate(tasks):
        sound = sounds[number % len(sounds)]
        keeping.keep(session, survey, language, task, sound, said=task.said, today=NOON.date())
    session.commit()
    return tasks


def row(page: Page, language: str = "ar") -> Locator:
    return page.locator(f"[data-list=sounds] [data-language={language}]")


def take(page: Page, language: str = "ar") -> None:
    row(page, language).locator("[data-act=take]").click()
    expect(page.locator("#told")).to_contain_text(re.compile("العربية|دری|Deutsch"))
    expect(row(page, language)).to_have_attribute("data-stand", "here")


def listened(page: Page) -> list[str]:
    """Hear a page to its end; return what was marked while each text was heard."""
    page.evaluate("window.heard.length = 0")
    button = page.locator(".duo-ar .listen button")
    button.click()
    expect(button.locator("span").first).to_be_hidden()
    expect(button.locator("span").first).to_be_visible(timeout=30_000)
    heard: list[str] = page.evaluate("window.heard")
    return heard
