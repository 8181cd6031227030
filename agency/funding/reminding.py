"""The next deadlines of the directory, for a list and for calendars."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agency.funding.keeping import is_old
from agency.funding.models import Programme


@dataclass(frozen=True)
class Deadline:
    """A day by which one must have applied."""

    day: date
    programme: Programme
    is_old: bool  # the entry was not checked for long: the day may be wrong

    def days_left(self, today: date) -> int:
        return (self.day - today).days


def deadlines(programmes: Iterable[Programme], today: date) -> list[Deadline]:
    """List the deadlines from today on, the next one first."""
    found = [
        Deadline(date.fromisoformat(day), each, is_old(each, today))
        for each in programmes
        if each.due == "dates"
        for day in each.deadlines.split()
    ]
    ahead = [each for each in found if each.day >= today]
    return sorted(ahead, key=lambda each: (each.day, each.programme.name))


def without_deadline(programmes: Iterable[Programme], today: date) -> list[Programme]:
    """List the programmes of which no deadline ahead is known."""
    every = [*programmes]
    told = {each.programme.id for each in deadlines(every, today)}
    return [each for each in every if each.due != "rolling" and each.id not in told]
