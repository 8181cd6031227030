"""The nouns of voting: rounds, ballots, and the marks on them."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.models import Base
from people.models import Owned, Sector
from workshop.models import Board, Channel, Method


class Round(Owned):
    """A vote on a board: its options never change, nor does its result once it is closed.

    Until then ballots are rows. At closing they become ``papers``: a list of nameless
    ballots, each under its receipt, from which anyone can count the result again.
    """

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("board_id", "number"),)

    board_id: Mapped[int] = mapped_column(ForeignKey(Board.id, ondelete="CASCADE"), index=True)
    number: Mapped[int]  # 1, 2, … on this board
    method: Mapped[Method]
    each: Mapped[int]  # what one person may spend: dots, or yeses
    most: Mapped[int]  # of it on one option; the highest score
    seats: Mapped[int]  # how many options are to be chosen
    money: Mapped[int | None]  # whole euros
    is_secret: Mapped[bool]
    is_forgotten: Mapped[bool] = mapped_column(default=False)  # who held which of its ballots
    proof: Mapped[str]  # that the key of this round is still the one it began with
    options: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    options_hash: Mapped[str]
    opened: Mapped[datetime]
    closed: Mapped[datetime | None]
    papers: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    result_hash: Mapped[str | None]

    board: Mapped[Board] = relationship()

    @property
    def key_name(self) -> str:
        """The key outside the database that links people to their ballots."""
        return f"round-{self.id}"


class Ballot(Base):
    """What someone may spend in a round, and how much of it is spent.

    It bears no name: ``receipt`` comes out of the key of the round and who it is.
    """

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint("spent BETWEEN 0 AND given", name="enough"),
        CheckConstraint("people > 0", name="people"),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[int] = mapped_column(
        ForeignKey(Round.id, ondelete="CASCADE"), primary_key=True
    )
    receipt: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[Channel] = mapped_column(default=Channel.OWN)
    sector: Mapped[Sector | None]
    people: Mapped[int] = mapped_column(default=1)  # more than one: dots counted on a wall
    given: Mapped[int]
    spent: Mapped[int] = mapped_column(default=0)
    marks: Mapped[int] = mapped_column(default=0)  # how many options bear a mark
    moves: Mapped[int] = mapped_column(default=0)


class Mark(Base):
    """What a ballot says of an option: dots, yes (1), a score; agree 1, pass 0, disagree -1."""

    __tablename__ = "mark"
    __table_args__ = (
        CheckConstraint("value BETWEEN least AND most", name="limit"),
        ForeignKeyConstraint(
            ["round_id", "receipt"], ["ballot.round_id", "ballot.receipt"], ondelete="CASCADE"
        ),
        {"sqlite_with_rowid": False},
    )

    round_id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[str] = mapped_column(primary_key=True)
    option: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
    least: Mapped[int]
    most: Mapped[int]
