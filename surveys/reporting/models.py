"""The nouns of reading: figures that were frozen, to be cited."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from people.models import Owned
from surveys.models import Survey


class Frozen(Owned):
    """A figure as it was at a moment; later documents cite it by its code.

    Its content never changes, whatever becomes of the answers: it holds aggregates only.
    """

    __tablename__ = "frozen"
    __table_args__ = (UniqueConstraint("project_id", "digest"),)

    code: Mapped[str] = mapped_column(unique=True)  # in its address
    survey_id: Mapped[int] = mapped_column(
        ForeignKey(Survey.id, ondelete="CASCADE"), index=True
    )
    digest: Mapped[str]  # of its content
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]
    is_public: Mapped[bool] = mapped_column(default=False)
    withdrawn: Mapped[datetime | None]

    survey: Mapped[Survey] = relationship()

    @property
    def title(self) -> str:
        return str(self.content["title"])
