"""The nouns of paper: stacks that were printed, sheets that were typed, dots on a wall."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.models import Base
from workshop.voting.models import Round


class Stack(Base):
    """How many ballots of a round were printed: the numbers 1 to ``printed``."""

    __tablename__ = "paper_stack"

    round_id: Mapped[int] = mapped_column(
        ForeignKey(Round.id, ondelete="CASCADE"), primary_key=True
    )
    printed: Mapped[int] = mapped_column(default=0)


class Sheet(Base):
    """A ballot on paper; it counts once two people have typed the same."""

    __tablename__ = "paper_sheet"
    __table_args__ = ({"sqlite_with_rowid": False},)

    round_id: Mapped[int] = mapped_column(
        ForeignKey(Round.id, ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    is_counted: Mapped[bool] = mapped_column(default=False)
    moves: Mapped[int] = mapped_column(default=0)


class Typing(Base):
    """What one scribe read on a sheet: ``marks`` by option, none on one that is void."""

    __tablename__ = "paper_typing"
    __table_args__ = (
        ForeignKeyConstraint(
            ["round_id", "number"],
            ["paper_sheet.round_id", "paper_sheet.number"],
            ondelete="CASCADE",
        ),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    scribe: Mapped[str] = mapped_column(primary_key=True)
    marks: Mapped[dict[str, Any]] = mapped_column(JSON)


class Tally(Base):
    """For how many people dots on a paper wall were counted; what they chose is a ballot."""

    __tablename__ = "paper_tally"
    __table_args__ = (CheckConstraint("people >= 0", name="people"),)

    round_id: Mapped[int] = mapped_column(
        ForeignKey(Round.id, ondelete="CASCADE"), primary_key=True
    )
    people: Mapped[int] = mapped_column(default=0)
    moves: Mapped[int] = mapped_column(default=0)
