from datetime import date

import pytest

from agency.amounts import cents_of
from agency.ventures.models import Milestone
from agency.ventures.planning import Progress, chart

TODAY = date(2026, 2, 15)


def a_milestone(starts: date, due: date, done: date | None = None) -> Milestone:
    return Milestone(title="Der Raum ist gemietet", starts=starts, due=due, done=done)


def test_a_milestone_is_late_once_its_day_is_over_and_it_is_not_done() -> None:
    january, ended = date(2026, 1, 1), date(2026, 2, 14)
    found = chart(
        [
            a_milestone(january, ended, done=date(2026, 2, 20)),
            a_milestone(january, ended),
            a_milestone(january, TODAY),
            a_milestone(date(2026, 3, 1), date(2026, 3, 31)),
        ],
        TODAY,
    )
    assert found
    assert [each.progress for each in found.bars] == [
        Progress.DONE, Progress.LATE, Progress.RUNNING, Progress.AHEAD,
    ]  # fmt: skip
    assert [each.days_late for each in found.bars] == [0, 1, 0, 0]


def test_bars_lie_on_whole_months_with_the_line_of_today() -> None:
    """January to March 2026 have 90 days; 15 February is the 46th."""
    found = chart([a_milestone(date(2026, 1, 10), date(2026, 3, 10))], TODAY)
    assert found
    assert found.months == [
        (date(2026, 1, 1), 0), (date(2026, 2, 1), 34.44), (date(2026, 3, 1), 65.56),
    ]  # fmt: skip
    assert (found.bars[0].start, found.bars[0].width, found.today) == (10, 66.67, 50)


def test_where_today_lies_outside_there_is_no_line_and_without_milestones_no_chart() -> None:
    found = chart([a_milestone(date(2027, 1, 1), date(2027, 1, 1))], TODAY)
    assert found
    assert found.today is None
    assert chart([], TODAY) is None


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("13,90", 1390), ("13.9", 1390), ("1.234,50 €", 123450), ("1,234.50", 123450),
        ("1.234", 123400), ("1 234", 123400), ("10000000", 10**9), ("0", 0),
        ("-5", -500), (" 7 ", 700), ("1.234.567,8", 123456780), ("5,", 500),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(text: str, cents: int) -> None:
    assert cents_of(text) == cents


@pytest.mark.parametrize(
    "text",
    ["", "viel", "1,2,3", "1e5", "١٢", "10000000,01", "NaN", "--1", "99999999999", "1.5.2"],
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        cents_of(text)
