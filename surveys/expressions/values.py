"""What expressions compute with, and how one kind of value becomes another.

A value is a text, a number, a truth, or the values of several nodes (a tuple). Empty answers
are empty texts. Rules: XPath 1.0 §3.4 (comparing), §4.2–4.4 (converting); a date is a text in
ISO form that counts as days since 1970 wherever a number is needed (ODK XForms, "date").
"""

import re
from math import floor, isinf, isnan, nan

from surveys.expressions.dates import days

Scalar = str | float | bool
Value = Scalar | tuple[Scalar, ...]

_NUMBER = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*\Z")


def first(value: Value) -> Scalar:
    """Return the first of several nodes, or an empty text when there is none."""
    if isinstance(value, tuple):
        return value[0] if value else ""
    return value


def many(value: Value) -> tuple[Scalar, ...]:
    return value if isinstance(value, tuple) else (value,)


def to_text(value: Value) -> str:
    value = first(value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isnan(value) or isinf(value):
        return "NaN" if isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if value == floor(value):
        return str(int(value))
    return repr(value) if abs(value) >= 1e-4 else f"{value:.20f}".rstrip("0")


def to_number(value: Value) -> float:
    if type(value) is float:
        return value
    value = first(value)
    if isinstance(value, str):
        if not value:
            return nan
        if _NUMBER.match(value):
            return float(value)
        found = days(value)
        return nan if found is None else found
    return float(value)


def to_truth(value: Value) -> bool:
    if value is True or value is False:
        return value
    if isinstance(value, str | tuple):
        return bool(value)
    return value == value and value != 0


def equal(left: Value, right: Value) -> bool:
    """Compare as XPath does: any node of several, then as truths, numbers or texts."""
    if type(left) is type(right) and type(left) is not tuple:
        return left == right
    if isinstance(left, tuple):
        return any(equal(each, right) for each in left)
    if isinstance(right, tuple):
        return any(equal(left, each) for each in right)
    if isinstance(left, bool) or isinstance(right, bool):
        return to_truth(left) == to_truth(right)
    return to_number(left) == to_number(right)


def unequal(left: Value, right: Value) -> bool:
    """Among several nodes any that differs is enough; this is not the opposite of equal."""
    if type(left) is type(right) and type(left) is not tuple:
        return left != right
    if isinstance(left, tuple):
        return any(unequal(each, right) for each in left)
    if isinstance(right, tuple):
        return any(unequal(left, each) for each in right)
    return not equal(left, right)
