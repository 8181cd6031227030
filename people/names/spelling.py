"""How names are compared: folded, their telling words, and what keeps two names apart."""

import re
import unicodedata
from functools import lru_cache

from people.names.vocabulary import FILLERS, LEVELS, SHORT_FORMS
from people.words import LOCALITIES

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "æ": "ae"})
# Letters that people write for one another, once accents and hamzas are off.
LETTERS = str.maketrans(
    {"ـ": "", "ء": "", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ٱ": "ا", "ہ": "ه"}
    | {"і": "и", "є": "е", "ґ": "г", "ы": "и", "э": "е", "ъ": "", "ь": "", "’": "", "ʼ": ""}
    | {"ı": "i", "ł": "l", "đ": "d"}
    | {chr(0x660 + digit): str(digit) for digit in range(10)}
)
LEGAL_FORMS = re.compile(
    r"""(?:\b|(?=&))(
        (?<=\s)e\W{0,2}v\.? | eingetragener\ verein | e\W{0,2}g(\.|\b)
        | gemeinnuetzige\ (gesellschaft\ mbh|gmbh|ug) | g?gmbh | gmbh
        | (g|gemeinnuetzige\ )?ug(\W+haftungsbeschraenkt\W)? | haftungsbeschraenkt
        | (\&|und)\ co\W{0,2}\ ?kg | ohg | gbr | kg | mbh | kdoer | koerperschaft
        | [ki]\.\ ?d\.\ ?oe\.\ ?r\. | i\.\ ?g(r)?\.
    )(?!\w)""",
    re.VERBOSE,
)
FAMILIES = {  # of legal forms; people take those within one for another
    "association": re.compile(r"(?<=\s)e\W{0,2}v\b|eingetragener verein"),
    "company": re.compile(r"\bg?(gmbh|mbh|ug)\b"),
    "cooperative": re.compile(r"(?<=\s)e\W{0,2}g\b"),
}
OTHER_PLACES = """berlin-nordost charlottenburg friedrichshain hellersdorf hohenschoenhausen
    koepenick kreuzberg lichtenberg marzahn mitte moabit neukoelln nordost reinickendorf
    schoeneberg spandau steglitz tempelhof treptow wedding wilmersdorf zehlendorf panketal
    bernau buchholz"""
ENDING = re.compile(r"(sche|liche|nale|iale)[rsnm]$")  # Türkischer, Türkisches …
NUMBER = re.compile(r"\d{1,3}|i{1,3}|iv|vi{0,3}")  # of several that are alike; no year
OFFICE = re.compile(r"(?:(\w+)- und )?(\w+?)s?amt\b|\bamt fuer ([\w ]+)")


def fold(text: str) -> str:
    """Return *text* small, without umlauts and accents, as it is compared and searched."""
    small = unicodedata.normalize("NFC", text).casefold().translate(UMLAUTS)
    parts = unicodedata.normalize("NFKD", small)
    return "".join(c for c in parts if not unicodedata.combining(c)).translate(LETTERS).strip()


BY_LOCALITY = {
    code: fold(name.split(" (")[0]).split()[-1]
    for code, name in LOCALITIES.items()
    if code != "district"
}
PLACES = {*BY_LOCALITY.values(), *OTHER_PLACES.split()}


def normalise(name: str) -> str:
    """Return what a name comes down to: its telling words, written out and in order."""
    return _normal(fold(name).replace("-", " "))


@lru_cache(maxsize=65_536)
def spellings(name: str) -> frozenset[str]:
    """Return the normal forms of *name*, one with its hyphens and one without.

    So "Rad-Haus Buch" is the same as "Radhaus Buch", and "Berlin-Nordost" the same
    as "Berlin Nordost".
    """
    folded = fold(name)
    both = {_normal(folded.replace("-", " ")), _normal(folded.replace("-", ""))}
    return frozenset(both - {""})


def joined(name: str) -> str:
    """Return the telling words in one, as they were written: "Lern Brücke" is Lernbrücke."""
    return "".join(_words(fold(name).replace("-", "")))


def place_of(locality: str) -> str:
    """Return the word by which names tell a locality, if they do."""
    return BY_LOCALITY.get(locality, "")


@lru_cache(maxsize=65_536)
def places_in(name: str) -> frozenset[str]:
    """Return the places that *name* tells, also as in "Karower Teiche"."""
    words = set(re.findall(r"\w+", fold(name)))
    return frozenset((words & PLACES) | ({word.removesuffix("er") for word in words} & PLACES))


def apart(one: str, other: str) -> bool:
    """Tell whether two names tell other places, offices, levels or numbers: they are two."""
    return any(
        here and there and not here & there
        for here, there in zip(_marks(one), _marks(other), strict=True)
    )


def of_other_form(one: str, other: str) -> bool:
    """Tell whether one is an association and the other a company, as their names say."""
    here, there = _families(one), _families(other)
    return bool(here and there and not here & there)


@lru_cache(maxsize=65_536)
def _marks(name: str) -> tuple[frozenset[str], ...]:
    folded = fold(name)
    words = re.findall(r"\w+", folded)
    levels = {str(LEVELS[w]) for w in (SHORT_FORMS.get(w, w) for w in words) if w in LEVELS}
    numbers = {word.lstrip("0") for word in words if NUMBER.fullmatch(word)}
    return places_in(name), offices(folded), frozenset(levels), frozenset(numbers)


@lru_cache(maxsize=65_536)
def _families(name: str) -> frozenset[str]:
    folded = fold(name)
    return frozenset(each for each, form in FAMILIES.items() if form.search(folded))


@lru_cache(maxsize=65_536)
def offices(folded: str) -> frozenset[str]:
    """Return the departments of an administration that a name tells, by their stems.

    So "Amt für Soziales" is the Sozialamt, and the Sozialamt is not the Jugendamt.
    """
    said = OFFICE.findall(folded.replace("bezirksamt", " "))
    words = [word for groups in said for group in groups for word in group.split()]
    return frozenset(word[:5] for word in words if word not in FILLERS)


def _normal(folded: str) -> str:
    return " ".join(sorted(set(_words(folded))))


def _words(folded: str) -> list[str]:
    """Return the telling words of a name in their order, written out."""
    words = re.findall(r"\w+", LEGAL_FORMS.sub(" ", folded))
    long = " ".join(SHORT_FORMS.get(word, word) for word in words).split()
    telling = [_stem(word) for word in long if word not in FILLERS]
    if any(word != "bezirksamt" and word.endswith("amt") for word in telling):
        telling = [word for word in telling if word != "bezirksamt"]  # of which it is a part
    return telling or long or words


def _stem(word: str) -> str:
    """Take off what German and Arabic grammar adds to a word: "…ischer", the article."""
    word = ENDING.sub(r"\1", word)
    return word.removeprefix("ال") if len(word) > 4 else word
