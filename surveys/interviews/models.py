"""The nouns of qualitative work: interviews with organisations, and marked passages."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from people.models import Organisation, Owned
from surveys.models import Response, Survey

GENERAL = "-"  # the place of notes that belong to no question; no question is called so


class Meaning(StrEnum):
    """What a marked stretch of text is."""

    CODE = "code"  # it speaks of the term, no more
    NEED = "need"
    OFFER = "offer"
    QUOTE = "quote"  # with consent only


class Interview(Owned):
    """A conversation with an organisation about what it answered, one for each survey.

    ``notes`` is keyed by the entries of the guide, GENERAL for the rest; it is replaced as
    a whole, and ``revision`` grows with every time.
    """

    __tablename__ = "interview"
    __table_args__ = (UniqueConstraint("survey_id", "organisation_id"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    key: Mapped[str] = mapped_column(unique=True)  # by which its erasure is replayed
    day: Mapped[date | None]
    led_by: Mapped[str] = mapped_column(default="")
    held: Mapped[bool] = mapped_column(default=False)  # or planned
    may_quote: Mapped[bool] = mapped_column(default=False)  # they said so when asked
    notes: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[int] = mapped_column(default=0)

    survey: Mapped[Survey] = relationship()
    organisation: Mapped[Organisation] = relationship()


class Passage(Owned):
    """A stretch of a free answer or of notes, with a term and what it is.

    It holds no word of the text, only where the stretch stands and how to recognise it; so
    nothing is left when the text is erased, and a stretch that moves is found again.
    """

    __tablename__ = "passage"
    __table_args__ = (
        UniqueConstraint("response_id", "question", "begins", "ends", "meaning", "term"),
        UniqueConstraint("interview_id", "question", "begins", "ends", "meaning", "term"),
        UniqueConstraint("project_id", "form_key"),
        CheckConstraint("(response_id IS NULL) <> (interview_id IS NULL)", name="source"),
        CheckConstraint("0 <= begins AND begins < ends", name="stretch"),
        {"sqlite_autoincrement": True},  # a card that was brought is never another's
    )

    response_id: Mapped[int | None] = mapped_column(ForeignKey(Response.id, ondelete="CASCADE"))
    interview_id: Mapped[int | None] = mapped_column(
        ForeignKey(Interview.id, ondelete="CASCADE")
    )
    question: Mapped[str]  # or the entry of the guide
    begins: Mapped[int]  # counted in characters
    ends: Mapped[int]
    digest: Mapped[str]  # of the stretch, to recognise it
    meaning: Mapped[Meaning] = mapped_column(index=True)
    term: Mapped[str]  # a code in people/taxonomy.json
    by: Mapped[str]  # who of the staff marked it
    at: Mapped[datetime]
    removed: Mapped[datetime | None]  # gone from every list, until undone
    form_key: Mapped[str]  # of the form that marked it

    response: Mapped[Response | None] = relationship()
    interview: Mapped[Interview | None] = relationship()
