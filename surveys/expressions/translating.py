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
    flags = "iv" if pattern.flags & re.IGNORECASE else "v"
    return f"^(?:{_sequence(_parser.parse(pattern.pattern, pattern.flags))})$", flags


def _sequence(parts: Any) -> str:
    return "".join(_one(kind, value) for kind, value in parts)


def _one(kind: Any, value: Any) -> str:
    match kind:
        case sre.LITERAL:
            return _letter(value)
        case sre.NOT_LITERAL:
            return f"[^{_letter(value)}]"
        case sre.ANY:
            return r"[^\n]"
        case sre.IN:
            return _class(value)
        case sre.BRANCH:
            return f"(?:{'|'.join(map(_sequence, value[1]))})"
        case sre.SUBPATTERN:
            return f"({_sequence(value[3])})" if value[0] else f"(?:{_sequence(value[3])})"
        case sre.MAX_REPEAT | sre.MIN_REPEAT:
            return _repeated(*value) + ("?" if kind is sre.MIN_REPEAT else "")
        case sre.GROUPREF:
            return rf"(?:\{value})"
        case sre.AT if value in _PLACES:
            return _PLACES[value]
        case sre.ASSERT | sre.ASSERT_NOT:
            side = "" if value[0] > 0 else "<"
            return f"(?{side}{'=' if kind is sre.ASSERT else '!'}{_sequence(value[1])})"
    raise UnsupportedError(message("A browser cannot read this pattern."))


def _repeated(least: int, most: Any, parts: Any) -> str:
    end = "" if most is sre.MAXREPEAT else int(most)
    return f"(?:{_sequence(parts)}){{{least},{end}}}"


def _class(members: Sequence[tuple[Any, Any]]) -> str:
    negated = members[0][0] is sre.NEGATE
    inner = "".join(_member(*member) for member in members[negated:])
    return f"[{'^' if negated else ''}{inner}]"


def _member(kind: Any, value: Any) -> str:
    if kind is sre.RANGE:
        return f"{_letter(value[0])}-{_letter(value[1])}"
    return _CATEGORIES[value] if kind is sre.CATEGORY else _letter(value)


def _letter(code: int) -> str:
    letter = chr(code)
    plain = letter.isascii() and letter.isalnum()
    return letter if plain else f"\\u{{{code:x}}}"
