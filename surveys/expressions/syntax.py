"""The tree of an expression: XPath 1.0 as far as forms use it.

Sources of the grammar: XPath 1.0 (https://www.w3.org/TR/1999/REC-xpath-19991116, §3) and the
ODK XForms specification (https://getodk.github.io/xforms-spec/#xpath-functions).
"""

from collections.abc import Iterator
from dataclasses import dataclass

LEVELS = {
    "or": 1,
    "and": 2,
    "=": 3, "!=": 3,
    "<": 4, "<=": 4, ">": 4, ">=": 4,
    "+": 5, "-": 5,
    "*": 6, "div": 6, "mod": 6,
}  # fmt: skip


class ExpressionError(Exception):
    """A text is no expression, or one that cannot be computed here.

    *message* is meant for the translators, *values* fill its placeholders; *position* is
    where in the text it went wrong, when that is known.
    """

    def __init__(self, message: str, position: int | None = None, **values: object) -> None:
        super().__init__(message % values)
        self.message = message
        self.position = position
        self.values = values


class UnsupportedError(ExpressionError):
    """An expression is well formed, but asks for something that is not there."""


@dataclass(frozen=True, slots=True)
class Number:
    value: float


@dataclass(frozen=True, slots=True)
class Text:
    value: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The answer to another question, as in ``${age}``."""

    name: str


@dataclass(frozen=True, slots=True)
class Path:
    """Steps such as ``.``, ``..``, ``name`` or ``../age``; an empty first step is the root."""

    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Negation:
    operand: "Node"


@dataclass(frozen=True, slots=True)
class Operation:
    """Two or more operands with the same operator between them, grouped from the left."""

    operator: str
    operands: tuple["Node", ...]


Node = Number | Text | Reference | Path | Call | Negation | Operation


def walk(node: Node) -> Iterator[Node]:
    """Yield *node* and everything below it."""
    yield node
    match node:
        case Call(arguments=below) | Operation(operands=below):
            for each in below:
                yield from walk(each)
        case Negation(operand=each):
            yield from walk(each)
