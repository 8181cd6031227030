"""From tokens to a tree, by recursive descent with one level per precedence."""

from collections.abc import Iterator
from contextlib import contextmanager
from math import isinf

from core.errors import message
from surveys.expressions.syntax import (
    LEVELS,
    Call,
    ExpressionError,
    Negation,
    Node,
    Number,
    Operation,
    Path,
    Reference,
    Text,
)
from surveys.expressions.tokens import Token, straighten, tokens

DEEPEST = 60  # brackets and calls within each other; no form comes near it


def parse(text: str) -> Node:
    """Return the tree of an expression; crooked quotes are read as straight ones.

    :raise ExpressionError: when the text is no expression
    """
    return _Parser(straighten(text)).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = list(tokens(text))
        self._next = 0
        self._depth = 0

    @property
    def _here(self) -> Token:
        return self._tokens[self._next]

    def whole(self) -> Node:
        node = self._expression()
        if self._here.kind != "end":
            raise self._surprise()
        return node

    def _expression(self, least: int = 1) -> Node:
        with self._deeper():
            left = self._unary()
            links = 0
            while (operator := self._operator()) and LEVELS[operator] >= least:
                left = self._chain(left, operator)
                links += 1
                if links > 2 * DEEPEST:
                    raise self._too_deep()
            return left

    def _chain(self, first: Node, operator: str) -> Node:
        """Read on while the same operator follows: ``a + b + c`` is one operation."""
        operands = [first]
        while self._operator() == operator:
            self._next += 1
            operands.append(self._expression(LEVELS[operator] + 1))
        return Operation(operator, tuple(operands))

    def _operator(self) -> str:
        """The binary operator that comes next; a name in this place is one or an error."""
        token = self._here
        is_operator = token.kind in ("operator", "name") and token.value in LEVELS
        return token.value if is_operator else ""

    def _unary(self) -> Node:
        if not self._take("-"):
            return self._primary()
        with self._deeper():
            return Negation(self._unary())

    def _primary(self) -> Node:
        token = self._here
        if token.kind == "end":
            raise ExpressionError(message("The expression ends too early."), token.position)
        self._next += 1
        match token.kind:
            case "number":
                return self._number(token)
            case "text":
                return Text(token.value)
            case "reference":
                return Reference(token.value)
            case "name" if self._take("("):
                return Call(token.value, self._arguments())
        if token.value == "(":
            node = self._expression()
            self._expect(")")
            return node
        self._next -= 1
        return self._path()

    def _number(self, token: Token) -> Node:
        value = float(token.value)
        if isinf(value):
            raise ExpressionError(message("This number is too large."), token.position)
        return Number(value)

    def _arguments(self) -> tuple[Node, ...]:
        if self._take(")"):
            return ()
        arguments = [self._expression()]
        while self._take(","):
            arguments.append(self._expression())
        self._expect(")")
        return tuple(arguments)

    def _path(self) -> Node:
        steps = [""] if self._take("/") else []
        steps.append(self._step())
        while self._take("/"):
            steps.append(self._step())
        return Path(tuple(steps))

    def _step(self) -> str:
        token = self._here
        if (token.kind != "name" and token.value not in (".", "..")) or token.kind == "text":
            raise self._surprise()
        self._next += 1
        return token.value

    def _take(self, sign: str) -> bool:
        taken = self._here.kind == "operator" and self._here.value == sign
        self._next += taken
        return taken

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise ExpressionError(
                message("Here a “%(sign)s” is missing."), self._here.position, sign=sign
            )

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self._depth += 1
        if self._depth > 2 * DEEPEST:
            raise self._too_deep()
        yield
        self._depth -= 1

    def _too_deep(self) -> ExpressionError:
        return ExpressionError(message("The expression is nested too deeply."))

    def _surprise(self) -> ExpressionError:
        token = self._here
        if token.kind == "end":
            return ExpressionError(message("The expression ends too early."), token.position)
        return ExpressionError(
            message("“%(found)s” is not expected here."), token.position, found=token.value
        )
