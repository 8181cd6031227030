"""When something takes place that comes back: by the clock on the wall, summer and winter."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from core.clock import ZONE
from core.errors import Refusal, message

MOST = 60  # dates of one occasion: a weekly course runs for a year
WEEK = timedelta(days=7)


class TooMany(Refusal):
    reason = message("That would be more than 60 dates. Please choose an earlier last day.")


@dataclass(frozen=True)
class Span:
    """From one moment to another, in UTC."""

    starts: datetime
    ends: datetime

    def meets(self, other: "Span") -> bool:
        """Tell whether both are under way at the same moment."""
        return self.starts < other.ends and other.starts < self.ends


def moment_of(day: date, clock: time) -> datetime:
    """Return the moment that a clock on a wall in Berlin shows."""
    return datetime.combine(day, clock, ZONE).astimezone(UTC)


def weekly(first: datetime, minutes: int, until: date | None) -> list[Span]:
    """List all dates from the first to the last day, each at the same time of the day.

    :raise TooMany: when they are more than anybody means
    """
    spans: list[Span] = []
    for day in _days(first.astimezone(ZONE), until):
        if len(spans) == MOST:
            raise TooMany
        spans.append(_span(day, first.astimezone(ZONE).time(), timedelta(minutes=minutes)))
    return spans


def _span(day: date, clock: time, lasts: timedelta) -> Span:
    """Return a date that ends when the clock shows it, also in the night it is changed."""
    starts, wall = moment_of(day, clock), datetime.combine(day, clock) + lasts
    ends = moment_of(wall.date(), wall.time())
    return Span(starts, ends if ends > starts else starts + lasts)


def _days(first: datetime, until: date | None) -> Iterator[date]:
    day = first.date()
    yield day
    while until and day + WEEK <= until:
        day += WEEK
        yield day
