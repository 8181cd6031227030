"""Reading ventures with all their plans: few questions to the database, however many."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from agency.ventures.budgeting import Grant, Liquidity, Stream, liquidity
from agency.ventures.keeping import KINDS
from agency.ventures.models import (
    Backing,
    CanvasText,
    Direction,
    Flow,
    Funding,
    FundingState,
    Job,
    Line,
    Member,
    Milestone,
    PilotMonth,
    Subsidy,
    Venture,
)
from agency.ventures.paying import Work
from people.models import Project

T = TypeVar("T", bound=Line)


@dataclass(frozen=True)
class Dossier:
    """A venture and all that is planned and known of it."""

    venture: Venture
    canvas: Mapping[str, CanvasText]
    lines: Mapping[str, Sequence[Line]]  # by kind

    @property
    def team(self) -> list[Member]:
        return self._of(Member)

    @property
    def backing(self) -> list[Backing]:
        return self._of(Backing)

    @property
    def months(self) -> list[PilotMonth]:
        return sorted(self._of(PilotMonth), key=lambda each: each.month)

    @property
    def milestones(self) -> list[Milestone]:
        return sorted(self._of(Milestone), key=lambda each: (each.starts, each.due, each.id))

    @property
    def jobs(self) -> list[Job]:
        return sorted(self._of(Job), key=lambda each: (each.starts, each.id))

    @property
    def funding(self) -> list[Funding]:
        return sorted(self._of(Funding), key=lambda each: (each.paid, each.id))

    @property
    def flows(self) -> list[Flow]:
        return sorted(self._of(Flow), key=lambda each: (each.direction, each.starts, each.id))

    @property
    def has_money_plan(self) -> bool:
        """Tell whether anything is planned that costs or brings money."""
        return bool(self.flows or self.jobs)

    def filled(self, today: date) -> list[Job]:
        """List the jobs that somebody holds on a day."""
        held = [each for each in self.jobs if each.filled and each.filled <= today]
        return [each for each in held if not each.ended or each.ended >= today]

    def liquidity(self, *, hopeful: bool = False) -> Liquidity:
        """Return what is in the account month by month.

        Only money that was granted counts; *hopeful*, also what is planned or applied for.
        """
        wanted = {FundingState.GRANTED, *(FundingState if hopeful else ())}
        wanted -= {FundingState.REFUSED}
        grants = [
            Grant(euros(each.amount_cents), each.paid)
            for each in self.funding
            if each.state in wanted
        ]
        works = [work_of(each, hopeful=hopeful) for each in self.jobs]
        opening, begins = euros(self.venture.opening_cents), self.venture.begins
        streams = [_stream(each) for each in self.flows]
        return liquidity(opening, begins, streams, grants, works, employer_of(self.venture))

    def _of(self, model: type[T]) -> list[T]:
        found = next(some for kind, some in self.lines.items() if KINDS[kind] is model)
        return [each for each in found if isinstance(each, model)]


def dossiers(session: Session, project: Project, only: Venture | None = None) -> list[Dossier]:
    """Return all ventures of a project with their plans, or one of them."""
    query = select(Venture).filter_by(project_id=project.id, deleted=None)
    ventures = [only] if only else session.scalars(query.order_by(Venture.id)).all()
    ids = [each.id for each in ventures]
    texts = select(CanvasText).where(CanvasText.venture_id.in_(ids))
    canvases: dict[int, dict[str, CanvasText]] = {id: {} for id in ids}
    for text in session.scalars(texts.order_by(CanvasText.number)):
        canvases[text.venture_id][text.field] = text
    lines: dict[int, dict[str, list[Line]]] = {id: {kind: [] for kind in KINDS} for id in ids}
    for kind, model in KINDS.items():
        rows = select(model).where(model.venture_id.in_(ids), model.deleted.is_(None))
        if model is Member:
            rows = rows.options(joinedload(Member.organisation))
        for row in session.scalars(rows.order_by(model.id)):
            lines[row.venture_id][kind].append(row)
    return [Dossier(each, canvases[each.id], lines[each.id]) for each in ventures]


def dossier(session: Session, project: Project, venture: Venture) -> Dossier:
    """Return a venture with its plans."""
    return dossiers(session, project, venture)[0]


def work_of(job: Job, *, hopeful: bool = False) -> Work:
    """Return what a job costs by; a subsidy counts once it is granted, or when hoped for."""
    return Work(
        hours=Decimal(job.minutes) / 60,
        wage=euros(job.wage_cents),
        starts=job.filled or job.starts,
        ends=job.ended,
        subsidy=job.subsidy if job.is_granted or hopeful else Subsidy.NONE,
        is_collective=job.is_collective,
    )


def employer_of(venture: Venture) -> Decimal:
    """Return the employer's share on top of a wage."""
    return Decimal(venture.employer_permille) / 1000


def euros(cents: int) -> Decimal:
    return Decimal(cents) / 100


def _stream(flow: Flow) -> Stream:
    amount = euros(flow.amount_cents)
    sign = 1 if flow.direction == Direction.IN else -1
    return Stream(sign * amount, flow.starts, flow.ends)
