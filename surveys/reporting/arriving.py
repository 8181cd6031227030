"""When and on which way answers came in: of organisations only, whose days betray nobody."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import ZONE
from surveys.models import Channel, Response, Subject, Survey

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


def arrivals(session: Session, survey: Survey) -> Arrivals | None:
    """Count what was handed in to *survey*; of persons nothing is told, nor without answers."""
    if survey.subject is Subject.PERSONS:
        return None
    query = select(Response.submitted, Response.channel).where(
        Response.survey_id == survey.id, Response.submitted.is_not(None)
    )
    found = session.execute(query).all()
    if not found:
        return None
    days = [submitted.astimezone(ZONE).date() for submitted, _ in found if submitted]
    channels = Counter(channel for _, channel in found)
    weekly = (max(days) - min(days)).days >= DAYS
    step = timedelta(days=7 if weekly else 1)
    counts = Counter(_monday(day) if weekly else day for day in days)
    return Arrivals(
        [(day, counts[day]) for day in _each(min(counts), max(counts), step)],
        {channel: channels[channel] for channel in Channel if channels[channel]},
        weekly,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _each(first: date, last: date, step: timedelta) -> list[date]:
    return [first + step * number for number in range((last - first) // step + 1)]
