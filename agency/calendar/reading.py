"""Reading a calendar file (RFC 5545) of somebody else, whatever is in it.

A file is a stranger: its size, its number of entries, and how often one comes back are
limited before anything is computed, and what cannot be understood is told, not guessed.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from agency.calendar.repeating import MOST, Span, moment_of
from core.clock import ZONE
from core.errors import Refusal, message
from core.sheets import plain

LARGEST = 1_000_000  # bytes
MOST_ENTRIES = 500
LONGEST = timedelta(days=31)
YEAR = timedelta(days=366)
UNDERSTOOD = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST"}
FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY"}
WEEKS_OF_A_MONTH = 5
EARLIEST, LATEST = 1970, 2199


class Unreadable(Refusal):
    reason = message("This is no calendar file. Its name usually ends in .ics.")


class TooLarge(Refusal):
    reason = message("This file has more than 500 entries or 1 MB. Please export a part of it.")


class Nothing(Refusal):
    reason = message("No dates stand in this file.")


@dataclass(frozen=True)
class Found:
    """An entry of a file: when it takes place, or what is wrong with it."""

    uid: str
    title: str
    place: str = ""
    note: str = ""
    spans: tuple[Span, ...] = ()
    once: bool = False  # it comes back in a way that is not understood: only its first date
    trouble: bool = False  # no time in it that could be understood


def read(content: bytes) -> list[Found]:
    """Return the entries of a file.

    :raise Refusal: when it is none, too large, or holds nothing
    """
    if len(content) > LARGEST:
        raise TooLarge
    text = _decoded(content)
    if text.upper().count("BEGIN:") > 4 * MOST_ENTRIES:
        raise TooLarge
    calendar = _parsed(text)
    events = list(islice(calendar.walk("VEVENT"), MOST_ENTRIES + 1))
    if len(events) > MOST_ENTRIES:
        raise TooLarge
    moved = {(_word(each, "UID"), _moment_in(each, "RECURRENCE-ID")) for each in events}
    found = [_found(each, number, moved) for number, each in enumerate(events, 1)]
    if not found:
        raise Nothing
    return found


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _parsed(text: str) -> Any:
    import icalendar  # noqa: PLC0415 - heavy

    if "BEGIN:VCALENDAR" not in text.upper():
        raise Unreadable
    try:
        return icalendar.Calendar.from_ical(plain(text).replace("\x00", ""))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise Unreadable from error


def _found(event: Any, number: int, moved: set[tuple[str, datetime | None]]) -> Found:
    uid = _word(event, "UID") or f"entry {number}"
    is_one_of = _moment_in(event, "RECURRENCE-ID")
    key = f"{uid} {is_one_of.isoformat()}" if is_one_of else uid
    title = _word(event, "SUMMARY")[:160] or "–"
    place, note = _word(event, "LOCATION")[:200], _text(event, "DESCRIPTION")[:1000]
    first = _first(event)
    if first is None or _word(event, "STATUS").upper() == "CANCELLED":
        return Found(key[:200], title, place, note, trouble=True)
    rule = event.get("RRULE")
    starts, once = [first.starts], False
    if rule and not is_one_of:
        starts, once = _repeated(first.starts, rule)
    out = _left_out(event) | {at for whose, at in moved if whose == uid and at}
    length = first.ends - first.starts
    spans = [Span(at, at + length) for at in starts if at not in out or is_one_of]
    return Found(key[:200], title, place, note, (*spans,), once, trouble=not spans)


def _first(event: Any) -> Span | None:
    """Return the first date; a whole day is one from midnight to midnight."""
    starts = _moment_in(event, "DTSTART")
    if starts is None:
        return None
    ends = _moment_in(event, "DTEND")
    try:
        lasts = event["DURATION"].dt if ends is None and "DURATION" in event else None
    except (AttributeError, ValueError):
        lasts = None
    if ends is None:
        whole = not isinstance(_value(event, "DTSTART"), datetime)
        usual = timedelta(days=1) if whole else timedelta(hours=1)
        ends = starts + (lasts if isinstance(lasts, timedelta) and lasts < LONGEST else usual)
    if not timedelta(minutes=1) <= ends - starts <= LONGEST:
        return None
    return Span(starts, ends)


def _repeated(first: datetime, rule: Any) -> tuple[list[datetime], bool]:
    """Return the dates of a rule within a year, or the first and that it is not understood."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - heavy

    try:
        frequency = str((rule.get("FREQ") or [""])[0]).upper()
        if frequency not in FREQUENCIES or not {*map(str.upper, rule)} <= UNDERSTOOD:
            return [first], True
        if not _comes_round(rule, frequency):
            return [first], True
        last = min(first + YEAR, _until(rule) or first + YEAR)
        number = int((rule.get("COUNT") or [MOST])[0])
        start, end = (each.astimezone(ZONE).replace(tzinfo=None) for each in (first, last))
        parts = [part for part in rule.to_ical().decode().split(";") if _is_pattern(part)]
        text = ";".join([*parts, f"UNTIL={end:%Y%m%dT%H%M%S}"])  # it ends, come what may
        dates = islice(rrulestr(text, dtstart=start), min(number, MOST))
        return [moment_of(at.date(), at.time()) for at in dates] or [first], False
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, IndexError):
        return [first], True


def _comes_round(rule: Any, frequency: str) -> bool:
    """Tell whether there is a next date; who looks for one that never comes looks long."""
    interval, days = int((rule.get("INTERVAL") or [1])[0]), rule.get("BYDAY") or []
    far = any(abs(getattr(day, "relative", None) or 0) > WEEKS_OF_A_MONTH for day in days)
    return (
        interval > 0 and not far and not (frequency == "DAILY" and days and interval % 7 == 0)
    )


def _is_pattern(part: str) -> bool:
    return not part.upper().startswith(("UNTIL=", "COUNT="))  # both are minded by ourselves


def _until(rule: Any) -> datetime | None:
    until = (rule.get("UNTIL") or [None])[0]
    if until is None:
        return None
    if isinstance(until, datetime):
        return _moment(until)
    return _moment(until + timedelta(days=1)) - timedelta(seconds=1)


def _left_out(event: Any) -> set[datetime]:
    found = event.get("EXDATE", [])
    lists = found if isinstance(found, list) else [found]
    days = [_plain(each, "dt") for part in lists for each in _plain(part, "dts") or ()]
    return {_moment(day) for day in days if _usual(day)}


def _moment_in(event: Any, name: str) -> datetime | None:
    value = _value(event, name)
    return _moment(value) if _usual(value) else None


def _value(event: Any, name: str) -> Any:
    return _plain(event.get(name), "dt")


def _plain(thing: object, name: str) -> Any:
    """Return what a property holds; one that makes no sense holds nothing."""
    try:
        return getattr(thing, name, None)
    except ValueError:
        return None


def _usual(value: object) -> bool:
    return isinstance(value, date) and EARLIEST <= value.year <= LATEST


def _moment(value: date) -> datetime:
    """Return a moment in UTC; what names no zone is meant as clocks in Berlin show it."""
    if not isinstance(value, datetime):
        return moment_of(value, time())
    return value.astimezone(UTC) if value.tzinfo else moment_of(value.date(), value.time())


def _text(event: Any, name: str) -> str:
    value = event.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return plain(str(value or "")).strip()


def _word(event: Any, name: str) -> str:
    return " ".join(_text(event, name).split())
