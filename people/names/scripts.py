"""Names in other scripts: an Arabic, Cyrillic and Latin spelling of one name, compared.

Arabic writes no short vowels and has no p, so names are compared by their consonants.
"""

import re
from functools import lru_cache

from people.names.spelling import fold
from people.names.vocabulary import TRANSLATED

ARABIC = {
    "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ج": "j", "چ": "s", "خ": "X", "د": "t", "ذ": "t",
    "ر": "r", "ز": "s", "ژ": "s", "س": "s", "ش": "s", "ص": "s", "ض": "t", "ط": "t", "ظ": "t",
    "غ": "k", "ف": "f", "ڤ": "f", "ق": "k", "ك": "k", "گ": "k", "ل": "l", "م": "m", "ن": "n",
}  # fmt: skip
CYRILLIC = {
    "а": "a", "б": "b", "в": "w", "г": "g", "д": "d", "е": "e", "ж": "s", "з": "s", "и": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "ch", "ц": "z", "ч": "tsch", "ш": "sch", "щ": "sch", "ю": "ju",
    "я": "ja",
}  # fmt: skip
SOUNDS = (  # in this order: what German letters sound like, without its vowels
    (r"tsch|sch|ß|tz", "s"), (r"pf|ph|v", "f"), (r"ck|q|g", "k"), (r"c(?=[eiy])|z", "s"),
    (r"chs|x", "ks"), (r"ch", "X"), (r"c", "k"), (r"p", "b"), (r"bf", "f"), (r"dt|th|d", "t"),
    (r"w\b|h|[aeiouy]", ""), (r"w", "f"),
)  # fmt: skip
OTHER = re.compile(r"[\u0400-\u04ff\u0600-\u06ff]")
LATIN = re.compile(r"[a-z]")


def is_other(name: str) -> bool:
    """Tell whether *name* is written in Arabic or Cyrillic."""
    return bool(OTHER.search(name))


@lru_cache(maxsize=4096)
def translated(name: str) -> str:
    """Return *name* with what is known of it in the words that stand in registers here."""
    text = " ".join(re.findall(r"\w+", fold(name)))
    for said, ours in sorted(TRANSLATED.items(), key=lambda pair: -len(pair[0])):
        text = re.sub(rf"\b(?:ال)?{fold(said)}\b", ours, text)
    return text


@lru_cache(maxsize=65_536)
def sound(text: str) -> str:
    """Return the consonants of folded *text*, alike in any script where they sound so."""
    latin = "".join(CYRILLIC.get(letter, letter) for letter in text.replace("дж", "j"))
    latin = "".join(ARABIC.get(letter, letter) for letter in latin)
    for heard, letter in SOUNDS:
        latin = re.sub(heard, letter, latin)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-zX\d ]", "", latin)).strip()
