"""From a tree to a Python closure: compiled once, called for every respondent.

A closure takes the place from which the expression looks (a turn of the form) and returns a
value. What can be seen from there, a :class:`Scope` knows before any answer is given.
"""

import math
import random
import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from core.errors import message
from surveys.expressions.functions import FUNCTIONS
from surveys.expressions.parsing import parse
from surveys.expressions.syntax import (
    Call,
    ExpressionError,
    Negation,
    Node,
    Number,
    Operation,
    Path,
    Reference,
    Text,
    UnsupportedError,
)
from surveys.expressions.values import Value, equal, to_number, to_truth, unequal

Compiled = Callable[[Any], Value]
Combine = Callable[[Value, Value], Value]


class Scope(Protocol):
    """What an expression sees from where it stands in the form."""

    def reference(self, name: str) -> Compiled:
        """The answer to ``${name}``. :raise ExpressionError: when there is no such question"""

    def path(self, steps: tuple[str, ...]) -> Compiled:
        """The value of ``.``, ``../name`` or, in a choice filter, of a column."""

    def position(self, up: int) -> Compiled:
        """The number of the turn of the repeat, or of the one *up* repeats further out."""

    def indexed(self, name: str, turns: list[tuple[str, Compiled]]) -> Compiled:
        """The answer to *name* in the given turns of repeats."""

    def choice_name(self, question: str, value: Compiled) -> Compiled:
        """The label of a choice of *question*."""

    def kept(self) -> Compiled:
        """What the question itself already holds."""

    def moment(self, place: Any) -> datetime:
        """The time at which the form is evaluated, in local time."""


def compiled(text: str, scope: Scope) -> Compiled:
    """Parse and compile an expression.

    :raise ExpressionError: when it is none, or asks for something that is not there
    """
    return compile_node(parse(text), scope)


def compile_node(node: Node, scope: Scope) -> Compiled:
    match node:
        case Number(value) | Text(value):
            return _constant(value)
        case Reference(name):
            return scope.reference(name)
        case Path(steps):
            return scope.path(steps)
        case Negation(operand):
            negated = compile_node(operand, scope)
            return lambda place: -to_number(negated(place))
        case Operation(operator, operands):
            return _operation(operator, [compile_node(each, scope) for each in operands])
        case Call():
            return _call(node, scope)


def _constant(value: Value) -> Compiled:
    return lambda _: value


def _operation(operator: str, operands: list[Compiled]) -> Compiled:
    if operator in ("or", "and"):
        return _all_or_any(operator == "and", operands)
    combine = _BINARY[operator]
    first, second, *others = operands
    if others:
        return _chained(combine, operands)
    return lambda place: combine(first(place), second(place))


def _all_or_any(all_of_them: bool, operands: list[Compiled]) -> Compiled:
    """Look only as far as needed: at the first that decides."""

    def compute(place: Any) -> Value:
        for each in operands:
            if to_truth(each(place)) is not all_of_them:
                return not all_of_them
        return all_of_them

    return compute


def _chained(combine: Combine, operands: list[Compiled]) -> Compiled:
    """Group from the left, as in ``a + b + c``, however long that is."""
    first, *others = operands

    def compute(place: Any) -> Value:
        value = first(place)
        for each in others:
            value = combine(value, each(place))
        return value

    return compute


def _ordered(compare: Callable[[float, float], bool]) -> Combine:
    """Compare by size: as numbers, and among several nodes any that fits (§3.4)."""

    def combine(left: Value, right: Value) -> Value:
        if isinstance(left, tuple):
            return any(combine(each, right) for each in left)
        if isinstance(right, tuple):
            return any(combine(left, each) for each in right)
        return compare(to_number(left), to_number(right))

    return combine


def _divided(left: Value, right: Value) -> Value:
    above, below = to_number(left), to_number(right)
    if below:
        return above / below
    if not above or above != above:
        return math.nan
    return math.copysign(math.inf, above) * math.copysign(1, below)


def _modulo(left: Value, right: Value) -> Value:
    above, below = to_number(left), to_number(right)
    return math.fmod(above, below) if below and math.isfinite(above) else math.nan


_BINARY: dict[str, Combine] = {
    "=": equal,
    "!=": unequal,
    "<": _ordered(lambda left, right: left < right),
    "<=": _ordered(lambda left, right: left <= right),
    ">": _ordered(lambda left, right: left > right),
    ">=": _ordered(lambda left, right: left >= right),
    "+": lambda left, right: to_number(left) + to_number(right),
    "-": lambda left, right: to_number(left) - to_number(right),
    "*": lambda left, right: to_number(left) * to_number(right),
    "div": _divided,
    "mod": _modulo,
}


