"""Patterns for browsers: what Python's ``re`` has read, in the spelling of JavaScript.

Python's own parser reads the pattern, so that both match the same: classes of letters are
those of Unicode, a dot is anything but a new line.
"""

import re
from collections.abc import Mapping, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from core.errors import message
from surveys.expressions.syntax import UnsupportedError

WORD, DIGIT, SPACE = r"[\p{L}\p{N}_]", r"\p{Nd}", r"\s"
_CATEGORIES: Mapping[Any, str] = {
    sre.CATEGORY_DIGIT: DIGIT, sre.CATEGORY_NOT_DIGIT: r"\P{Nd}",
    sre.CATEGORY_SPACE: SPACE, sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: WORD, sre.CATEGORY_NOT_WORD: r"[^\p{L}\p{N}_]",
}  # fmt: skip
_EDGE = f"(?:(?<={WORD})(?!{WORD})|(?<!{WORD})(?={WORD}))"
_INSIDE = f"(?:(?<={WORD})(?={WORD})|(?<!{WORD})(?!{WORD}))"
_PLACES: Mapping[Any, str] = {
    sre.AT_BEGINNING: r"(?<![\s\S])", sre.AT_BEGINNING_STRING: r"(?<![\s\S])",
    sre.AT_END: r"(?=\n?(?![\s\S]))", sre.AT_END_STRING: r"(?![\s\S])",
    sre.AT_BOUNDARY: _EDGE, sre.AT_NON_BOUNDARY: _INSIDE,
}  # fmt: skip


def for_browsers(pattern: re.Pattern[str]) -> tuple[str, str]:
    """Return the source and the flags of the same pattern in JavaScript.

    :raise UnsupportedError: when JavaScript has nothing like it
    """
    source, flags = within_for_browsers(pattern)
    return f"^(?:{source})$", flags


def within_for_browsers(pattern: re.Pattern[str]) -> tuple[str, str]:
    """Return the same for a pattern that may match anywhere in a text."""
    flags = "iv" if pattern.flags & re.IGNORECASE else "v"
    return _sequence(_parser.parse(pattern.pattern, pattern.flags)), flags


def _sequence(parts: Any, alike: bool = False) -> str:
    """Return parts one after another; capitals are *alike* small letters where it says so."""
    return "".join(_one(kind, value, alike) for kind, value in parts)


def _one(kind: Any, value: Any, alike: bool) -> str:
    match kind:
        case sre.LITERAL:
            return f"[{_letters(value)}]" if alike else _letter(value)
        case sre.NOT_LITERAL:
            return f"[^{_letter(value)}]"
        case sre.ANY:
            return r"[^\n]"
        case sre.IN:
            return _class(value, alike)
        case sre.BRANCH:
            return f"(?:{'|'.join(_sequence(each, alike) for each in value[1])})"
        case sre.SUBPATTERN:
            inner = _sequence(value[3], alike or bool(value[1] & re.IGNORECASE))
            return f"({inner})" if value[0] else f"(?:{inner})"
        case sre.MAX_REPEAT | sre.MIN_REPEAT:
            return _repeated(value[0], value[1], value[2], alike) + (
                "?" if kind is sre.MIN_REPEAT else ""
            )
        case sre.GROUPREF:
            return rf"(?:\{value})"
        case sre.AT if value in _PLACES:
            return _PLACES[value]
        case sre.ASSERT | sre.ASSERT_NOT:
            side = "" if value[0] > 0 else "<"
            return f"(?{side}{'=' if kind is sre.ASSERT else '!'}{_sequence(value[1], alike)})"
    raise UnsupportedError(message("A browser cannot read this pattern."))


def _repeated(least: int, most: Any, parts: Any, alike: bool) -> str:
    end = "" if most is sre.MAXREPEAT else int(most)
    return f"(?:{_sequence(parts, alike)}){{{least},{end}}}"


def _class(members: Sequence[tuple[Any, Any]], alike: bool) -> str:
    negated = members[0][0] is sre.NEGATE
    inner = "".join(_member(*member, alike) for member in members[negated:])
    return f"[{'^' if negated else ''}{inner}]"


def _member(kind: Any, value: Any, alike: bool) -> str:
    if kind is sre.RANGE:
        return f"{_letter(value[0])}-{_letter(value[1])}"
    if kind is sre.CATEGORY:
        return _CATEGORIES[value]
    return _letters(value) if alike else _letter(value)


def _letters(code: int) -> str:
    """Return a letter, small and as a capital."""
    both = {chr(code), chr(code).lower(), chr(code).upper()}
    return "".join(_letter(ord(each)) for each in sorted(both) if len(each) == 1)


def _letter(code: int) -> str:
    letter = chr(code)
    plain = letter.isascii() and letter.isalnum()
    return letter if plain else f"\\u{{{code:x}}}"
