"""When and on which way answers came in: of organisations only, whose days betray nobody."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from core.clock import ZONE
from surveys.models import Channel, Kind, Subject, Survey

if TYPE_CHECKING:
    from surveys.counting.columns import Table

DAYS = 42  # more days than this are told by weeks


@dataclass(frozen=True)
class Arrivals:
    """How many answers came on each day, or in the week that begins on it, and by which way.

    Days without an answer stand between the others, so that a pause is seen as one.
    """

    by_day: Sequence[tuple[date, int]]
    by_channel: Mapping[Channel, int]
    weekly: bool

    @property
    def most(self) -> int:
        return max((number for _, number in self.by_day), default=0)

    @property
    def total(self) -> int:
        return sum(self.by_channel.values())


def arrivals(survey: Survey, table: "Table") -> Arrivals | None:
    """Count what was handed in to *survey*; of persons nothing is told, nor without answers.

    Neither is anything of anonymous answers, whose hours nobody knows.
    """
    if survey.subject is Subject.PERSONS or survey.kind is Kind.ANONYMOUS or not len(table):
        return None
    days: Counter[date] = Counter()
    for hour, number in table.by_hour().items():
        days[datetime.fromtimestamp(hour, ZONE).date()] += number
    channels = table.channels()
    weekly = (max(days) - min(days)).days >= DAYS
    step = timedelta(days=7 if weekly else 1)
    counts: Counter[date] = Counter()
    for day, number in days.items():
        counts[_monday(day) if weekly else day] += number
    return Arrivals(
        [(day, counts[day]) for day in _each(min(counts), max(counts), step)],
        {channel: channels[channel] for channel in Channel if channels[channel]},
        weekly,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _each(first: date, last: date, step: timedelta) -> list[date]:
    return [first + step * number for number in range((last - first) // step + 1)]
