"""The nouns of reading: figures that were frozen, and who took answers along."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from people.models import Owned
from surveys.models import Response, Survey

HANDED_IN = Response.submitted.is_not(None)

# Who has answered, organisation by organisation; and all that figures must know to see which
# answers they have not read yet.
Index("ix_response_of", Response.survey_id, Response.organisation_id, Response.submitted)
Index(
    "ix_response_read", Response.survey_id, Response.submitted, Response.id,
    Response.revision, Response.leading, Response.organisation_id,
    sqlite_where=HANDED_IN, postgresql_where=HANDED_IN,
)  # fmt: skip


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
    """Somebody of the staff took answers to a survey, or links to it, along: how many, and how.

    It holds nothing of what they say, and stays when they are deleted.
    """

    __tablename__ = "export"

    survey_id: Mapped[int] = mapped_column(
        ForeignKey(Survey.id, ondelete="CASCADE"), index=True
    )
    by: Mapped[str]
    kind: Mapped[str]  # csv, xlsx, spss, stata, r, ddi, passages, mail merge
    language: Mapped[str]  # of the labels
    rows: Mapped[int]  # responses, passages, or links
    with_names: Mapped[bool]  # of all organisations, not of those alone that allow it
    at: Mapped[datetime]
