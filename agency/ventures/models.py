"""The nouns of ventures: what they are, how far they came, and the lines of their plans."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from agency.concepts.models import Concept
from core.models import Versioned
from people.models import Organisation, Owned
from workshop.models import Cluster, Idea


class Stage(StrEnum):
    """How far a venture has come: the last gate it has passed."""

    SPARK = "spark"
    SKETCH = "sketch"
    CANVAS = "canvas"
    CONCEPT = "concept"
    PILOT = "pilot"
    FOUNDING = "founding"
    ENTERPRISE = "enterprise"

    @property
    def next(self) -> "Stage | None":
        return dict(zip(Stage, [*Stage][1:], strict=False)).get(self)

    @property
    def before(self) -> "Stage | None":
        return dict(zip([*Stage][1:], Stage, strict=False)).get(self)


class Act(StrEnum):
    """What somebody did, as the history of a venture tells it."""

    BEGUN = "begun"
    PASSED = "passed"  # a gate, all conditions met
    PASSED_ANYWAY = "passed anyway"  # a gate, for a reason, though something was missing
    WENT_BACK = "went back"
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    RETURNED = "returned"


class BackingKind(StrEnum):
    """Who outside of the team speaks for a venture."""

    ASKED = "asked"  # somebody who might pay was asked
    LETTER = "letter"  # of a partner


class Subsidy(StrEnum):
    """What the Jobcenter may add to a wage."""

    NONE = "none"
    E16 = "16e"
    I16 = "16i"


class Direction(StrEnum):
    """Which way money flows."""

    IN = "in"
    OUT = "out"


class FundingState(StrEnum):
    """Whether money was asked for, and what the answer was."""

    PLANNED = "planned"
    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"


class Venture(Owned, Versioned):
    """An idea on its way to become an enterprise; where it comes from goes with it."""

    __tablename__ = "venture"
    __table_args__ = (
        UniqueConstraint("idea_id"),
        UniqueConstraint("cluster_id"),
        UniqueConstraint("concept_id"),
        UniqueConstraint("project_id", "form_key"),
        CheckConstraint("employer_permille BETWEEN 0 AND 1000", name="employer_permille"),
    )

    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")  # one paragraph
    stage: Mapped[Stage] = mapped_column(default=Stage.SPARK)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey(Idea.id, ondelete="SET NULL"))
    cluster_id: Mapped[int | None] = mapped_column(ForeignKey(Cluster.id, ondelete="SET NULL"))
    concept_id: Mapped[int | None] = mapped_column(ForeignKey(Concept.id, ondelete="SET NULL"))
    source: Mapped[str] = mapped_column(default="")  # in words, and kept when that is gone
    legal_form: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(  # what it became in the register
        ForeignKey(Organisation.id, ondelete="SET NULL"), index=True
    )
    opening_cents: Mapped[int] = mapped_column(default=0)  # in the account at the beginning
    begins: Mapped[date]  # the first month of the money plan
    employer_permille: Mapped[int] = mapped_column(default=220)  # on top of every wage
    by: Mapped[str]
    at: Mapped[datetime]
    deleted: Mapped[datetime | None]  # gone from every list, until undone
    form_key: Mapped[str | None]  # of the form that began it without an idea

    idea: Mapped[Idea | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class Event(Owned):
    """Something that somebody did with a venture; nothing of this is ever changed."""

    __tablename__ = "venture_event"

    venture_id: Mapped[int] = mapped_column(
        ForeignKey(Venture.id, ondelete="CASCADE"), index=True
    )
    act: Mapped[Act]
    kind: Mapped[str] = mapped_column(default="")  # of the line, or nothing for the venture
    subject: Mapped[str] = mapped_column(default="")
    stage: Mapped[Stage | None]  # where it stood afterwards
    missing: Mapped[list[str]] = mapped_column(JSON, default=list)  # at a gate passed anyway
    reason: Mapped[str] = mapped_column(default="")
    changes: Mapped[list[list[Any]]] = mapped_column(JSON, default=list)  # name, old, new
    by: Mapped[str]
    at: Mapped[datetime]


class CanvasText(Owned):
    """What was written in a field of the canvas; the highest number counts.

    The earlier ones stay, so nothing is lost when two people write.
    """

    __tablename__ = "venture_canvas"
    __table_args__ = (UniqueConstraint("venture_id", "field", "number"),)

    venture_id: Mapped[int] = mapped_column(ForeignKey(Venture.id, ondelete="CASCADE"))
    field: Mapped[str]
    number: Mapped[int]  # 1, 2, … in this field
    text: Mapped[str]
    evidence: Mapped[list[list[str]]] = mapped_column(JSON, default=list)  # references
    by: Mapped[str]
    at: Mapped[datetime]


class Line(Owned, Versioned):
    """A line of one of the plans of a venture."""

    __abstract__ = True

    title: Mapped[str] = mapped_column(default="")
    venture_id: Mapped[int] = mapped_column(ForeignKey(Venture.id, ondelete="CASCADE"))
    form_key: Mapped[str]  # of the form that added it
    by: Mapped[str]
    at: Mapped[datetime]
    deleted: Mapped[datetime | None]  # gone from every list, until undone

    @declared_attr.directive
    @classmethod
    def __table_args__(cls) -> tuple[Any, ...]:
        return (UniqueConstraint("venture_id", "form_key"),)


class Member(Line):
    """A place in the team; its title is a role, never who it is."""

    __tablename__ = "venture_member"

    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey(Organisation.id, ondelete="SET NULL"), index=True
    )
    has_experience: Mapped[bool] = mapped_column(default=False)  # of having fled

    organisation: Mapped[Organisation | None] = relationship()


class Backing(Line):
    """A customer who was asked, or a partner who has written a letter; never by name."""

    __tablename__ = "venture_backing"

    kind: Mapped[BackingKind]
    day: Mapped[date]
    note: Mapped[str] = mapped_column(default="")  # what was said, or where the letter lies


class Milestone(Line):
    """Something that is to be done by a day."""

    __tablename__ = "venture_milestone"

    who: Mapped[str] = mapped_column(default="")  # a role or an organisation
    starts: Mapped[date]
    due: Mapped[date]
    done: Mapped[date | None]


class Job(Line):
    """A job that is planned, and the day on which it was filled."""

    __tablename__ = "venture_job"

    isco: Mapped[str] = mapped_column(default="")  # ISCO-08, four digits
    minutes: Mapped[int]  # of work in a week
    starts: Mapped[date]
    wage_cents: Mapped[int]  # for an hour
    german: Mapped[str] = mapped_column(default="")  # at least, as in the CEFR
    subsidy: Mapped[Subsidy] = mapped_column(default=Subsidy.NONE)
    is_granted: Mapped[bool] = mapped_column(default=False)  # by the Jobcenter, in writing
    is_collective: Mapped[bool] = mapped_column(default=False)  # a collective agreement binds
    filled: Mapped[date | None]
    ended: Mapped[date | None]


class PilotMonth(Line):
    """The numbers of a month of the pilot."""

    __tablename__ = "venture_pilot_month"

    month: Mapped[date]
    customers: Mapped[int]
    income_cents: Mapped[int]
    cost_cents: Mapped[int]


class Funding(Line):
    """Money for the venture: where it comes from, how much, and what they said."""

    __tablename__ = "venture_funding"

    programme: Mapped[str] = mapped_column(default="")  # its code in the funding directory
    amount_cents: Mapped[int]
    state: Mapped[FundingState] = mapped_column(default=FundingState.PLANNED)
    paid: Mapped[date]  # in the month of this day
    is_own: Mapped[bool] = mapped_column(default=False)  # own funds


class Flow(Line):
    """Money that comes in or goes out, month by month."""

    __tablename__ = "venture_flow"

    direction: Mapped[Direction]
    amount_cents: Mapped[int]  # in each month
    starts: Mapped[date]
    ends: Mapped[date | None]
