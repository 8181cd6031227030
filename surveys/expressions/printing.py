"""From a tree back to text, with as few brackets as it takes to read it back the same."""

from decimal import Decimal

from surveys.expressions.syntax import (
    LEVELS,
    Call,
    Negation,
    Node,
    Number,
    Operation,
    Path,
    Reference,
    Text,
)


def to_text(node: Node) -> str:
    """Return the expression that *node* was read from, in its plainest spelling."""
    match node:
        case Number(value):
            plain = format(Decimal(repr(value)), "f")
            return plain.removesuffix(".0")
        case Text(value):
            return f'"{value}"' if "'" in value else f"'{value}'"
        case Reference(name):
            return f"${{{name}}}"
        case Path(steps):
            return "/".join(steps)
        case Call(name, arguments):
            return f"{name}({', '.join(map(to_text, arguments))})"
        case Negation(operand):
            return f"-{_bracketed(operand, isinstance(operand, Operation))}"
        case Operation(operator, operands):
            first, *others = operands
            parts = [_first(first, operator)]
            parts += [_bracketed(each, _binds_less(each, operator)) for each in others]
            return f" {operator} ".join(parts)


def _first(node: Node, operator: str) -> str:
    """The leftmost operand of the same level needs no brackets, unless it would melt in."""
    if not isinstance(node, Operation):
        return to_text(node)
    melts = node.operator == operator
    return _bracketed(node, melts or LEVELS[node.operator] < LEVELS[operator])


def _binds_less(node: Node, operator: str) -> bool:
    return isinstance(node, Operation) and LEVELS[node.operator] <= LEVELS[operator]


def _bracketed(node: Node, needed: bool) -> str:
    return f"({to_text(node)})" if needed else to_text(node)
