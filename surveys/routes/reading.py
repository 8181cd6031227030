"""What the pages about answers share: the answers in memory, and what was made of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from flask import abort, current_app, request

from core import i18n
from core.db import db
from surveys.definition import Item
from surveys.models import Kind, Subject, Survey
from surveys.reporting import arriving, tallying, versions
from surveys.reporting.arriving import Arrivals
from surveys.reporting.charts import Clouds, Part
from surveys.reporting.results import Reading

if TYPE_CHECKING:
    from surveys.counting.questions import Version
    from surveys.counting.shelf import Answers, Shelf

T = TypeVar("T")


@dataclass(frozen=True)
class Look:
    """A look at the answers of a survey: all of them, or the leading ones only."""

    survey: Survey
    reading: Reading
    answers: "Answers"
    everyone: bool

    @property
    def submitted(self) -> int:
        return len(self.answers.table)

    @property
    def leading(self) -> int:
        return self.kept("leading", lambda: len(self.answers.table.leading))

    @property
    def minutes(self) -> int | None:
        """Half of the organisations took no longer from the first to the last page."""
        return self.kept("minutes", self._minutes)

    def versions(self) -> list["Version"]:
        """Return the versions that these answers are of."""
        return versions.answered(self.answers.questions, self.reading)

    def arrivals(self) -> Arrivals | None:
        """Return when and on which way all answers came in."""
        return self.kept("arrivals", lambda: arriving.arrivals(self.survey, self.answers.table))

    def parts(self) -> list[Part]:
        """Return the charts, made once for each language as long as no answer changes."""
        return self.kept(("parts", self.reading.public), lambda: [*self.reading.parts()])

    def for_everyone(self) -> "Look":
        """Return a look at what everyone may see of the same answers."""
        return replace(self, reading=replace(self.reading, public=True))

    def overall(self) -> Clouds | None:
        """Return the words of all free texts together."""
        items = self.reading.open_questions()
        return self.kept("overall", lambda: self.reading.clouds(*items)) if items else None

    def kept(self, name: object, make: Callable[[], T]) -> T:
        """Return what was made under this *name*, or make it if answers changed since."""
        return self.answers.made((self.everyone, i18n.language(), name), make)

    def found(self, name: object, look: Callable[[], T]) -> T:
        """Return what was found under this *name* if nothing was committed since, or look."""
        return self.answers.found(name, look)

    def _minutes(self) -> int | None:
        middle = tallying.spread(tallying.numbers_in(self.reading.rows.durations()))
        return max(round(middle.median / 60), 1) if middle else None

    def text_question(self, name: str) -> Item:
        """Return the question about which people wrote freely, or answer 404."""
        items = self.reading.open_questions()
        return next((item for item in items if item.name == name), None) or abort(404)


def look_at(survey: Survey, everyone: bool | None = None) -> Look:
    """Look at the answers as the address says: the leading ones unless it asks for all."""
    if everyone is None:
        everyone = "all" in request.args or survey.kind == Kind.OPEN  # nobody leads there
    answers = _shelf().answers(db.session, survey) or abort(404)
    rows = answers.counted
    if survey.subject == Subject.ORGANISATIONS and not everyone:
        rows = answers.made("leading rows", lambda: rows.leading)
    return Look(
        survey=survey,
        reading=Reading(answers.questions.definition, rows, survey.subject, i18n.language()),
        answers=answers,
        everyone=everyone,
    )


def _shelf() -> "Shelf":
    from surveys.counting.shelf import Shelf  # noqa: PLC0415 - heavy

    shelf: Shelf = current_app.extensions.setdefault("answers", Shelf())
    return shelf
