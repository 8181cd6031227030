"""Which languages there are, what they are called, and which of ours comes nearest."""

import pytest
from flask import Flask
from flask_babel import force_locale, format_date, gettext, ngettext

from core.i18n import language
from core.languages import (
    SPOKEN,
    TABLE,
    catalogues,
    chain,
    direction_of,
    locale_of,
    name_of,
    negotiate,
    sorting,
    spoken_for,
    tag_of,
)
from tests.story import NOON

OURS = (*SPOKEN,)


def test_we_speak_eight_languages() -> None:
    assert OURS == ("de", "de-simple", "en", "ar", "uk", "ru", "prs", "tr")


@pytest.mark.parametrize(
    ("code", "instead"),
    [
        ("de", ("de",)),
        ("de-simple", ("de-simple", "de")),
        ("fa", ("fa", "prs")),
        ("prs", ("prs", "fa")),
        ("ckb", ("ckb", "ku", "ar")),
        ("xx", ("xx",)),
    ],
)
def test_a_missing_text_is_read_in_the_nearest_language(
    code: str, instead: tuple[str, ...]
) -> None:
    assert chain(code) == instead


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("fa", "prs"), ("pes", "prs"), ("fa-AF", "prs"), ("ps", "prs"), ("ckb", "ar"),
        ("kmr", "ar"), ("ti", "en"), ("fr", "en"), ("de-AT", "de"), ("de-easy", "de-simple"),
        ("ar-SY", "ar"), ("klingon", "en"), ("", "en"), ("ru", "ru"),
    ],
)  # fmt: skip
def test_beside_any_questions_we_speak_what_is_nearest(asked: str, spoken: str) -> None:
    assert spoken_for(asked) == spoken


@pytest.mark.parametrize(
    ("wishes", "offered", "found"),
    [
        (["fa-IR", "fa", "en-US", "en"], OURS, "prs"),
        (["ckb", "en"], OURS, "en"),
        (["ckb"], OURS, "ar"),
        (["de-CH"], OURS, "de"),
        (["ru-UA", "uk"], OURS, "ru"),
        (["prs"], ("de", "fa"), "fa"),
        (["fr"], OURS, None),
        ([], OURS, None),
    ],
)
def test_a_browser_gets_its_own_language_or_a_neighbour_only_in_need(
    wishes: list[str], offered: tuple[str, ...], found: str | None
) -> None:
    assert negotiate(wishes, offered) == found


@pytest.mark.parametrize("code", ["ar", "prs", "fa", "ps", "ckb", "ur", "he", "ku-Arab", "yi"])
def test_these_run_from_the_right(code: str) -> None:
    assert direction_of(code) == "rtl"


@pytest.mark.parametrize("code", ["de-simple", "uk", "ku", "ti", "no such language", "en-GB"])
def test_these_run_from_the_left(code: str) -> None:
    assert direction_of(code) == "ltr"


def test_every_language_is_called_as_those_call_it_who_speak_it() -> None:
    assert name_of("prs") == "دری"
    assert name_of("de-simple") == "Leichte Sprache"
    assert name_of("pl") == "polski"
    assert name_of("<b>") == "<b>"
    assert len({each.name for each in TABLE.values()}) == len(TABLE)


def test_readers_of_screens_know_the_language_of_a_page() -> None:
    assert [tag_of(code) for code in ("prs", "de-simple", "ckb")] == [
        "fa-AF", "de-simple", "ckb",
    ]  # fmt: skip
    for code in SPOKEN:  # also by the name of its locale
        assert tag_of(locale_of(code)) == tag_of(code)
        assert direction_of(locale_of(code)) == direction_of(code)
        assert name_of(locale_of(code)) == name_of(code)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("de", ["Apfel", "Ärzte", "Azur", "Zoo"]),
        ("tr", ["Iğdır", "ırmak", "İzmir", "şen", "tat"]),
        ("uk", ["гай", "ґанок", "дім", "єдність", "жук", "іскра", "їжак", "яр"]),
        ("prs", ["باغ", "پدر", "کار", "گل", "یک"]),
    ],
)
def test_words_follow_each_other_as_in_a_dictionary(code: str, words: list[str]) -> None:
    mixed = [*words[1::2], *words[::2]]
    assert sorted(mixed, key=sorting(code)) == words


def test_each_page_speaks_its_language_with_its_plurals_and_dates(app: Flask) -> None:
    said = {}
    for code in OURS:
        with app.test_request_context(), force_locale(locale_of(code)):
            assert language() == code
            dots = [ngettext("%(num)s dot", "%(num)s dots", n) for n in (1, 2, 5, 11, 21)]
            said[code] = gettext("Continue"), dots, format_date(NOON, "long")
    assert said["en"][0] == "Continue"
    assert len({said[code][0] for code in OURS if code != "de-simple"}) == len(OURS) - 1
    assert said["uk"][1] == ["1 наліпка", "2 наліпки", "5 наліпок", "11 наліпок", "21 наліпка"]
    assert said["ru"][1] == [
        "1 наклейка",
        "2 наклейки",
        "5 наклеек",
        "11 наклеек",
        "21 наклейка",
    ]
    assert len({each for _, _, each in said.values()}) == len(OURS) - 1  # both German ones


def test_what_a_language_lacks_is_said_in_the_next_one(app: Flask) -> None:
    text = "The invitation has left."  # of the staff
    with app.test_request_context():
        for code in ("de-simple", "prs"):
            with force_locale(locale_of(code)):
                assert gettext("Sign out") == {"de-simple": "Abmelden", "prs": "Sign out"}[code]
                assert gettext(text) == text
    assert "en" not in catalogues()
