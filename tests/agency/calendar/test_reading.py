"""Calendar files of strangers: what they say, and what they cannot do."""

from datetime import datetime
from time import process_time

import pytest

from agency.calendar.reading import Nothing, TooLarge, Unreadable, read
from core.clock import ZONE
from core.errors import Refusal


def a_file(*lines: str) -> bytes:
    event = ["BEGIN:VEVENT", "UID:a@b", "SUMMARY:Kurs", *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", *event, "END:VCALENDAR", ""]).encode()


def wall(*lines: str) -> list[str]:
    (found,) = read(a_file(*lines))
    return [each.starts.astimezone(ZONE).strftime("%d.%m. %H:%M") for each in found.spans]


def test_a_weekly_course_keeps_its_time_when_clocks_change() -> None:
    rule = "RRULE:FREQ=WEEKLY;COUNT=3"
    spring = "DTSTART;TZID=Europe/Berlin:20270322T100000", rule
    assert wall(*spring) == ["22.03. 10:00", "29.03. 10:00", "05.04. 10:00"]
    autumn = "DTSTART:20271025T080000Z", "RRULE:FREQ=WEEKLY;UNTIL=20271101T090000Z"
    assert wall(*autumn) == ["25.10. 10:00", "01.11. 10:00"]


def test_days_left_out_and_other_ways_of_coming_back() -> None:
    start = "DTSTART:20270301T090000"
    weekly = "RRULE:FREQ=WEEKLY;UNTIL=20270315"
    assert wall(start, weekly, "EXDATE:20270308T090000") == ["01.03. 09:00", "15.03. 09:00"]
    assert len(wall(start, "RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=5")) == 5
    assert len(wall(start, "RRULE:FREQ=DAILY")) == 60
    (found,) = read(a_file(start, "RRULE:FREQ=SECONDLY"))
    assert (len(found.spans), found.once) == (1, True)
    odd = "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
    assert len(read(a_file(start, odd))[0].spans) == 1


def test_whole_days_come_back_until_the_last_one_and_no_longer() -> None:
    start = "DTSTART;VALUE=DATE:20270322"
    rule = "RRULE:FREQ=DAILY;UNTIL=20270324"
    assert wall(start, rule) == ["22.03. 00:00", "23.03. 00:00", "24.03. 00:00"]
    late = "DTSTART;TZID=Europe/Berlin:20271024T233000", "RRULE:FREQ=WEEKLY;UNTIL=20271031"
    assert wall(*late) == ["24.10. 23:30", "31.10. 23:30"]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=9MO",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=WEEKLY;COUNT=0",
    ],
)
def test_a_rule_that_never_comes_round_takes_no_time(rule: str) -> None:
    event = f"BEGIN:VEVENT\r\nDTSTART:20270302T090000\r\nRRULE:{rule}\r\nEND:VEVENT\r\n"
    begun = process_time()
    found = read(f"BEGIN:VCALENDAR\r\n{event * 20}END:VCALENDAR\r\n".encode())
    assert process_time() - begun < 5
    assert [len(each.spans) for each in found] == [1] * 20


def test_whole_days_and_lengths() -> None:
    (found,) = read(a_file("DTSTART;VALUE=DATE:20270328", "DTEND;VALUE=DATE:20270329"))
    (span,) = found.spans
    assert (span.ends - span.starts).total_seconds() == 23 * 3600  # clocks go forward
    (found,) = read(a_file("DTSTART:20270301T090000", "DURATION:PT90M"))
    assert (found.spans[0].ends - found.spans[0].starts).total_seconds() == 90 * 60


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", Unreadable),
        (b"\x89PNG\r\n\x1a\n\x00\x00", Unreadable),
        (b"<html>BEGIN:VEVENT</html>", Unreadable),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", Nothing),
        (b"BEGIN:VCALENDAR\r\n" + b"X" * 1_000_001, TooLarge),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 60_000, TooLarge),
    ],
)
def test_what_is_no_calendar_or_too_much_is_refused(
    content: bytes, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        read(content)


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART:99991231T235959Z", "RRULE:FREQ=DAILY"],
        ["DTSTART:00010101T000000"],
        ["DTSTART:morgen"],
        ["DTSTART:20270301T090000", "DTEND:20260301T090000"],
        ["DTSTART:20270301T090000", "DURATION:P99999D"],
        ["DTSTART:20270301T090000", "RRULE:FREQ=WEEKLY;INTERVAL=0"],
        ["DTSTART:20270301T090000", "RRULE:FREQ=DAILY;INTERVAL=99999999999"],
        ["DTSTART:20270301T090000", "RRULE:FREQ=MONTHLY;BYDAY=9MO"],
        ["DTSTART;TZID=Mond/Krater:20270301T090000"],
        ["DTSTART:20270301T090000", "EXDATE:gestern", "SUMMARY:" + "x" * 5_000],
        ["DTSTART:20270301T090000", "RECURRENCE-ID:unsinn"],
        ["DTSTART:20270301T090000", "DTSTART:20270302T090000", "SUMMARY:zwei"],
    ],
)
def test_no_entry_breaks_the_reading_or_takes_long(lines: list[str]) -> None:
    begun = process_time()
    try:
        found = read(a_file(*lines))
        assert all(len(each.spans) <= 60 and len(each.title) <= 160 for each in found)
    except Unreadable:
        pass
    assert process_time() - begun < 2


def test_a_file_in_another_encoding_is_read() -> None:
    start = "DTSTART:20270301T090000"
    text = a_file(start).decode().replace("Kurs", "Nähen für Anfänger")
    for code in ("utf-8-sig", "cp1252", "utf-16"):
        assert read(text.encode(code))[0].title == "Nähen für Anfänger"
    moment = read(text.encode())[0].spans[0].starts
    assert moment == datetime(2027, 3, 1, 9, tzinfo=ZONE)
