"""From text to tokens (XPath 1.0 §3.7), and the repair of what word processors do to quotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from core.errors import message
from surveys.expressions.syntax import ExpressionError

Kind = Literal["number", "text", "reference", "name", "operator", "end"]

_NAME = r"[^\W\d][\w.\-]*"
_TOKEN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<reference>\$\{{\s*[^{{}}$\s][^{{}}$]*\}})
    |(?P<name>{_NAME}(?::{_NAME})?)
    |(?P<operator>!=|<=|>=|\.\.|[-+*/=<>(),.])""",
    re.VERBOSE,
)
_SINGLE = "‘’‚‛`´′"
_DOUBLE = "“”„‟″«»"
_CROOKED = re.compile(
    rf"""(?P<keep>"[^"]*"|'[^']*'|\$\{{[^{{}}]*\}})
    |['{_SINGLE}](?P<single>[^'{_SINGLE}]*)['{_SINGLE}]
    |["{_DOUBLE}](?P<double>[^"{_DOUBLE}]*)["{_DOUBLE}]
    |(?P<minus>[−–])""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    value: str
    position: int


def straighten(text: str) -> str:
    """Replace typographic quotes and dashes that stand for plain ones.

    Inside a properly quoted text they are left alone, as in ``'Don’t know'``.
    """
    return _CROOKED.sub(_straight, text)


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of *text*, at last one of the kind ``end``.

    :raise ExpressionError: at the first character that begins no token
    """
    position = 0
    while position < len(text):
        found = _TOKEN.match(text, position)
        if not found:
            raise _stranger(text, position)
        if found.lastgroup != "space":
            yield _token(found)
        position = found.end()
    yield Token("end", "", position)


def _token(found: re.Match[str]) -> Token:
    value = found[0]
    match found.lastgroup:
        case "text":
            return Token("text", value[1:-1], found.start())
        case "reference":
            return Token("reference", value[2:-1].strip(), found.start())
        case "number":
            return Token("number", value, found.start())
        case "name":
            return Token("name", value, found.start())
    return Token("operator", value, found.start())


def _straight(found: re.Match[str]) -> str:
    if found["single"] is not None:
        return f"'{found['single']}'"
    if found["double"] is not None:
        return f'"{found["double"]}"'
    return "-" if found["minus"] else found[0]


def _stranger(text: str, position: int) -> ExpressionError:
    character = text[position]
    if character in "'\"" + _SINGLE + _DOUBLE:
        return ExpressionError(message("A quotation mark is not closed."), position)
    if character == "$":
        return ExpressionError(message("A name after $ stands in braces: ${name}."), position)
    return ExpressionError(
        message("“%(character)s” has no meaning here."), position, character=character
    )
