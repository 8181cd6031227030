"""Hints for Leichte Sprache: what can be counted in a German text, and nothing that cannot.

Whether a text is easy only people who need it can tell. Rules: Anlage 2 of the BITV 2.0.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.errors import message
from surveys.translating.texts import REFERENCE

PLAIN = "de-simple"
WORDS = 12  # of a sentence
LETTERS = 14  # of a word without a hyphen

_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n")
_WORD = re.compile(r"[^\W\d_]+(?:[-‑·'’][^\W\d_]+)*")
_SHORT = re.compile(
    r"(?<!\w)(?:z\.\s?B\.|d\.\s?h\.|u\.\s?a\.|o\.\s?ä\.|i\.\s?d\.\s?R\."
    r"|(?:usw|bzw|ggf|ca|inkl|evtl|etc|Nr|Str|Abs|vgl|max|min|Tel|Std|Min|Mio)\.|(?![IVX]+\b)[A-ZÄÖÜ]{2,6}(?!\w))"
)
_NOT = re.compile(
    r"\b(?:nicht|nichts|nie|niemals|niemand(?:em|en)?|kein(?:e[mnrs]?)?)\b", re.IGNORECASE
)
_NUMBER = re.compile(r"\d{5,}|\d+,\d+|\d+/\d+|(?<!\w)[IVX]{2,}(?!\w)")
_PERCENT = re.compile(r"%|\bProzent\b")


@dataclass(frozen=True)
class Hint:
    """What may be hard to read; *reason* is a message with *values*."""

    reason: str
    values: dict[str, object] = field(default_factory=dict)


LONG_SENTENCE = message(
    "%(number)s words in a sentence: “%(start)s …”. Two short sentences are easier."
)
LONG_WORD = message("“%(word)s” is long. A hyphen or another word makes it easier.")
ABBREVIATION = message("“%(word)s” is an abbreviation. Write it out.")
NEGATION = message("“%(word)s”: say what is, instead of what is not, where you can.")
PERCENTAGE = message("Percent are hard to picture. Say for example: 1 of 4 people.")
NUMBER = message("“%(word)s” is hard to read as a number. Round it, or use another one.")


def hints(text: str) -> list[Hint]:
    """Return what may be hard to read in *text*, in the order of the rules."""
    kept: list[Hint] = []
    for hint in _found(REFERENCE.sub("…", text)):
        if hint not in kept:
            kept.append(hint)
    return kept


def _found(text: str) -> Iterator[Hint]:
    for sentence in _SENTENCE.split(text):
        words = sentence.split()
        number = sum(1 for word in words if _WORD.search(word) or word[0].isdigit())
        if number > WORDS:
            yield Hint(LONG_SENTENCE, {"number": number, "start": " ".join(words[:3])})
    for word in _WORD.findall(text):
        if max(map(len, re.split(r"[-‑·]", word))) > LETTERS:
            yield Hint(LONG_WORD, {"word": word})
    yield from (Hint(ABBREVIATION, {"word": each}) for each in _SHORT.findall(text))
    yield from (Hint(NEGATION, {"word": each}) for each in _NOT.findall(text))
    if _PERCENT.search(text):
        yield Hint(PERCENTAGE)
    yield from (Hint(NUMBER, {"word": each}) for each in _NUMBER.findall(text))
