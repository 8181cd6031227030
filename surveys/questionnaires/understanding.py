"""Understanding what was typed: numbers, days and places, as people write them."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from core.errors import message
from surveys.definition import Item
from surveys.questionnaires.laying import limits_of

LONGEST = 10_000  # characters of a text
LARGEST = 10**12
WHOLE = message("Please enter a whole number, for example 12.")
NUMBER = message("Please enter a number, for example 12.5.")
DATE = message("Please enter a day, for example 2026-11-30.")
TIME = message("Please enter a time, for example 14:30.")
PLACE = message("Please enter latitude and longitude, for example 52.63 13.49.")
SHORTER = message("Please write less: at most 10,000 characters fit here.")


class NotUnderstood(Exception):
    """What was typed is no answer to this question."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def understood(item: Item, text: str) -> Any:
    """Return the answer that a text is to a question.

    :raise NotUnderstood: when it cannot be one
    """
    return READERS.get(item.type, _text)(item, text)


def lines(text: str) -> str:
    """Return what someone meant to type: composed letters, no control but new lines."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = (c for c in composed if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def _text(_item: Item, text: str) -> str:
    if len(text) > LONGEST:
        raise NotUnderstood(SHORTER)
    return text


def _integer(_item: Item, text: str) -> int:
    plain = digits(text)
    grouped = re.fullmatch(r"[+-]?\d{1,3}([.,' ]\d{3})+", plain)
    plain = re.sub(r"[.,' ]", "", plain) if grouped else plain
    if not re.fullmatch(r"[+-]?\d{1,13}", plain) or abs(int(plain)) > LARGEST:
        raise NotUnderstood(WHOLE)
    return int(plain)


def _decimal(_item: Item, text: str) -> float:
    plain = digits(text).replace(" ", "").replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,13}(\.\d{1,12})?", plain) or abs(float(plain)) > LARGEST:
        raise NotUnderstood(NUMBER)
    return float(plain)


def _range(item: Item, text: str) -> int | float:
    start, end, _ = limits_of(item)
    number = _decimal(item, text)
    if not min(start, end) <= number <= max(start, end):
        raise NotUnderstood(NUMBER)
    return int(number) if number.is_integer() else number


def _date(item: Item, text: str) -> str:
    plain = digits(text)
    if german := re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", plain):
        plain = f"{german[3]}-{german[2]:0>2}-{german[1]:0>2}"
    if re.fullmatch(r"\d{4}-\d{2}", plain) and "month" in item.appearance:
        plain += "-01"
    if re.fullmatch(r"\d{4}", plain) and "year" in item.appearance:
        plain += "-01-01"
    return _parsed(date.fromisoformat, plain, DATE).isoformat()  # type: ignore[no-any-return]


def _time(_item: Item, text: str) -> str:
    padded = digits(text) if re.match(r"\d\d:", digits(text)) else f"0{digits(text)}"
    return _parsed(time.fromisoformat, padded, TIME).isoformat("minutes")  # type: ignore[no-any-return]


def _datetime(_item: Item, text: str) -> str:
    moment = _parsed(datetime.fromisoformat, digits(text), DATE)
    return moment.replace(tzinfo=None).isoformat(timespec="minutes")  # type: ignore[no-any-return]


def _geopoint(_item: Item, text: str) -> str:
    numbers = re.findall(r"[+-]?\d{1,3}(?:[.,]\d{1,9})?", digits(text))
    found = [float(number.replace(",", ".")) for number in numbers[:2]]
    if len(found) < 2 or abs(found[0]) > 90 or abs(found[1]) > 180:
        raise NotUnderstood(PLACE)
    return f"{found[0]} {found[1]} 0 0"


def _acknowledge(_item: Item, _text: str) -> str:
    return "OK"


def digits(text: str) -> str:
    """Return *text* with Western digits, as ٣ or ۳ are typed on some phones."""
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else " " if c == "\xa0" else c
        for c in text
    )


def _parsed(parse: Any, text: str, otherwise: str) -> Any:
    try:
        return parse(text)
    except ValueError as error:
        raise NotUnderstood(otherwise) from error


READERS: Mapping[str, Any] = {
    "integer": _integer, "decimal": _decimal, "range": _range, "date": _date, "time": _time,
    "datetime": _datetime, "geopoint": _geopoint, "acknowledge": _acknowledge,
}  # fmt: skip
