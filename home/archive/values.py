"""Values of columns as they stand in an archive, and read from one that anybody made."""

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum as PlainEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Enum,
    Float,
    Integer,
    Numeric,
    String,
    Time,
)

from core.json import no_constant, texts_in
from core.models import Base, UtcDateTime

LARGEST, LARGEST_BIG = 2**31 - 1, 2**63 - 1
LONGEST = 1_000_000  # characters of a text
KINDS: Mapping[Any, type] = {dict: dict, Mapping: dict, list: list}
DOUBTFUL = re.compile(rb"\\u(?:0000|d[89a-f])", re.IGNORECASE)  # no character, or half of one


def line_of(row: dict[str, object]) -> bytes:
    """Return a row as a line of JSON."""
    text = json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return f"{text}\n".encode()


def parsed(line: bytes) -> dict[str, Any]:
    """Return the row of a line.

    :raise ValueError: when it is none, or holds what no database does
    """
    try:
        row = json.loads(line, parse_constant=no_constant, parse_float=_finite)
    except RecursionError as error:
        raise ValueError from error
    if not isinstance(row, dict):
        raise ValueError
    if DOUBTFUL.search(line):
        for text in texts_in(row):
            if "\0" in text:
                raise ValueError
            text.encode()  # half of a pair is no character
    return row


def written(value: object) -> object:
    """Return a value of a column as JSON has it."""
    match value:
        case PlainEnum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date() | time():
            return value.isoformat()
        case Decimal():
            return str(value)
        case _:
            return value


def read(column: Column[Any], value: object) -> object:
    """Return a value from an archive as its column takes it.

    :raise ValueError: when it does not fit
    """
    if value is None:
        if not column.nullable and not isinstance(column.type, JSON):
            raise ValueError
        return None
    kind = column.type
    match kind, value:
        case UtcDateTime(), str() if (when := datetime.fromisoformat(value)).tzinfo:
            _in_our_time(when)
            return when.astimezone(UTC)
        case Date(), str():
            return _in_our_time(date.fromisoformat(value))
        case Time(), str():
            return time.fromisoformat(value)
        case Boolean(), bool():
            return value
        case BigInteger(), int() if not isinstance(value, bool) and abs(value) <= LARGEST_BIG:
            return value
        case Integer(), int() if not isinstance(value, bool) and abs(value) <= LARGEST:
            return value
        case Float(), float() | int() if not isinstance(value, bool):
            return float(value)
        case Numeric(), str():
            return _number(value)
        case Enum(), str():
            return kind.enum_class(value) if kind.enum_class else _one_of(kind.enums, value)
        case String(), str() if len(value) <= (kind.length or LONGEST):
            return value
        case JSON(), _ if isinstance(value, _document(column)):
            return value
    raise ValueError


@cache
def _document(column: Column[Any]) -> type:
    """Return what a document in a column is, as its model says: or object for any."""
    for mapper in Base.registry.mappers:
        if column.table in mapper.tables and column.name in mapper.columns:
            kinds = (kind for each in mapper.class_.__mro__ for kind in _said_of(each, column))
            return _kind_of(next(kinds, None))
    return object


def _said_of(model: type, column: Column[Any]) -> list[Any]:
    return [*get_args(vars(model).get("__annotations__", {}).get(column.name))]


def _kind_of(said: Any) -> type:
    """Return the kind of document that an annotation means, be it that there may be none."""
    some = get_args(said) if get_origin(said) in (UnionType, Union) else [said]
    kinds = {KINDS.get(get_origin(each)) for each in some} - {None}
    return kinds.pop() or object if len(kinds) == 1 else object


def _number(value: str) -> Decimal:
    number = Decimal(value) if len(value) < 50 else Decimal("NaN")
    if not number.is_finite():
        raise ValueError
    return number


def _one_of(known: list[str], value: str) -> str:
    if value not in known:
        raise ValueError
    return value


def _in_our_time(day: date) -> date:
    """Return a day that has a day before and after it, in whatever zone it is read."""
    if not date.min.year < day.year < date.max.year:
        raise ValueError
    return day


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError
    return number
