"""The plan chart: where each milestone lies between the first day and the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from agency.ventures.budgeting import add_months
from agency.ventures.models import Milestone
from agency.ventures.paying import months_between


class Progress(StrEnum):
    """How it stands with a milestone."""

    DONE = "done"
    LATE = "late"
    RUNNING = "running"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Bar:
    """A milestone in the chart; places are per cent of its width."""

    milestone: Milestone
    progress: Progress
    start: float
    width: float
    days_late: int


@dataclass(frozen=True)
class Chart:
    """All milestones on one scale of months."""

    bars: Sequence[Bar]
    months: Sequence[tuple[date, float]]  # where each begins
    today: float | None  # nothing: it lies outside


def chart(milestones: Sequence[Milestone], today: date) -> Chart | None:
    """Draw the milestones on whole months, with the line of today, if there are any."""
    if not milestones:
        return None
    first = min(each.starts for each in milestones).replace(day=1)
    end = add_months(max(each.due for each in milestones), 1)
    days = (end - first).days

    def place(day: date) -> float:
        return round(100 * (day - first).days / days, 2)

    bars = [
        Bar(
            each,
            progress(each, today),
            place(each.starts),
            round(max(100 * ((each.due - each.starts).days + 1) / days, 1), 2),
            0 if each.done else max(0, (today - each.due).days),
        )
        for each in milestones
    ]
    count = months_between(first, end)
    step = 1 if count <= 12 else 3 if count <= 36 else 12
    starts = [add_months(first, number) for number in range(0, count, step)]
    now = place(today) if first <= today < end else None
    return Chart(bars, [(each, place(each)) for each in starts], now)


def progress(milestone: Milestone, today: date) -> Progress:
    """Return how it stands on a day."""
    if milestone.done:
        return Progress.DONE
    if milestone.due < today:
        return Progress.LATE
    return Progress.RUNNING if milestone.starts <= today else Progress.AHEAD
