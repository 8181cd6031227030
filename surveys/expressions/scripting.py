"""Expressions for the device: the tree as JSON, which ``static/js/offline`` computes alike.

A number and a text stand for themselves. Everything else is a list: what it is, and what
belongs to it, as in ``["+", 1, ["$", "age"]]`` and ``["round()", ["$", "wage"], 2]``.
"""

from typing import Any

from core.errors import message
from surveys.expressions import patterns, translating
from surveys.expressions.syntax import (
    Call,
    Negation,
    Node,
    Number,
    Operation,
    Path,
    Reference,
    Text,
    UnsupportedError,
)

Json = Any


def to_json(node: Node) -> Json:
    """Return the tree below *node* as plain data.

    :raise UnsupportedError: when a browser could not compute it
    """
    match node:
        case Number(value) | Text(value):
            return value
        case Reference(name):
            return ["$", name]
        case Path(steps):
            return ["/", *steps]
        case Negation(operand):
            return ["neg", to_json(operand)]
        case Operation(operator, operands):
            return [operator, *map(to_json, operands)]
        case Call("regex", (text, form)):
            return ["matches", to_json(text), *_pattern(form)]
        case Call(name, arguments):
            return [f"{name}()", *map(to_json, arguments)]


def _pattern(form: Node) -> tuple[str | None, str]:
    """Return a pattern as JavaScript spells it, and its flags; none lets everything pass."""
    if not isinstance(form, Text):
        raise UnsupportedError(message("A pattern must stand in quotes to be used offline."))
    try:
        compiled = patterns.pattern(form.value)
    except UnsupportedError:
        return None, ""
    return translating.for_browsers(compiled)
