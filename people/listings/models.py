"""The noun of the register of needs and offers."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.models import Versioned
from people.models import Organisation, Owned, Side


class For(StrEnum):
    """Who needs it, or for whom it is offered."""

    PERSONS = "persons"  # as a group; one of them is never told apart
    ORGANISATIONS = "organisations"


class Origin(StrEnum):
    """Where a need or an offer is known from."""

    TEAM = "team"  # somebody of the team typed it
    ANSWER = "answer"  # to a survey
    PASSAGE = "passage"  # of an interview or a free answer
    CONVERSATIONS = "conversations"  # with people, counted together


class Listing(Owned, Versioned):
    """A need or an offer, as much of it as tells who fits whom.

    ``german`` is the level that people have, or that an offer asks for, as in the CEFR;
    ``times`` and ``requires`` are codes with spaces between them. What an offer *requires*
    is what it brings along, such as childcare beside a course. ``besides`` says of a term in
    ``requires`` where or when it is needed, if that is not where and when the rest is:
    ``{"childcare": {"locality": "karow", "times": ["t_evening"]}}``.
    """

    __tablename__ = "listing"
    __table_args__ = (
        UniqueConstraint("project_id", "side", "number"),
        UniqueConstraint("project_id", "form_key"),
        UniqueConstraint("project_id", "source_key"),
        CheckConstraint("quantity BETWEEN 1 AND 100000", name="quantity"),
    )

    side: Mapped[Side]
    number: Mapped[int]  # N1, N2, …, and F1, F2, … of offers
    people: Mapped[For]
    term: Mapped[str]  # a code in people/taxonomy.json
    title: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    quantity: Mapped[int] = mapped_column(default=1)
    locality: Mapped[str] = mapped_column(default="")
    german: Mapped[str] = mapped_column(default="")
    times: Mapped[str] = mapped_column(default="")
    requires: Mapped[str] = mapped_column(default="")
    besides: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    organisation_id: Mapped[int | None] = mapped_column(  # that needs or offers it
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    origin: Mapped[Origin] = mapped_column(default=Origin.TEAM)
    source: Mapped[str] = mapped_column(default="")  # in words: which survey, which talk
    source_key: Mapped[str | None]  # of the answer it came from: taken over once
    valid_until: Mapped[date | None]
    met: Mapped[datetime | None]  # since when nobody needs it any more
    by: Mapped[str]  # who confirmed it
    at: Mapped[datetime]
    deleted: Mapped[datetime | None]  # gone from every list, until undone
    form_key: Mapped[str | None]  # of the form that added it

    organisation: Mapped[Organisation | None] = relationship()

    @property
    def code(self) -> str:
        """Its short name on lists, such as N12."""
        return f"{'N' if self.side == Side.NEED else 'F'}{self.number}"
