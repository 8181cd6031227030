"""The functions of XLSForm that compute from their arguments alone.

Meaning: XPath 1.0 §4 and the ODK XForms specification; where the two differ, ODK, and where
its clients differ, JavaRosa, which most forms were tested with. Functions that depend on where
they stand, as ``position`` does, are in ``surveys.expressions.compiling``.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from surveys.expressions import dates, patterns
from surveys.expressions.values import Value, first, many, to_number, to_text, to_truth

ANY = 1000
PRECISE = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Function:
    compute: Callable[..., Value]
    least: int
    most: int


def _words(value: Value) -> list[str]:
    """What is selected: choices of select_multiple are parted by blanks."""
    return to_text(value).split()


def _selected_at(value: Value, index: Value) -> Value:
    words, place = _words(value), to_number(index)
    return words[int(place)] if 0 <= place < len(words) else ""


def _flat(values: tuple[Value, ...]) -> list[Value]:
    return [each for value in values for each in many(value)]


def _join(separator: Value, *values: Value) -> Value:
    return to_text(separator).join(map(to_text, _flat(values)))


def _numbers(values: tuple[Value, ...]) -> list[float]:
    """The numbers among the values; JavaRosa leaves out what is none, as empty answers."""
    return [each for each in map(to_number, _flat(values)) if each == each]


def _sum(*values: Value) -> Value:
    numbers = _numbers(values)
    finite = all(map(math.isfinite, numbers))
    return math.fsum(numbers) if finite else sum(numbers)


def _integer(value: Value) -> Value:
    number = to_number(value)
    return float(math.trunc(number)) if math.isfinite(number) else number


def _round(value: Value, places: Value = 0.0) -> Value:
    number, digits = to_number(value), to_number(places)
    if not math.isfinite(number) or not abs(digits) <= 20:
        return number
    step = Decimal(1).scaleb(-int(digits))
    return (
        float(Decimal(repr(number)).quantize(step, ROUND_HALF_UP, PRECISE))
        if abs(number) < 1e15
        else number
    )


def _power(base: Value, exponent: Value) -> Value:
    try:
        result = to_number(base) ** to_number(exponent)
    except (OverflowError, ZeroDivisionError):
        return math.nan
    return result if isinstance(result, float) else math.nan


def _math(function: Callable[..., float]) -> Callable[..., Value]:
    def compute(*values: Value) -> Value:
        try:
            return function(*map(to_number, values))
        except (ValueError, OverflowError):
            return math.nan

    return compute


def _substr(value: Value, start: Value, end: Value = math.inf) -> Value:
    """From *start* up to before *end*, counted from 0, or from the end when negative."""
    text, ends = to_text(value), to_number(end)
    begins = to_number(start)
    if begins != begins or ends != ends:
        return ""
    return text[_place(begins, len(text)) : _place(ends, len(text))]


def _place(number: float, length: int) -> int:
    return int(max(0, min(length, number + length if number < 0 else number)))


def _before(value: Value, mark: Value) -> Value:
    text, sign, _ = to_text(value).partition(to_text(mark)) if to_text(mark) else ("", "", "")
    return text if sign else ""


def _after(value: Value, mark: Value) -> Value:
    return to_text(value).partition(to_text(mark))[2] if to_text(mark) else to_text(value)


def _translate(value: Value, olds: Value, news: Value) -> Value:
    old, new = to_text(olds), to_text(news)
    table: dict[int, str | None] = {}
    for place, letter in enumerate(old):
        table.setdefault(ord(letter), new[place] if place < len(new) else None)
    return to_text(value).translate(table)


def _date(value: Value) -> Value:
    """A date from days since 1970, or from its own text; empty when it is none."""
    value = first(value)
    when = dates.moment(value) if isinstance(value, str) else None
    when = when or dates.from_days(to_number(value))
    return when.date().isoformat() if when else ""


def _date_time(value: Value) -> Value:
    value = first(value)
    if isinstance(value, str) and dates.moment(value):
        return value
    when = dates.from_days(to_number(value))
    return dates.iso(when) if when else ""


def _format_date(value: Value, pattern: Value) -> Value:
    when = dates.moment(to_text(value)) or dates.from_days(to_number(value))
    return dates.written(when, to_text(pattern)) if when else ""


def _decimal_time(value: Value) -> Value:
    part = dates.part_of_day(to_text(value))
    return math.nan if part is None else part


def _checklist(least: Value, most: Value, *values: Value) -> Value:
    high = to_number(most)
    number = sum(map(to_truth, values))
    return number >= to_number(least) and (high < 0 or number <= high)


FUNCTIONS: dict[str, Function] = {
    # what was chosen
    "selected": Function(lambda value, name: to_text(name).strip() in _words(value), 2, 2),
    "selected-at": Function(_selected_at, 2, 2),
    "count-selected": Function(lambda value: float(len(_words(value))), 1, 1),
    "jr:itext": Function(to_text, 1, 1),
    # several nodes
    "count": Function(lambda value: float(len(many(value))), 1, 1),
    "count-non-empty": Function(
        lambda value: float(sum(1 for each in many(value) if to_text(each))), 1, 1
    ),
    "sum": Function(_sum, 1, ANY),
    "min": Function(lambda *values: min(_numbers(values), default=math.nan), 1, ANY),
    "max": Function(lambda *values: max(_numbers(values), default=math.nan), 1, ANY),
    "join": Function(_join, 1, ANY),
    # truths
    "not": Function(lambda value: not to_truth(value), 1, 1),
    "true": Function(lambda: True, 0, 0),
    "false": Function(lambda: False, 0, 0),
    "boolean": Function(to_truth, 1, 1),
    "boolean-from-string": Function(lambda value: to_text(value) in ("1", "true"), 1, 1),
    "checklist": Function(_checklist, 3, ANY),
    # numbers
    "number": Function(to_number, 1, 1),
    "int": Function(_integer, 1, 1),
    "round": Function(_round, 1, 2),
    "floor": Function(_math(lambda number: float(math.floor(number))), 1, 1),
    "ceiling": Function(_math(lambda number: float(math.ceil(number))), 1, 1),
    "abs": Function(_math(abs), 1, 1),
    "pow": Function(_power, 2, 2),
    "pi": Function(lambda: math.pi, 0, 0),
    "exp": Function(_math(math.exp), 1, 1),
    "exp10": Function(lambda value: _power(10.0, value), 1, 1),
    "log": Function(_math(math.log), 1, 1),
    "log10": Function(_math(math.log10), 1, 1),
    "sqrt": Function(_math(math.sqrt), 1, 1),
    "sin": Function(_math(math.sin), 1, 1),
    "cos": Function(_math(math.cos), 1, 1),
    "tan": Function(_math(math.tan), 1, 1),
    "asin": Function(_math(math.asin), 1, 1),
    "acos": Function(_math(math.acos), 1, 1),
    "atan": Function(_math(math.atan), 1, 1),
    "atan2": Function(_math(math.atan2), 2, 2),
    # texts
    "string": Function(to_text, 1, 1),
    "concat": Function(lambda *values: _join("", *values), 0, ANY),
    "string-length": Function(lambda value: float(len(to_text(value))), 1, 1),
    "contains": Function(lambda value, part: to_text(part) in to_text(value), 2, 2),
    "starts-with": Function(lambda value, part: to_text(value).startswith(to_text(part)), 2, 2),
    "ends-with": Function(lambda value, part: to_text(value).endswith(to_text(part)), 2, 2),
    "substr": Function(_substr, 2, 3),
    "substring-before": Function(_before, 2, 2),
    "substring-after": Function(_after, 2, 2),
    "translate": Function(_translate, 3, 3),
    "normalize-space": Function(lambda value: " ".join(to_text(value).split()), 1, 1),
    "regex": Function(lambda text, form: patterns.matches(to_text(text), to_text(form)), 2, 2),
    # dates
    "date": Function(_date, 1, 1),
    "date-time": Function(_date_time, 1, 1),
    "format-date": Function(_format_date, 2, 2),
    "format-date-time": Function(_format_date, 2, 2),
    "decimal-date-time": Function(to_number, 1, 1),
    "decimal-time": Function(_decimal_time, 1, 1),
}
