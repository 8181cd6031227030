"""The nouns of the archive: files on their way out, and files on their way in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.models import Row
from people.models import Owned, Project, User


class ProjectArchive(Owned):
    """Somebody took the whole project along: who, when, and whether with contact data.

    The file itself lies beside the database for a day; this record stays.
    """

    __tablename__ = "project_archive"
    __table_args__ = (UniqueConstraint("project_id", "form_key"),)

    by: Mapped[str]
    at: Mapped[datetime]
    with_contacts: Mapped[bool]
    written: Mapped[int] = mapped_column(default=0)  # rows, of *rows* in all
    rows: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)  # bytes
    digest: Mapped[str] = mapped_column(default="")  # SHA-256 of the file
    done: Mapped[datetime | None]
    failed: Mapped[datetime | None]
    form_key: Mapped[str | None]  # nothing: by a command

    @property
    def busy(self) -> bool:
        return self.done is None and self.failed is None

    @property
    def percent(self) -> int:
        return 100 * self.written // self.rows if self.rows else 0


class ArchiveDraft(Row):
    """An archive that somebody brought, on its way into a project of its own."""

    __tablename__ = "archive_draft"

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    filename: Mapped[str]
    form_key: Mapped[str] = mapped_column(unique=True)
    created: Mapped[datetime]
    about: Mapped[dict[str, Any]] = mapped_column(JSON)  # what the preview says
    slug: Mapped[str] = mapped_column(default="")  # the address it shall have
    begun: Mapped[datetime | None]
    done: Mapped[datetime | None]
    trouble: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # why it was refused
    project_id: Mapped[int | None] = mapped_column(  # what became of it
        ForeignKey(Project.id, ondelete="SET NULL"), index=True
    )

    project: Mapped[Project | None] = relationship()
    user: Mapped[User] = relationship()
