"""Whether a kept check that comes from elsewhere is one: it is shown as it stands.

Its sentences are filled in and its answers are read again whenever somebody looks. So what
could not be shown, or would take a page down, is none.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from agency.funding.checking import State

MOST, LONGEST = 2_000, 5_000  # results or reasons, and characters of a text
DIGITS = 15  # of an amount; nothing is funded with more
PLACES = re.compile(r"%\((\w{1,40})\)s")
TEXTS = ("code", "name", "funder", "kind", "source")
ANSWERS = ("legal_form", "place")
LISTS = ("themes", "met")
STATES = {*State}


def receive(answers: object, results: object) -> None:
    """See to it that a check can be shown.

    :raise ValueError: when it cannot
    """
    _answers(_dict(answers))
    for each in _list(results):
        _result(_dict(each))


def _answers(said: dict[str, Any]) -> None:
    _all(_text, (said.get(name, "") for name in ANSWERS))
    for name in LISTS:
        _all(_text, _list(said.get(name, [])))
    if said.get("gets") is not None:
        _all(_text, _list(said["gets"]))
    for name in ("amount", "own"):
        if said.get(name) is not None:
            _number(said[name])
    if said.get("start"):
        _day(said["start"])
    months = said.get("months")
    if months is not None and (isinstance(months, bool) or not isinstance(months, int)):
        raise ValueError
    people = _dict(said.get("people", {}))
    _all(_text, [*people, *people.values()])


def _result(result: dict[str, Any]) -> None:
    _all(_text, (result[name] for name in TEXTS))
    if result["state"] not in STATES or not isinstance(result["is_old"], bool):
        raise ValueError
    for each in _list(result["reasons"]):
        _reason(_dict(each))


def _reason(reason: dict[str, Any]) -> None:
    _all(_text, (reason["source"], reason["sentence"]))
    if reason["state"] not in STATES:
        raise ValueError
    if "text" not in reason:
        return
    text, values = _text(reason["text"]), _dict(reason["values"])
    if "%" in PLACES.sub("", text).replace("%%", "") or {*PLACES.findall(text)} - {*values}:
        raise ValueError
    for name, value in values.items():
        _text(name)
        _value(value)


def _value(value: object) -> None:
    match value:
        case {"decimal": number}:
            _number(number)
        case {"date": day}:
            _day(day)
        case {"words": words}:
            _all(_text, _list(words))
        case {"texts": texts}:
            said = _dict(texts)
            _all(_text, [*said, *said.values()])
        case str():
            _text(value)
        case bool() | int() | None if abs(value or 0) < 10**DIGITS:
            pass
        case _:
            raise ValueError


def _all(check: Callable[[object], object], some: Iterable[object]) -> None:
    for each in some:
        check(each)


def _dict(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or len(value) > MOST:
        raise ValueError
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST:
        raise ValueError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError
    return value


def _number(value: object) -> None:
    try:
        number = Decimal(_text(value))
    except InvalidOperation as error:
        raise ValueError from error
    if not number.is_finite() or len(_text(value)) > 2 * DIGITS or abs(number) >= 10**DIGITS:
        raise ValueError


def _day(value: object) -> None:
    day = date.fromisoformat(_text(value))
    if not date.min.year < day.year < date.max.year:
        raise ValueError
