"""The languages of the Werkstatt: what each is called, how it runs, what is nearest to it.

Whatever has to know a language asks here: pages, questionnaires, pictures, commands. Those
that are *spoken* have catalogues for respondents and participants; the others only stand in
questionnaires. For languages that are not listed, CLDR answers.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from babel import Locale, UnknownLocaleError

Direction = Literal["ltr", "rtl"]

FALLBACK = "de"
GENERAL = "en"  # for those with whose language ours have nothing in common


@dataclass(frozen=True, slots=True)
class Language:
    """A row of the table; what is empty is as the code says."""

    code: str
    name: str  # as those call it who speak it
    direction: Direction = "ltr"
    locale: str = ""  # for Babel, and for the folder of its catalogue
    tag: str = ""  # BCP 47, for readers of screens: few of them know Dari by "prs"
    instead: tuple[str, ...] = ()  # in which a missing text is read, the nearest first
    also: tuple[str, ...] = ()  # what others call it
    plurals: str = ""  # for gettext, where CLDR knows more than Babel
    alphabet: str = ""  # where letters do not follow each other as in Unicode
    is_spoken: bool = False
    is_for_staff: bool = False


PERSIAN = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
TABLE = {
    each.code: each
    for each in (
        Language("de", "Deutsch", also=("de-informal",), is_spoken=True, is_for_staff=True),
        Language(
            "de-simple", "Leichte Sprache", locale="de@simple", instead=("de",),
            also=("de-easy", "de-leicht"), is_spoken=True,
        ),
        Language("en", "English", is_spoken=True, is_for_staff=True),
        Language("ar", "العربية", "rtl", is_spoken=True),
        Language("uk", "Українська", alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
                 is_spoken=True),
        Language("ru", "Русский", alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
                 is_spoken=True),
        Language("prs", "دری", "rtl", locale="fa_AF", tag="fa-AF", instead=("fa",),
                 also=("fa-af",), plurals="nplurals=2; plural=(n > 1);", alphabet=PERSIAN,
                 is_spoken=True),
        Language("tr", "Türkçe", plurals="nplurals=2; plural=(n != 1);",
                 alphabet="abcçdefgğhıijklmnoöpqrsştuüvwxyz", is_spoken=True),
        Language("fa", "فارسی", "rtl", instead=("prs",), also=("pes",), alphabet=PERSIAN),
        Language("ps", "پښتو", "rtl", instead=("prs", "fa")),
        Language("ckb", "کوردیی ناوەندی", "rtl", instead=("ku", "ar")),
        Language("ku", "Kurdî", instead=("ar",), also=("kmr",)),
        Language("ti", "ትግርኛ", instead=("am",)),
        Language("am", "አማርኛ"),
        Language("vi", "Tiếng Việt"),
        Language("ro", "Română"),
        Language("ka", "ქართული"),
        Language("fr", "Français"),
    )
}  # fmt: skip
ALIASES = {other: each.code for each in TABLE.values() for other in each.also}
SPOKEN = {code: each.name for code, each in TABLE.items() if each.is_spoken}
FOR_STAFF = {code: each.name for code, each in TABLE.items() if each.is_for_staff}
CODES = {each.locale or code: code for code, each in TABLE.items()}  # by the name of a locale


@lru_cache(maxsize=500)
def called(code: str) -> Language:
    """Return the row of a language, or what CLDR knows of one that is not in the table."""
    for known in _spellings(CODES.get(code, code)):
        if known in TABLE:
            turned = "arab" in code.casefold().replace("_", "-").split("-")
            return replace(TABLE[known], direction="rtl") if turned else TABLE[known]
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return Language(code, code)
    name = locale.get_language_name(locale) or code
    return Language(code, name, "rtl" if locale.text_direction == "rtl" else "ltr")


def name_of(code: str) -> str:
    """Return what a language is called by those who speak it."""
    return called(code).name


def name_in(code: str, reader: str) -> str:
    """Return what a language is called by those who read the language *reader*."""
    names = Locale.parse(locale_of(reader)).languages
    return names.get(code) or names.get(locale_of(code)) or name_of(code)


def direction_of(code: str) -> Direction:
    """Return ``rtl`` or ``ltr``."""
    return called(code).direction


def locale_of(code: str) -> str:
    """Return what Babel calls a language."""
    return called(code).locale or called(code).code


def tag_of(code: str) -> str:
    """Return what stands in ``lang`` for a language."""
    return called(code).tag or CODES.get(code, code)


@lru_cache(maxsize=500)
def chain(code: str) -> tuple[str, ...]:
    """Return in which languages a text is read that may be missing, the best one first."""
    return (*dict.fromkeys([*_spellings(code), *called(code).instead, *_far(code)]),)


@lru_cache(maxsize=500)
def nearest(code: str, offered: tuple[str, ...]) -> str | None:
    """Return which of the languages *offered* comes nearest to *code*, if any does."""
    return next((each for each in chain(code) if each in offered), None)


def spoken_for(code: str) -> str:
    """Return in which language we speak on a page whose questions are in *code*."""
    return nearest(code, (*SPOKEN,)) or GENERAL


def negotiate(wishes: Iterable[str], offered: tuple[str, ...]) -> str | None:
    """Return what fits best to the languages somebody reads, the dearest first.

    Another way to write or to speak the same language is as good as the wish itself; only
    when nothing of what was wished is offered, a neighbour counts.
    """
    wished = [*wishes]
    kin = (each for wish in wished for each in _kin(wish, offered))
    near = (each for wish in wished if (each := nearest(wish, offered)))
    return next(kin, None) or next(near, None)


def sorting(code: str) -> Callable[[str], list[int]]:
    """Return the key by which texts follow each other as in a dictionary of the language."""
    places = {letter: place for place, letter in enumerate(called(code).alphabet, 0x61)}
    lower = str.maketrans({"I": "ı", "İ": "i"}) if "ı" in places else {}

    def key(text: str) -> list[int]:
        letters = text.translate(lower).casefold()
        return [place for letter in letters for place in _place(letter, places)]

    return key


def _place(letter: str, places: dict[str, int]) -> Iterator[int]:
    if letter in places:
        yield places[letter]
        return
    for part in unicodedata.normalize("NFD", letter):
        if not unicodedata.combining(part):
            yield places.get(part, ord(part))


def _spellings(code: str) -> Iterator[str]:
    """Yield a code as it is, as we spell it, and without its region or variant."""
    yield code
    small = code.casefold().replace("_", "-")
    while small:
        yield ALIASES.get(small, small)
        small = small.rpartition("-")[0]


def _far(code: str) -> Iterator[str]:
    for known in _spellings(code):
        yield from called(known).instead if known in TABLE else ()


def _kin(wish: str, offered: tuple[str, ...]) -> Iterator[str]:
    spellings = (*_spellings(wish),)
    yield from (each for each in spellings if each in offered)
    base = locale_of(wish).partition("_")[0].partition("@")[0]
    for each in offered:
        if locale_of(each).partition("_")[0].partition("@")[0] == base:
            yield each


def catalogues() -> dict[str, str]:
    """Return the folders of the catalogues by language; English is what stands in the code."""
    return {code: locale_of(code) for code in SPOKEN if code != GENERAL}