def _call(call: Call, scope: Scope) -> Compiled:
    if form := _FORMS.get(call.name):
        least, most, build = form
        _check_number(call, least, most)
        return build(call.arguments, scope)
    function = FUNCTIONS.get(call.name)
    if not function:
        raise UnsupportedError(
            message("The function %(name)s() is not supported."), name=call.name
        )
    _check_number(call, function.least, function.most)
    return _applied(function.compute, [compile_node(each, scope) for each in call.arguments])


def _applied(compute: Callable[..., Value], arguments: list[Compiled]) -> Compiled:
    if len(arguments) == 1:
        (only,) = arguments
        return lambda place: compute(only(place))
    if len(arguments) == 2:
        first, second = arguments
        return lambda place: compute(first(place), second(place))
    return lambda place: compute(*[each(place) for each in arguments])


def _check_number(call: Call, least: int, most: int) -> None:
    if not least <= len(call.arguments) <= most:
        raise ExpressionError(
            message("The function %(name)s() takes another number of values than %(number)s."),
            name=call.name,
            number=len(call.arguments),
        )


# Functions that depend on where they stand, or do not look at all their arguments.


def _if(arguments: tuple[Node, ...], scope: Scope) -> Compiled:
    test, then, otherwise = (compile_node(each, scope) for each in arguments)
    return lambda place: then(place) if to_truth(test(place)) else otherwise(place)


def _coalesce(arguments: tuple[Node, ...], scope: Scope) -> Compiled:
    *earlier, last = [compile_node(each, scope) for each in arguments]

    def compute(place: Any) -> Value:
        for each in earlier:
            if (value := each(place)) not in ("", ()):
                return value
        return last(place)

    return compute


def _once(arguments: tuple[Node, ...], scope: Scope) -> Compiled:
    kept, fresh = scope.kept(), compile_node(arguments[0], scope)
    return lambda place: kept(place) or fresh(place)


def _position(arguments: tuple[Node, ...], scope: Scope) -> Compiled:
    match arguments:
        case (Path(steps),) if set(steps) <= {".", ".."}:
            return scope.position(max(0, steps.count("..") - 1))
        case (Reference(),) | ():
            return scope.position(0)
    raise UnsupportedError(message("position() is supported as position(..) only."))


def _indexed_repeat(arguments: tuple[Node, ...], scope: Scope) -> Compiled:
    names = [
        each.name for each in (arguments[0], *arguments[1::2]) if isinstance(each, Reference)
    ]
    if len(arguments) % 2 == 0 or len(names) != 1 + len(arguments) // 2:
        raise ExpressionError(
            message("indexed-repeat() takes ${question}, ${repeat} and a number.")
        )
    indexes = [compile_node(each, scope) for each in arguments[2::2]]
    return scope.indexed(names[0], list(zip(names[1:], indexes, strict=True)))


def _choice_name(arguments: tuple[Node, ...], scope: Scope) -> Compiled:
    match arguments[1]:
        case Reference(name):
            question = name
        case Text(value) if value.strip().startswith("${"):
            question = value.strip()[2:-1].strip()
        case _:
            raise ExpressionError(
                message("jr:choice-name() takes a value and a question in quotes: '${name}'.")
            )
    return scope.choice_name(question, compile_node(arguments[0], scope))


def _today(_: tuple[Node, ...], scope: Scope) -> Compiled:
    return lambda place: scope.moment(place).date().isoformat()


def _now(_: tuple[Node, ...], scope: Scope) -> Compiled:
    return lambda place: scope.moment(place).isoformat(timespec="milliseconds")


def _random(_: tuple[Node, ...], __: Scope) -> Compiled:
    source = random.SystemRandom()
    return lambda place: source.random()


def _uuid(_: tuple[Node, ...], __: Scope) -> Compiled:
    return lambda place: str(uuid.uuid4())


Form = tuple[int, int, Callable[[tuple[Node, ...], Scope], Compiled]]
_FORMS: dict[str, Form] = {
    "if": (3, 3, _if),
    "coalesce": (1, 1000, _coalesce),
    "once": (1, 1, _once),
    "position": (0, 1, _position),
    "indexed-repeat": (3, 7, _indexed_repeat),
    "jr:choice-name": (2, 2, _choice_name),
    "today": (0, 0, _today),
    "now": (0, 0, _now),
    "random": (0, 0, _random),
    "uuid": (0, 1, _uuid),
}
NAMES = frozenset(FUNCTIONS) | frozenset(_FORMS)
