"""The nouns of meetings: when and where, what about, who came, and what was decided."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.models import Versioned
from networks.models import Introduction
from people.models import Organisation, Owned


class Kind(StrEnum):
    """Whose meeting it is."""

    NETWORK = "network"  # all organisations
    TASK_FORCE = "task_force"


class Meeting(Owned, Versioned):
    """A date to which organisations come, and what was said there."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("project_id", "form_key"),
        CheckConstraint("minutes BETWEEN 5 AND 1440", name="minutes"),
    )

    kind: Mapped[Kind]
    title: Mapped[str]
    begins: Mapped[datetime]
    minutes: Mapped[int]  # how long it takes
    place: Mapped[str] = mapped_column(default="")
    invitation: Mapped[str] = mapped_column(default="")  # the words of the team in it
    summary: Mapped[str] = mapped_column(default="")  # what the minutes say of the whole
    by: Mapped[str]
    deleted: Mapped[datetime | None]  # gone from every list, until undone
    form_key: Mapped[str]

    items: Mapped[list["AgendaItem"]] = relationship(
        order_by="(AgendaItem.position, AgendaItem.id)", viewonly=True
    )
    guests: Mapped[list["Guest"]] = relationship(order_by="Guest.id", viewonly=True)
    resolutions: Mapped[list["Resolution"]] = relationship(
        order_by="Resolution.id", viewonly=True
    )


class AgendaItem(Owned):
    """A point of the agenda; an introduction of two organisations may be one."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "form_key"),
        UniqueConstraint("meeting_id", "introduction_id"),
        CheckConstraint("minutes BETWEEN 0 AND 600", name="minutes"),
    )

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey(Meeting.id, ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    title: Mapped[str]  # empty: the introduction says it
    minutes: Mapped[int] = mapped_column(default=0)  # 0: not planned
    notes: Mapped[str] = mapped_column(default="")
    introduction_id: Mapped[int | None] = mapped_column(
        ForeignKey(Introduction.id, ondelete="CASCADE")
    )
    form_key: Mapped[str]

    introduction: Mapped[Introduction | None] = relationship()


class Answer(StrEnum):
    """What an organisation said to an invitation."""

    NONE = "none"
    YES = "yes"
    NO = "no"


class Guest(Owned):
    """An organisation that is invited, what it said, and how many of it came."""

    __tablename__ = "guest"
    __table_args__ = (
        UniqueConstraint("meeting_id", "organisation_id"),
        CheckConstraint("came BETWEEN 0 AND 999", name="came"),
    )

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey(Meeting.id, ondelete="CASCADE"), index=True
    )
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    nonce: Mapped[str]  # its link is made of it, and never kept
    key_hash: Mapped[str] = mapped_column(unique=True)
    written: Mapped[datetime | None]  # a mail was put into the outbox
    answer: Mapped[Answer] = mapped_column(default=Answer.NONE)
    answered: Mapped[datetime | None]
    came: Mapped[int | None]  # people; none: nobody has noted it

    organisation: Mapped[Organisation] = relationship(lazy="joined", innerjoin=True)


class Resolution(Owned):
    """Something that was decided: what, by whom until when, and when it was done."""

    __tablename__ = "resolution"
    __table_args__ = (UniqueConstraint("meeting_id", "form_key"),)

    meeting_id: Mapped[int] = mapped_column(
        ForeignKey(Meeting.id, ondelete="CASCADE"), index=True
    )
    text: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None]
    done: Mapped[datetime | None]
    form_key: Mapped[str]
