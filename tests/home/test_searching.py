"""What a project has written down is found by any of its words."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from home.searching import Entry, around, holding
from people.listings.keeping import Entry as Wish
from people.listings.keeping import add
from people.listings.models import For
from people.models import Project, Side, User
from tests.story import NOON, an_organisation, browser_of


def test_all_words_must_stand_somewhere_and_titles_come_first() -> None:
    some = [
        Entry("Garten", "Werkzeug und Räder"),
        Entry("Räder", "ein Garten"),
        Entry("Räder im Garten"),
        Entry("Küche", "Räder"),
    ]
    found = [each.title for each in holding(some, "garten RAEDER")[0]]
    assert found == ["Räder im Garten", "Garten", "Räder"]
    assert holding(some, "  ") == ([], 0)


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("kurz und gut", "gut", "kurz und gut"),
        ("ß" * 100 + " Straße " + "z" * 200, "strasse", "… Straße " + "z" * 113 + " …"),
    ],
)
def test_the_stretch_around_a_word_is_shown(text: str, word: str, shown: str) -> None:
    assert around(text, [word]) == shown


def test_a_facilitator_finds_needs_and_organisations(
    desk: FlaskClient, session: Session, project: Project
) -> None:
    session.add(an_organisation(project, "O01", "Nähwerkstatt Weißensee"))
    wish = Wish(Side.NEED, For.ORGANISATIONS, "rooms", "Ein Raum zum Nähen")
    add(session, project, wish, "Birte", NOON)
    session.commit()
    page = desk.get("/p/buch/search?q=nahwerkstatt").text
    assert "Nähwerkstatt" not in page.partition("<main")[2]  # an umlaut is ae, not a
    page = desk.get("/p/buch/search?q=naeh").text
    assert "/p/buch/people/organisations/O01" in page and "Ein Raum zum Nähen" in page


def test_the_search_names_everyone_and_is_for_the_team(app: Flask, tarik: User) -> None:
    browser = browser_of(tarik, app)
    assert browser.get("/p/buch/search?q=a").status_code == 403
    assert "/p/buch/search" not in browser.get("/p/buch").text
