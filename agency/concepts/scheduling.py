"""The timetable of a concept: which measure is done when, and what is reached by then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from agency.concepts.models import Section
from agency.concepts.phrasing import Phrasing


@dataclass(frozen=True)
class Span:
    """A measure from one month to another, or a milestone in a month."""

    label: str
    begins: int
    ends: int
    is_milestone: bool = False


@dataclass(frozen=True)
class Schedule:
    """All spans of a project of so many *months*."""

    months: int
    starts: date | None
    spans: Sequence[Span]

    def share(self, month: int) -> float:
        """Return how much of the project is over when a month begins, in per cent."""
        return round(100 * (month - 1) / self.months, 2)

    def day(self, month: int) -> date | None:
        """Return the first day of a month of the project."""
        return month_after(self.starts, month - 1) if self.starts else None

    @property
    def quarters(self) -> range:
        """The first months of its quarters."""
        return range(1, self.months + 1, 3)


def schedule(phrasing: Phrasing) -> Schedule:
    """Return the measures in the order in which they begin, then the milestones."""
    content = phrasing.content
    measures = [
        Span(phrasing.said(each.text), each.number("begins"), each.number("ends"))
        for each in content.of(Section.MEASURES)
        if each.number("begins") and each.number("ends")
    ]
    milestones = [
        Span(phrasing.said(each.text), each.number("month"), each.number("month"), True)
        for each in content.of(Section.TIMETABLE)
        if each.number("month")
    ]
    spans = [
        *sorted(measures, key=lambda span: (span.begins, span.ends)),
        *sorted(milestones, key=lambda span: span.begins),
    ]
    return Schedule(max([content.months, *(s.ends for s in spans)]), content.starts, spans)


def month_after(day: date, months: int) -> date:
    """Return the first day of the month that comes so many months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)
