"""The noun of sorting: a step that can be taken back."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from people.models import Owned
from workshop.models import Board


class Step(Owned):
    """Something that was sorted on a board, and how it was before.

    Steps are numbered without gaps, so that of two who sort at once only one gets the
    number, and the other one looks again.
    """

    __tablename__ = "sorting_step"
    __table_args__ = (
        UniqueConstraint("board_id", "number"),
        UniqueConstraint("board_id", "form_key"),
    )

    board_id: Mapped[int] = mapped_column(ForeignKey(Board.id, ondelete="CASCADE"))
    number: Mapped[int]
    act: Mapped[str]  # as it is called in the room's table of acts
    asked: Mapped[dict[str, Any]] = mapped_column(JSON)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)  # what it changed, as it was
    form_key: Mapped[str | None]
    taken: Mapped[datetime]
    undoes: Mapped[int | None]  # the number of the step that this one took back
    is_undone: Mapped[bool] = mapped_column(default=False)
