import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workshop.sorting.cards import CARDS
from workshop.sorting.kin import families_of
from workshop.sorting.likeness import Card, Likeness

PLACES = (Path("../shared/data/workshop/polis"), Path("../../shared/data/workshop/polis"))
AUSTRIA = [file for place in PLACES for file in place.glob("austria-climate*/comments.csv")]


@pytest.fixture(scope="module")
def wall() -> Likeness:
    return Likeness(CARDS)


def first(wall: Likeness, title: str) -> str:
    found = wall.alike(title)
    return found[0].card.title if found else ""


@pytest.mark.parametrize(
    ("typed", "hangs"),
    [
        ("Fahrradwerkstatt", "Fahrradwerkstatt"),
        ("Fahradwerkstat", "Fahrradwerkstatt"),  # misspelt
        ("Naehwerkstatt", "Nähwerkstatt für Frauen"),  # typed without umlauts
        ("Nähcafe", "Nähcafé im Stadtteilzentrum"),
        ("Kinder betreuen", "Kinder-Betreuung am Nachmittag"),
        ("Formulare ausfüllen", "Formular-Sprechstunde"),
        ("Begleitung zum Jobcenter", "Lotsen fürs Amt"),
        ("leere Läden", "Leere Läden als Werkstatt nutzen"),
        ("Essen kochen", "Gemeinsam kochen"),
    ],
)
def test_somebody_hears_that_such_an_idea_hangs_already(
    wall: Likeness, typed: str, hangs: str
) -> None:
    assert first(wall, typed) == hangs


@pytest.mark.parametrize(
    "typed", ["Zahnarzt", "Kiosk", "Mehr Licht im Park", "Und wir", "", "?!", "123", "für alle"]
)
def test_nothing_is_said_of_ideas_that_nobody_has_had(wall: Likeness, typed: str) -> None:
    assert wall.alike(typed) == []


def test_a_place_that_all_speak_of_makes_no_two_cards_alike() -> None:
    wall = Likeness([Card(1, "Gründungsstipendium Buch"), Card(2, "Chor in der Unterkunft")])
    assert wall.alike("Raumbörse Buch") == []
    assert wall.alike("Waschmaschinen in der Unterkunft") == []


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("ورشة تصليح الدراجات", "ar"),
        ("ورشة تصليح الدراجات", "de"),  # on a page that is still in German
        ("Ремонт велосипедів", "uk"),
        ("bisiklet tamir atölyesi", "tr"),
        ("bike repair workshop", "en"),
    ],
)
def test_an_idea_is_found_in_another_language(
    wall: Likeness, typed: str, language: str
) -> None:
    found = [match.card.title for match in wall.alike(typed, language=language)]
    assert found
    assert all("rad" in title.casefold() or "räder" in title.casefold() for title in found)


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("نحتاج إلى حضانة للأطفال", "الحضانة للاطفال", "ar"),
        ("Дитячий садок біля дому", "дитячого садка", "uk"),
        ("Детский сад рядом с домом", "детского сада", "ru"),
        ("Çocuklar için kreş", "cocuk kresi", "tr"),
        ("کودکستان برای اطفال", "كودكستان اطفال", "prs"),
    ],
)
def test_other_languages_find_their_own(one: str, other: str, language: str) -> None:
    wall = Likeness([Card(1, one, language=language), *CARDS[:12]])
    assert wall.alike(other, language=language)[0].card.number == 1


def test_a_root_within_a_longer_one_says_nothing() -> None:
    assert families_of("Kindergarten") == families_of("Kita")
    assert not families_of("Kindergarten") & families_of("Garten")
    assert families_of("Fahrradwerkstatt") == families_of("Fahrrad") | families_of("Werkstatt")
    assert families_of("Grad") == families_of("") == frozenset()


def test_a_card_is_most_like_itself(wall: Likeness) -> None:
    likes = wall.matrix()
    assert likes.diagonal() == pytest.approx(1)
    assert likes == pytest.approx(likes.T, abs=1e-6)
    assert (likes.argmax(axis=1) == range(len(CARDS))).all()


def test_a_wall_of_a_moment_ago_is_continued_as_if_it_were_new() -> None:
    before = Likeness(CARDS[:20])
    after = Likeness([*CARDS[3:], Card(99, "Fahrradkurs für Frauen")], before)
    new = Likeness([*CARDS[3:], Card(99, "Fahrradkurs für Frauen")])
    assert after.matrix() == pytest.approx(new.matrix(), abs=1e-6)
    assert after.alike("Radkurse")[0].card.number == 99


def test_what_was_taken_from_the_wall_is_no_longer_told() -> None:
    before = Likeness(CARDS)
    without = [card for card in CARDS if "Nähcafé" not in card.title]
    assert first(Likeness(without, before), "Nähcafé") != "Nähcafé im Stadtteilzentrum"


@given(st.lists(st.text(max_size=60), max_size=8), st.text(max_size=60))
def test_any_text_can_be_compared(titles: list[str], typed: str) -> None:
    wall = Likeness([Card(n, title) for n, title in enumerate(titles)])
    assert all(0.4 < match.likeness <= 1.0001 for match in wall.alike(typed))


def test_whoever_repeats_a_statement_is_told_so() -> None:
    """Of 522 many statements of a citizens' council stand there twice, its name before."""
    own = [card.title for card in CARDS]
    said = [*own, *(f"Klimarat: {title}" for title in own)]
    for file in AUSTRIA[:1]:
        with file.open(encoding="utf-8") as lines:
            said = [row["comment-body"].strip() for row in csv.DictReader(lines)]
    wall = Likeness([Card(number, text) for number, text in enumerate(said)])
    council = "Klimarat: "
    repeats = [(text, text.removeprefix(council)) for text in said if text.startswith(council)]
    repeats = [(long, short) for long, short in repeats if short in said]
    assert len(repeats) > 15
    for long, short in repeats:
        assert {long, short} <= {match.card.title for match in wall.alike(short)}
