"""The nouns of the calendar: rooms, what takes place and when, and who has reserved places."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.models import Versioned
from people.models import Organisation, Owned


class Kind(StrEnum):
    """What takes place."""

    COURSE = "course"
    ADVICE = "advice"
    MEETING = "meeting"
    OTHER = "other"  # the room is taken, whatever for


class Room(Owned, Versioned):
    """A place that an organisation shares; all that is entered there raises its version."""

    __tablename__ = "room"
    __table_args__ = (
        UniqueConstraint("project_id", "form_key"),
        CheckConstraint("seats BETWEEN 1 AND 10000", name="seats"),
    )

    name: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    seats: Mapped[int]
    locality: Mapped[str] = mapped_column(default="")
    step_free: Mapped[bool | None]  # nothing: nobody has said so
    note: Mapped[str] = mapped_column(default="")
    deleted: Mapped[datetime | None]  # gone from every list, until undone
    form_key: Mapped[str]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)


class Import(Owned):
    """A calendar out of a file on its way in, and afterwards the way back."""

    __tablename__ = "calendar_import"
    __table_args__ = (UniqueConstraint("project_id", "form_key"),)

    filename: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    room_id: Mapped[int | None] = mapped_column(ForeignKey(Room.id, ondelete="SET NULL"))
    found: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # what the file says
    report: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    by: Mapped[str]
    at: Mapped[datetime]
    imported: Mapped[datetime | None]
    undone: Mapped[datetime | None]
    form_key: Mapped[str]


class Occasion(Owned, Versioned):
    """Something that takes place once or weekly, with places for so many, or without."""

    __tablename__ = "occasion"
    __table_args__ = (
        UniqueConstraint("project_id", "form_key"),
        CheckConstraint("taken >= 0 AND (seats IS NULL OR taken <= seats)", name="places"),
        CheckConstraint("minutes BETWEEN 1 AND 44640", name="minutes"),  # 31 days
    )

    kind: Mapped[Kind]
    title: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    room_id: Mapped[int | None] = mapped_column(
        ForeignKey(Room.id, ondelete="SET NULL"), index=True
    )
    elsewhere: Mapped[str] = mapped_column(default="")  # where, when it is in no room of ours
    seats: Mapped[int | None]  # nothing: nobody has to reserve
    taken: Mapped[int] = mapped_column(default=0)
    starts: Mapped[datetime]
    minutes: Mapped[int]
    until: Mapped[date | None]  # weekly, the last day counted
    note: Mapped[str] = mapped_column(default="")
    uid: Mapped[str | None]  # in the calendar it came from
    import_id: Mapped[int | None] = mapped_column(
        ForeignKey(Import.id, ondelete="SET NULL"), index=True
    )
    by: Mapped[str]
    at: Mapped[datetime]
    deleted: Mapped[datetime | None]  # gone from every list, until undone
    form_key: Mapped[str | None]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
    room: Mapped[Room | None] = relationship(lazy="joined")

    @property
    def left(self) -> int | None:
        """How many places are free; nothing where nobody has to reserve."""
        return None if self.seats is None else self.seats - self.taken


class Slot(Owned):
    """One date of an occasion; a cancelled one leaves its room free."""

    __tablename__ = "slot"
    __table_args__ = (
        UniqueConstraint("occasion_id", "starts"),
        Index("ix_slot_project_id_starts", "project_id", "starts"),
        CheckConstraint("starts < ends", name="order"),
    )

    occasion_id: Mapped[int] = mapped_column(ForeignKey(Occasion.id, ondelete="CASCADE"))
    starts: Mapped[datetime]
    ends: Mapped[datetime]
    cancelled: Mapped[bool] = mapped_column(default=False)

    occasion: Mapped[Occasion] = relationship()


class Reservation(Owned):
    """So many places of an occasion that an organisation keeps; nobody is named."""

    __tablename__ = "reservation"
    __table_args__ = (
        UniqueConstraint("occasion_id", "form_key"),
        CheckConstraint("places BETWEEN 1 AND 10000", name="places"),
    )

    occasion_id: Mapped[int] = mapped_column(ForeignKey(Occasion.id, ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    places: Mapped[int]
    by: Mapped[str]
    at: Mapped[datetime]
    ended: Mapped[datetime | None]
    form_key: Mapped[str]

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)
