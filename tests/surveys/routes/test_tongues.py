"""Forms in a language in which the Werkstatt has no words of its own."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from people.models import Project
from surveys.definition import Choice, Definition, Item
from surveys.questionnaires.tongues import around, marks
from tests.surveys.answers import Respondent, a_survey

VOID = {"meta", "link", "input", "br", "img"}
FORM = Definition(
    title={"vi": "Khảo sát", "de": "Umfrage"},
    form_id="vi",
    default_language="vi",
    languages=("vi", "de"),
    items=(
        Item("question", "who", "text", label={"vi": "Bạn tên gì?", "de": "Wer sind Sie?"}),
        Item(
            "question", "what", "select_one", list="does", label={"vi": "Bạn làm gì, ${who}?"}
        ),
        Item("note", "told", label={"de": "Nur auf Deutsch"}),
    ),
    lists={"does": (Choice("school", {"vi": "đi học"}),)},
)  # fmt: skip


class Reader(HTMLParser):
    """Reads in which language each text of a page is said to be."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self._open: list[tuple[str, str]] = []
        self.told: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            around = self._open[-1][1] if self._open else ""
            self._open.append((tag, dict(attrs).get("lang") or around))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing stands within it."""

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.told[" ".join(data.split())] = self._open[-1][1] if self._open else ""


@pytest.fixture
def pages(
    app: Flask, desk: FlaskClient, session: Session, project: Project
) -> Iterator[dict[str, dict[str, str]]]:
    """What a reader of Vietnamese comes across, with the language of each text."""
    a_survey(session, project, FORM)
    asks = Respondent(app.test_client(), "/s/pankow", language="vi")
    found = {"first": asks.html, "question": asks.send(who="Mai").html}
    while "receipt" not in asks.path:
        asks.send(what="school")
    found["receipt"] = asks.html
    for sheet in ("paper/form", "poster"):
        found[sheet] = desk.get(f"/p/buch/surveys/pankow/{sheet}?language=vi").text
    yield {name: Reader(html).told for name, html in found.items()}


def test_our_own_words_are_said_to_be_in_the_language_they_are_in(
    pages: dict[str, dict[str, str]],
) -> None:
    assert pages["question"]["Continue"] == pages["question"]["Privacy"] == "en"
    assert pages["receipt"]["Thank you, your answers have arrived"] == "en"
    assert pages["poster"]["Taking part is voluntary."] == "en"
    assert pages["paper/form"]["Back to the sheets"] == "en"


def test_what_the_form_says_is_said_to_be_in_the_language_of_the_form(
    pages: dict[str, dict[str, str]],
) -> None:
    for told in pages.values():
        texts = [text for text in told if text.startswith(("Bạn", "đi học"))]
        assert {told[text] for text in texts} <= {"vi"}
        assert told.get("Khảo sát", "vi") == told.get("Tiếng Việt", "vi") == "vi"
    assert pages["first"]["Bạn tên gì?"] == pages["question"]["Bạn làm gì, Mai?"] == "vi"
    for name in ("question", "receipt", "paper/form"):
        assert pages[name]["đi học"] == "vi"
    assert pages["paper/form"]["Nur auf Deutsch"] == "de"


@pytest.mark.parametrize(
    ("asked", "page"),
    [("vi", "en"), ("ku", "ar"), ("ps", "prs"), ("fa", "fa"), ("de-AT", "de-AT"), ("ar", "ar")],
)
def test_a_page_is_in_the_language_of_its_own_words_unless_that_is_a_dialect(
    asked: str, page: str
) -> None:
    assert around(asked) == page


def test_a_strange_name_of_a_language_cannot_leave_its_attribute() -> None:
    assert (
        '"' not in marks('x" onclick="y', "de").replace('lang="', "").replace('dir="', "")[:9]
    )
