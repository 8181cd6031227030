"""Choosing among choices by a filter, with what is the same for all of them looked at once.

Most filters compare one column with one answer: ``district = ${district}``, ``name != ${org}``
or ``selected(${needs}, name)``. All others are asked anew for each choice.
"""

from collections.abc import Callable, Sequence
from typing import Any

from surveys.definition import Choice
from surveys.expressions.compiling import Combine, Scope, compile_node
from surveys.expressions.functions import FUNCTIONS
from surveys.expressions.syntax import Call, Node, Number, Operation, Path, Reference, Text
from surveys.expressions.values import equal, unequal

Sift = Callable[[Any, Sequence[Choice]], list[Choice]]
COMPARED = {"=": equal, "!=": unequal}


def sift(node: Node, scope: Scope) -> Sift | None:
    """Return what lets those choices through that fit, if the filter is one of these."""
    match node:
        case Operation(("=" | "!=") as operator, (one, Path((column,)))):
            return _sift(one, column, COMPARED[operator], scope)
        case Operation(("=" | "!=") as operator, (Path((column,)), one)):
            return _sift(one, column, COMPARED[operator], scope)
        case Call("selected", (one, Path((column,)))):
            return _sift(one, column, FUNCTIONS["selected"].compute, scope)
    return None


def column_of(choice: Choice, column: str) -> str:
    return choice.name if column == "name" else choice.attributes.get(column, "")


def _sift(one: Node, column: str, fits: Combine, scope: Scope) -> Sift | None:
    if not isinstance(one, Reference | Text | Number) or column in (".", ".."):
        return None
    answer = compile_node(one, scope)

    def passing(turn: Any, choices: Sequence[Choice]) -> list[Choice]:
        value = answer(turn)
        return [each for each in choices if fits(value, column_of(each, column))]

    return passing
