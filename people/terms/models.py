"""The noun of terms: what a project made of one, or added to the list."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.models import Versioned
from people.models import Owned


class ProjectTerm(Owned, Versioned):
    """A term as a project calls it, beside or over the shipped list; its code stays."""

    __tablename__ = "project_term"
    __table_args__ = (
        UniqueConstraint("project_id", "code"),
        UniqueConstraint("project_id", "form_key"),
    )

    code: Mapped[str]  # of the list, or "group.word" of one's own
    group: Mapped[str]
    de: Mapped[str]
    en: Mapped[str]
    side: Mapped[str]  # P, O or PO, as in people/taxonomy.py
    top: Mapped[str] = mapped_column(default="")
    rests: Mapped[bool] = mapped_column(default=False)
    into: Mapped[str] = mapped_column(default="")
    form_key: Mapped[str | None]  # of the form that added it
    by: Mapped[str]
    at: Mapped[datetime]
