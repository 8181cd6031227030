"""The nouns of home: the timetable of a project, and who gets its weekly letter."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from people.models import Owned, User


class Timetable(Owned):
    """When a project began, how long it takes, and in which weeks which stage is planned."""

    __tablename__ = "timetable"
    __table_args__ = (
        UniqueConstraint("project_id"),
        CheckConstraint("weeks BETWEEN 1 AND 520", name="weeks"),
    )

    begins: Mapped[date]
    weeks: Mapped[int]
    spans: Mapped[dict[str, Any]] = mapped_column(JSON)  # first and last week by stage


class WeeklyReader(Owned):
    """Somebody of the staff who wants the weekly letter of a project."""

    __tablename__ = "weekly_reader"
    __table_args__ = (UniqueConstraint("project_id", "user_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)

    user: Mapped[User] = relationship(lazy="joined", innerjoin=True)
