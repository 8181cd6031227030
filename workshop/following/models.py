"""The nouns of what comes after: decisions, notes of what became of ideas, an outlook."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.models import Base
from people.models import Organisation, Owned
from workshop.models import Idea, Workshop


class Outcome(StrEnum):
    """What is decided on an idea."""

    ADOPTED = "adopted"
    MERGED = "merged"  # it goes on together with another idea
    LATER = "later"
    NO = "no"


class State(StrEnum):
    """How far the work on an idea has come."""

    BEGUN = "begun"
    RUNNING = "running"
    DONE = "done"
    GIVEN_UP = "given up"


class Decision(Owned):
    """A decision on an idea; the one with the highest number counts, the others are history.

    Without an outcome it says that an earlier decision was taken back.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("idea_id", "number"),
        CheckConstraint("outcome NOT IN ('later', 'no') OR reason <> ''", name="reason"),
    )

    idea_id: Mapped[int] = mapped_column(ForeignKey(Idea.id, ondelete="CASCADE"))
    number: Mapped[int]  # 1, 2, … on this idea
    outcome: Mapped[Outcome | None]
    reason: Mapped[str] = mapped_column(default="")
    partner_id: Mapped[int | None] = mapped_column(  # the idea with which it goes on
        ForeignKey(Idea.id, ondelete="SET NULL")
    )
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey(Organisation.id, ondelete="SET NULL"), index=True
    )
    due: Mapped[date | None]
    by: Mapped[str]
    at: Mapped[datetime]

    idea: Mapped[Idea] = relationship(foreign_keys=idea_id)
    partner: Mapped[Idea | None] = relationship(foreign_keys=partner_id)
    owner: Mapped[Organisation | None] = relationship()


class FollowUp(Owned):
    """A dated note of what has become of an idea."""

    __tablename__ = "follow_up"
    __table_args__ = (UniqueConstraint("idea_id", "form_key"),)

    idea_id: Mapped[int] = mapped_column(ForeignKey(Idea.id, ondelete="CASCADE"))
    form_key: Mapped[str]
    state: Mapped[State]
    text: Mapped[str]
    day: Mapped[date]  # on which it was so
    by: Mapped[str]
    at: Mapped[datetime]
    is_withdrawn: Mapped[bool] = mapped_column(default=False)

    idea: Mapped[Idea] = relationship()


class Outlook(Owned):
    """What the facilitator tells everyone at the end: how it goes on, and who to ask."""

    __tablename__ = "outlook"

    workshop_id: Mapped[int] = mapped_column(
        ForeignKey(Workshop.id, ondelete="CASCADE"), unique=True
    )
    ahead: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    questions: Mapped[str] = mapped_column(default="")  # that stayed open, one per line


class Follower(Base):
    """An address to which goes what became of the ideas; nothing leads from it to a person.

    The number is an HMAC of the address, and the order of rows tells nothing.
    """

    __tablename__ = "follower"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[str] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(
        ForeignKey(Workshop.id, ondelete="CASCADE"), index=True
    )
    language: Mapped[str]
    sealed: Mapped[str]
    until: Mapped[date]  # on which it is deleted


class Telling(Owned):
    """That everybody who follows the ideas of a workshop was written to."""

    __tablename__ = "telling"
    __table_args__ = (UniqueConstraint("project_id", "form_key"),)

    workshop_id: Mapped[int] = mapped_column(
        ForeignKey(Workshop.id, ondelete="CASCADE"), index=True
    )
    form_key: Mapped[str]
    words: Mapped[str]  # with which the facilitator began
    recipients: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]
