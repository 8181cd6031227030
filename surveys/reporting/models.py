"""The nouns of reading: figures that were frozen, and who took answers along."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from people.models import Owned
from surveys.models import Survey


class Frozen(Owned):
    """A figure as it was at a moment; later documents cite it by its code.

    Its content never changes, whatever becomes of the answers: it holds aggregates only.
    ``public`` is what of it everyone may see, if anything.
    """

    __tablename__ = "frozen"
    __table_args__ = (UniqueConstraint("project_id", "digest"),)

    code: Mapped[str] = mapped_column(unique=True)  # in its address
    survey_id: Mapped[int] = mapped_column(
        ForeignKey(Survey.id, ondelete="CASCADE"), index=True
    )
    digest: Mapped[str]  # of its content
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    public: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    note: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]
    is_public: Mapped[bool] = mapped_column(default=False)
    withdrawn: Mapped[datetime | None]

    survey: Mapped[Survey] = relationship()

    @property
    def title(self) -> str:
        return str(self.content["title"])


class Export(Owned):
    """Somebody of the staff took the answers to a survey along: how many, and how.

    It holds nothing of what they say, and stays when they are deleted.
    """

    __tablename__ = "export"

    survey_id: Mapped[int] = mapped_column(
        ForeignKey(Survey.id, ondelete="CASCADE"), index=True
    )
    by: Mapped[str]
    kind: Mapped[str]  # csv, xlsx, spss, r
    language: Mapped[str]  # of the labels
    rows: Mapped[int]  # responses
    with_names: Mapped[bool]  # of all organisations, not of those alone that allow it
    at: Mapped[datetime]
