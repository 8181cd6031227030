"""Dates as days since 1970-01-01, and how they are written (ODK XForms, "date and time")."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import floor, isfinite

EPOCH = datetime(1970, 1, 1)
DAY = 86400
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_FORMATS: dict[str, Callable[[datetime], str]] = {
    "Y": lambda when: f"{when.year:04}",
    "y": lambda when: f"{when.year % 100:02}",
    "m": lambda when: f"{when.month:02}",
    "n": lambda when: str(when.month),
    "b": lambda when: MONTHS[when.month - 1],
    "d": lambda when: f"{when.day:02}",
    "e": lambda when: str(when.day),
    "H": lambda when: f"{when.hour:02}",
    "h": lambda when: str(when.hour),
    "M": lambda when: f"{when.minute:02}",
    "S": lambda when: f"{when.second:02}",
    "3": lambda when: f"{when.microsecond // 1000:03}",
    "a": lambda when: WEEKDAYS[when.weekday()],
}
_SIGN = re.compile(f"%([{''.join(_FORMATS)}])")
_ZONE = r"(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?"
_CLOCK = rf"(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d{{1,9}})?)?{_ZONE}"
_TIME = re.compile(rf"{_CLOCK}\Z", re.ASCII)
_MOMENT = re.compile(rf"\d{{4}}-\d\d-\d\d(?:[T ]{_CLOCK})?\Z", re.ASCII)


def moment(text: str) -> datetime | None:
    """Read a date, or a date and time, in ISO form; its own clock time counts, not the zone."""
    if len(text) < 10 or text[4] != "-" or not _MOMENT.match(text.strip()):
        return None  # Python reads more, as weeks, than other programs do
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        return None


def days(text: str) -> float | None:
    """Return the days since 1970 of a date in ISO form, with the time as a fraction."""
    when = moment(text)
    if when is None:
        return None
    span = when - EPOCH
    return span.days + (span.seconds + span.microseconds / 1e6) / DAY


def from_days(number: float) -> datetime | None:
    """Return the moment so many days after 1970, or nothing when no calendar reaches it."""
    if not isfinite(number):
        return None
    try:
        return EPOCH + timedelta(days=floor(number), seconds=round(number % 1 * DAY, 3))
    except OverflowError:
        return None


def part_of_day(text: str) -> float | None:
    """Return a time in ISO form as a fraction of the day."""
    plain = text.strip().partition("T")[2] or text.strip()
    if not _TIME.match(plain):
        return None
    clock = time.fromisoformat(plain)
    return (clock.hour * 3600 + clock.minute * 60 + clock.second) / DAY


def written(when: datetime, pattern: str) -> str:
    """Write a moment by a pattern such as ``%d.%m.%Y``; unknown signs stay as they are."""
    return _SIGN.sub(lambda sign: _FORMATS[sign[1]](when), pattern)


def iso(when: datetime) -> str:
    """Write a moment as forms keep it: a date alone at midnight, else with milliseconds."""
    if when.time() == time.min:
        return date.isoformat(when.date())
    return when.isoformat(timespec="milliseconds")
