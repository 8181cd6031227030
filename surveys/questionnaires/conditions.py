"""Conditions that can be told on paper: which answers lead to a question."""

from surveys.expressions.parsing import parse
from surveys.expressions.syntax import (
    Call,
    ExpressionError,
    Node,
    Number,
    Operation,
    Reference,
    Text,
)

Wanted = tuple[str, tuple[str, ...]]  # a question, and the choices of which one is needed
SEVERAL = ("",)  # instead of choices: more than one, whichever they are


def simply(condition: str) -> list[Wanted] | None:
    """Return what must all have been answered; no choices mean: anything.

    ``None`` when the condition is not of this kind; then paper can only say that there is one.
    """
    try:
        return _all(parse(condition))
    except ExpressionError:
        return None


def _all(node: Node) -> list[Wanted] | None:
    if isinstance(node, Operation) and node.operator == "and":
        parts = [_all(each) for each in node.operands]
        return None if None in parts else [want for part in parts if part for want in part]
    wanted = _one(node)
    return [wanted] if wanted else None


def _one(node: Node) -> Wanted | None:
    match node:
        case Operation(operator="or", operands=operands):
            return _either([_one(each) for each in operands])
        case Operation(operator="=", operands=(Reference(name=name), Text(value=choice))):
            return (name, (choice,)) if choice else None
        case Call(name="selected", arguments=(Reference(name=name), Text(value=choice))):
            return name, (choice,)
        case Operation(operator="!=", operands=(Reference(name=name), Text(value=""))):
            return name, ()
        case Operation(
            operator=">",
            operands=(
                Call(name="count-selected", arguments=(Reference(name=name),)),
                Number(value=number),
            ),
        ) if number in (0, 1):
            return name, SEVERAL if number else ()
    return None


def _either(parts: list[Wanted | None]) -> Wanted | None:
    """Join alternatives that look at the same question."""
    known = [part for part in parts if part]
    names = {name for name, _ in known}
    is_told = all(some and some != SEVERAL for _, some in known)
    if len(known) != len(parts) or len(names) != 1 or not is_told:
        return None
    return names.pop(), tuple(dict.fromkeys(each for _, some in known for each in some))
