"""Dates as a feed that calendar programs read (RFC 5545), whatever context they come from.

A program fetches a feed without signing in, so an entry names an occasion and no person.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from core.clock import ZONE
from core.sheets import plain

MAKER = "-//OSI Werkstatt//Termine//{}"  # in a language
AGAIN = timedelta(hours=4)  # after which a program should look again
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """An occasion: of whole days, the last one counted, or from one moment to another.

    Its *uid* is unlike all others and stays when the occasion changes: ``deadline-12``.
    """

    uid: str
    title: str
    begins: date | datetime
    ends: date | datetime | None = None
    place: str = ""
    note: str = ""
    address: str = ""  # of the page where more stands
    changed: datetime | None = None
    is_cancelled: bool = False


Source = Callable[[Session, Any], Iterable[Entry]]
SOURCES: list[Source] = []


def register_feed(source: Source) -> Source:
    """Let *source* tell what stands in the feed of a reader; contexts call this when loaded.

    It gets the session and the membership of who reads, and leaves out what they may not see.
    """
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def entries_for(session: Session, reader: Any) -> list[Entry]:
    """Return what all sources tell a reader, the earliest first."""
    found = [entry for source in SOURCES for entry in source(session, reader)]
    return sorted(found, key=lambda each: (_moment(each.begins), each.uid))


def write(
    entries: Iterable[Entry], name: str, host: str, now: datetime, language: str = "de"
) -> bytes:
    """Write a calendar called *name*, of a *host* whose entries are unlike those of others.

    Its words are in *language*.
    """
    import icalendar  # noqa: PLC0415 - heavy

    entries = list(entries)
    calendar = icalendar.Calendar()
    calendar.add("prodid", MAKER.format(language.upper()))
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for title in ("name", "x-wr-calname"):
        calendar.add(title, _line(name))
    calendar.add("refresh-interval", AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", icalendar.vDuration(AGAIN))
    for entry in entries:
        calendar.add_component(_event(icalendar.Event(), entry, host, now))
    years = [each.begins.year for each in entries] or [now.year]
    first, last = date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1)
    calendar.add_missing_timezones(first_date=first, last_date=last)
    content: bytes = calendar.to_ical()
    return content


def _event(event: Any, entry: Entry, host: str, now: datetime) -> Any:
    event.add("uid", f"{entry.uid}@{host}")
    event.add("dtstamp", entry.changed or now)
    event.add("summary", _line(entry.title))
    event.add("dtstart", _local(entry.begins))
    last = entry.ends or entry.begins
    if not isinstance(last, datetime):
        event.add("dtend", last + DAY)  # the first day that does not count any more
    elif last > entry.begins:
        event.add("dtend", _local(last))
    texts = {"location": _line(entry.place), "description": plain(entry.note)}
    texts["url"] = entry.address
    for name, text in texts.items():
        if text:
            event.add(name, text)
    is_busy = isinstance(entry.begins, datetime)
    event.add("transp", "OPAQUE" if is_busy else "TRANSPARENT")
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    return event


def _line(text: str) -> str:
    return " ".join(plain(text).split())


def _local(when: date | datetime) -> date | datetime:
    return when.astimezone(ZONE) if isinstance(when, datetime) else when


def _moment(when: date | datetime) -> datetime:
    if isinstance(when, datetime):
        return when
    return datetime(when.year, when.month, when.day, tzinfo=ZONE)
