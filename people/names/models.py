"""The noun of merging: what was put together, by whom, and what became of it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from people.models import Organisation, Owned


class Merge(Owned):
    """Two entries of the register that are one organisation; undone when it says when.

    No row is moved: who was merged is gone from every list, says into whom, and whatever
    is told of it counts for the other. So undoing brings back exactly what was.
    """

    __tablename__ = "merge"
    __table_args__ = (
        Index(  # nobody is merged twice at a time
            "uq_merge_gone_id",
            "gone_id",
            unique=True,
            sqlite_where=text("undone IS NULL"),
            postgresql_where=text("undone IS NULL"),
        ),
        CheckConstraint("gone_id <> kept_id", name="two"),
    )

    gone_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    kept_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    reason: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]
    undone: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(default="")

    gone: Mapped[Organisation] = relationship(foreign_keys=gone_id)
    kept: Mapped[Organisation] = relationship(foreign_keys=kept_id)
