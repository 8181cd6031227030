"""The timetable of a project: which stage in which weeks, and where that is today."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.models import insert_once
from home.models import Timetable
from people.models import Project

WEEKS, MOST = 26, 520
WEEK = timedelta(days=7)
Span = tuple[int, int]  # the first week and the last


class Stage(StrEnum):
    """A part of the work that has its weeks."""

    TASK_FORCE = "task_force"
    SURVEY = "survey"
    CONVERSATIONS = "conversations"
    NEEDS = "needs"
    WORKSHOP = "workshop"
    CONCEPT = "concept"
    MEETING = "meeting"
    VENTURES = "ventures"


USUAL: Mapping[Stage, Span] = {  # in a sprint of 26 weeks
    Stage.TASK_FORCE: (1, 3),
    Stage.SURVEY: (3, 8),
    Stage.CONVERSATIONS: (6, 12),
    Stage.NEEDS: (12, 13),
    Stage.WORKSHOP: (14, 14),
    Stage.CONCEPT: (15, 22),
    Stage.MEETING: (15, 22),
    Stage.VENTURES: (20, 26),
}


@dataclass(frozen=True)
class Planned:
    """A stage in the plan, in weeks and in days, and where today is."""

    stage: Stage
    first: int
    last: int
    begins: date
    ends: date  # the last day of it
    today: date

    @property
    def is_now(self) -> bool:
        return self.begins <= self.today <= self.ends

    @property
    def is_past(self) -> bool:
        return self.ends < self.today


@dataclass(frozen=True)
class Plan:
    """The timetable of a project on a day; weeks are counted from 1."""

    begins: date
    weeks: int
    spans: Mapping[Stage, Span]
    today: date

    @property
    def week(self) -> int:
        """The week of the project in which today is; 0 before it began."""
        return max(0, (self.today - self.begins).days // 7 + 1)

    @property
    def ends(self) -> date:
        """The last day of the project."""
        return self.begins + self.weeks * WEEK - timedelta(days=1)

    @property
    def elapsed(self) -> float:
        """How much of the time is over, 0 to 1."""
        days = (self.today - self.begins).days
        return min(max(days / (7 * self.weeks), 0.0), 1.0)

    def stages(self) -> Iterator[Planned]:
        """Yield the stages in the order in which they begin."""
        for stage, (first, last) in sorted(self.spans.items(), key=lambda each: each[1]):
            begins = self.begins + (first - 1) * WEEK
            ends = self.begins + last * WEEK - timedelta(days=1)
            yield Planned(stage, first, last, begins, ends, self.today)


def plan_of(session: Session, project: Project, today: date) -> Plan | None:
    """Return the timetable of *project*, if anybody has said when it began."""
    row = session.scalar(select(Timetable).filter_by(project_id=project.id))
    if row is None:
        return None
    spans = {Stage(name): (first, last) for name, (first, last) in row.spans.items()}
    return Plan(row.begins, row.weeks, spans, today)


def set_plan(
    session: Session, project: Project, begins: date, weeks: int, spans: Mapping[Stage, Span]
) -> None:
    """Say when a project began and what is planned when; the last word counts."""
    said = {
        "begins": begins,
        "weeks": weeks,
        "spans": {k.value: [*v] for k, v in spans.items()},
    }
    if not insert_once(session, Timetable, project_id=project.id, **said):
        session.execute(update(Timetable).filter_by(project_id=project.id).values(said))
