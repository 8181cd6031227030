"""Every text has its German; what respondents and participants see, all eight languages."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from core.languages import catalogues, locale_of
from core.texts import place_of

KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "message": None,
    "ngettext": (1, 2),
}
MAPPINGS = {"de": "babel.cfg"} | dict.fromkeys(
    (code for code in catalogues() if code != "de"), "babel-public.cfg"
)
PLURALS = {"de": 2, "de-simple": 2, "ar": 6, "uk": 3, "ru": 3, "prs": 2, "tr": 2}


@pytest.fixture(scope="module")
def texts() -> Mapping[str, Catalog]:
    found = {mapping: collected(Path(mapping)) for mapping in {*MAPPINGS.values()}}
    return {language: found[mapping] for language, mapping in MAPPINGS.items()}


def collected(mapping: Path) -> Catalog:
    with mapping.open() as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    catalog = Catalog()
    for _, _, message, comments, context in extract_from_dir(".", methods, options, KEYWORDS):
        catalog.add(message, context=context, auto_comments=comments)
    return catalog


def kept(language: str) -> Catalog:
    with place_of(language).open("rb") as file:
        return read_po(file, locale=locale_of(language))


@pytest.mark.parametrize("language", MAPPINGS)
def test_the_catalogue_has_the_texts_of_the_pages_and_no_others(
    texts: Mapping[str, Catalog], language: str
) -> None:
    assert {m.id for m in kept(language) if m.id} == {m.id for m in texts[language] if m.id}


@pytest.mark.parametrize("language", MAPPINGS)
def test_every_text_is_translated_and_keeps_its_placeholders(language: str) -> None:
    for text in kept(language):
        forms = text.string if isinstance(text.string, tuple) else (text.string,)
        assert all(forms), text.id
        assert not text.fuzzy, text.id
        assert not text.check(), text.id


@pytest.mark.parametrize("language", MAPPINGS)
def test_every_plural_of_a_language_has_its_form(language: str) -> None:
    assert kept(language).num_plurals == PLURALS[language]
    for text in kept(language):
        if isinstance(text.id, (tuple, list)):
            assert isinstance(text.string, tuple), text.id
            assert len(text.string) == PLURALS[language], text.id


def test_german_says_sie() -> None:
    """To enterprises and the team; in the workshop no pronoun is needed."""
    informal = (" du ", " dein", " dir ", " dich ")
    for text in kept("de"):
        if text.id:
            said = str(text.string).lower()
            assert not [word for word in informal if word in f" {said} "]
