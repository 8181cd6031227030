"""The nouns of fieldwork beside invitations: the words of mails, mails to those who wanted
something, and who read how to reach them.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from people.models import Owned
from surveys.models import Survey


class Phrasing(Owned):
    """What a team writes in a language on some occasion, instead of the standard words."""

    __tablename__ = "phrasing"
    __table_args__ = (UniqueConstraint("survey_id", "occasion", "language"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    occasion: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]


class Circular(Owned):
    """A mail to all who left an address for the same purpose; to whom it went is not kept."""

    __tablename__ = "circular"

    survey_id: Mapped[int] = mapped_column(
        ForeignKey(Survey.id, ondelete="CASCADE"), index=True
    )
    form_key: Mapped[str] = mapped_column(unique=True)
    purpose: Mapped[str]  # question.choice
    subject: Mapped[str]
    text: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    recipients: Mapped[int]  # how many


class ContactReading(Owned):
    """Somebody of the staff read the contact data that people left in a survey."""

    __tablename__ = "contact_reading"

    survey_id: Mapped[int] = mapped_column(
        ForeignKey(Survey.id, ondelete="CASCADE"), index=True
    )
    by: Mapped[str]
    way: Mapped[str]  # page, csv, xlsx
    contacts: Mapped[int]  # how many
    at: Mapped[datetime]
