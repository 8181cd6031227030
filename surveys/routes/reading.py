"""What the pages about answers share: the answers in memory, and what was made of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import abort, current_app, request

from core import i18n
from core.db import db
from surveys.definition import Definition, Item
from surveys.fieldwork import importing
from surveys.models import Survey
from surveys.reporting import columns, tallying
from surveys.reporting.charts import Clouds, Part
from surveys.reporting.columns import Shelf, Stamp
from surveys.reporting.results import Reading

T = TypeVar("T")


@dataclass(frozen=True)
class Look:
    """A look at the answers of a survey: all of them, or the leading ones only."""

    survey: Survey
    reading: Reading
    stamp: Stamp
    everyone: bool
    submitted: int
    leading: int

    @property
    def minutes(self) -> int | None:
        """Half of the organisations took no longer from the first to the last page."""
        seconds = sorted(
            (row.submitted - row.begun).total_seconds() for row in self.reading.rows
        )
        middle = tallying.spread(seconds)
        return max(round(middle.median / 60), 1) if middle else None

    def parts(self) -> list[Part]:
        """Return the charts, made once for each language as long as no answer changes."""
        return self.kept("parts", lambda: [*self.reading.parts()])

    def overall(self) -> Clouds | None:
        """Return the words of all free texts together."""
        items = self.reading.open_questions()
        return self.kept("overall", lambda: self.reading.clouds(*items)) if items else None

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """Return what was made under this *name*, or make it if answers changed since."""
        made: dict[object, tuple[Stamp, T]] = _shelf("made of answers")
        place = (self.survey.id, self.everyone, i18n.language(), name)
        stamp, thing = made.get(place, ((), None))
        if thing is None or stamp != self.stamp:
            thing = make()
            made[place] = self.stamp, thing
        return thing

    def text_question(self, name: str) -> Item:
        """Return the question about which people wrote freely, or answer 404."""
        items = self.reading.open_questions()
        return next((item for item in items if item.name == name), None) or abort(404)


def look_at(survey: Survey) -> Look:
    """Look at the answers as the address says: the leading ones unless it asks for all."""
    everyone = "all" in request.args
    shelf: Shelf = _shelf("answers")
    kept = columns.columns_of(db.session, survey, shelf)
    version = importing.latest_version(db.session, survey) or abort(404)
    rows = columns.counted(survey, kept, leading=not everyone)
    definition = Definition.from_json(version.definition)
    return Look(
        survey=survey,
        reading=Reading(definition, rows, survey.subject, i18n.language()),
        stamp=(*kept.stamp, version.id),
        everyone=everyone,
        submitted=len(kept.rows),
        leading=sum(row.leading for row in kept.rows),
    )


def _shelf(name: str) -> Any:
    return current_app.extensions.setdefault(name, {})
