"""In which language a card is written, as far as its letters allow what was said."""

import unicodedata
from collections import Counter

from core.languages import called

SCRIPTS = {
    "uk": "CYRILLIC", "ru": "CYRILLIC", "ka": "GEORGIAN", "am": "ETHIOPIC", "ti": "ETHIOPIC",
}  # fmt: skip


def script_of(language: str) -> str:
    """Return the name of the letters in which *language* is written."""
    row = called(language)
    return SCRIPTS.get(row.code, "ARABIC" if row.direction == "rtl" else "LATIN")


def fitting(language: str, text: str) -> str:
    """Return *language*, or nothing when most letters of *text* are not its own.

    Somebody may write in German on a page that speaks Arabic: no reader of screens shall
    then spell it as Arabic.
    """
    names = (unicodedata.name(letter, "") for letter in text if letter.isalpha())
    scripts = Counter(name.partition(" ")[0] for name in names)
    most = scripts.most_common(1)
    return language if not most or most[0][0] == script_of(language) else ""
