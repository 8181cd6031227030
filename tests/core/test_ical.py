from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from sqlalchemy.orm import Session

from core import ical
from core.ical import Entry

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
MEETING = Entry(
    "meeting-3",
    "Netzwerktreffen;\n Soziale Betriebe, Pankow",
    datetime(2027, 3, 27, 17, tzinfo=UTC),
    datetime(2027, 3, 28, 17, tzinfo=UTC),
    place="Campus Buch",
    note="Mitbringen:\nStifte\0",
    address="https://example.org/p/pankow/meetings/3",
)


def read(*entries: Entry) -> tuple[Any, list[Any]]:
    content = ical.write(entries, "Neue Wege\nin Pankow", "example.org", NOON)
    assert b"\r\n" in content
    assert max(map(len, content.split(b"\r\n"))) <= 75
    calendar = icalendar.Calendar.from_ical(content)
    return calendar, calendar.walk("VEVENT")


def test_a_whole_day_ends_before_the_next_one_begins() -> None:
    _, (event,) = read(Entry("deadline-1", "Frist", date(2026, 12, 31)))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (
        date(2026, 12, 31), date(2027, 1, 1),
    )  # fmt: skip
    assert event["uid"] == "deadline-1@example.org"
    assert event["transp"] == "TRANSPARENT"


def test_times_are_those_of_berlin_across_the_change_of_the_clock() -> None:
    calendar, (event,) = read(MEETING)
    begins, ends = event.decoded("dtstart"), event.decoded("dtend")
    assert (begins.hour, ends.hour) == (18, 19)
    assert ends - begins == timedelta(days=1, hours=1)  # as clocks on the wall tell it
    assert (begins.utcoffset(), ends.utcoffset()) == (timedelta(hours=1), timedelta(hours=2))
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == event["dtstart"].params["TZID"] == "Europe/Berlin"


def test_texts_keep_their_signs_and_lose_what_no_program_reads() -> None:
    calendar, (event,) = read(MEETING)
    assert event["summary"] == "Netzwerktreffen; Soziale Betriebe, Pankow"
    assert event["description"] == "Mitbringen:\nStifte"
    assert (event["location"], event["url"]) == ("Campus Buch", MEETING.address)
    assert calendar["x-wr-calname"] == calendar["name"] == "Neue Wege in Pankow"


def test_what_is_cancelled_says_so() -> None:
    _, (event,) = read(Entry("course-1", "Kurs", NOON, is_cancelled=True))
    assert event["status"] == "CANCELLED"
    assert "dtend" not in event


def test_a_feed_without_dates_is_a_calendar_all_the_same() -> None:
    calendar, events = read()
    assert events == []
    assert calendar["version"] == "2.0"


@pytest.fixture
def no_sources(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ical, "SOURCES", [])
    yield


def test_every_source_is_asked_for_the_reader(no_sources: None) -> None:
    def courses(_session: Session, reader: str) -> list[Entry]:
        return [Entry("course-1", f"Kurs für {reader}", NOON)]

    def deadlines(_session: Session, reader: str) -> list[Entry]:
        return [Entry("deadline-1", "Frist", date(2026, 11, 30))]

    for source in (courses, deadlines, courses):
        ical.register_feed(source)
    found = ical.entries_for(None, "Birte")  # type: ignore[arg-type] # nobody asks it here
    assert [each.title for each in found] == ["Frist", "Kurs für Birte"]
