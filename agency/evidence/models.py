"""The noun of evidence: a source of one's own. All other kinds are kept where they arise."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.models import Versioned
from people.models import Owned


class OwnSource(Owned, Versioned):
    """Something outside that a claim rests on: a title, and where it is or what it says."""

    __tablename__ = "own_source"
    __table_args__ = (
        UniqueConstraint("project_id", "form_key"),
        CheckConstraint("link <> '' OR text <> ''", name="says"),
    )

    title: Mapped[str]
    link: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]
    deleted: Mapped[datetime | None]
    form_key: Mapped[str]
