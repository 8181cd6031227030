"""The versions of one survey side by side: who answered which, and what each asked them.

Of persons the version is a field as any other: it may stand beside all questions only when it
is the lens, and what is left for the versions that are not shown counts nobody or k people.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from surveys.hiding import K
from surveys.models import Subject, Survey
from surveys.reporting import crossing
from surveys.reporting.results import Reading

if TYPE_CHECKING:
    from surveys.counting.columns import Table
    from surveys.counting.questions import Questions, Version


def answered(questions: "Questions", reading: Reading) -> list["Version"]:
    """List the versions that somebody answered, the first one first; of persons, k people."""
    from surveys.counting.columns import VERSION  # noqa: PLC0415 - heavy

    counts, least = reading.rows.tally(VERSION), K if reading.of_persons else 1
    return [each for each in questions.versions if counts[each.id] >= least]


def may_be_compared(survey: Survey) -> bool:
    """Whether the versions of *survey* may stand side by side, question by question."""
    return survey.subject is not Subject.PERSONS or survey.lens == crossing.VERSION


def of_version(questions: "Questions", reading: Reading, version: "Version") -> Reading:
    """Return the answers to one version, with what it asked."""
    definition = questions.definitions[questions.versions.index(version)]
    return replace(reading, definition=definition, rows=_of(reading, [version], inside=True))


def beside(reading: Reading, versions: Sequence["Version"]) -> "Table":
    """Return the answers to all other versions."""
    return _of(reading, versions, inside=False)


def _of(reading: Reading, versions: Sequence["Version"], inside: bool) -> "Table":
    from surveys.counting.columns import VERSION  # noqa: PLC0415 - heavy

    rows, numbers = reading.rows, {each.id for each in versions}
    return rows.saying(rows.column(VERSION), lambda said: (said in numbers) is inside)
