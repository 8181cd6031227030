"""The nouns of the concept: its entries, the editions that were kept, and comments on them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.models import Versioned
from people.models import Organisation, Owned


class Section(StrEnum):
    """The sections of a concept, in the order of the application."""

    PROBLEM = "problem"
    TARGET = "target"
    APPROACH = "approach"
    PARTNERS = "partners"
    MEASURES = "measures"
    INDICATORS = "indicators"
    BUDGET = "budget"
    TIMETABLE = "timetable"
    RISKS = "risks"
    CONTINUATION = "continuation"


class Concept(Owned, Versioned):
    """A model project as it is applied for; ``version`` counts changes of what stands here."""

    __tablename__ = "concept"
    __table_args__ = (
        UniqueConstraint("project_id", "form_key"),
        CheckConstraint("months BETWEEN 1 AND 60", name="months"),
        CheckConstraint("esf_cents >= 0", name="esf"),
        CheckConstraint("land_cents >= 0", name="land"),
    )

    title: Mapped[str]
    starts: Mapped[date | None]  # the first day of its first month
    months: Mapped[int] = mapped_column(default=24)
    esf_cents: Mapped[int | None]  # applied for, where it is not as the rule says
    land_cents: Mapped[int | None]
    programme: Mapped[str] = mapped_column(default="")  # its code in the funding directory
    by: Mapped[str]
    at: Mapped[datetime]
    form_key: Mapped[str]


class Entry(Owned, Versioned):
    """A claim, a partner, a measure, an indicator, a cost or a milestone of a concept.

    ``facts`` holds what its section asks for besides (see ``sections.py``), ``evidence``
    what it rests on, each with a mark how that was when it was cited.
    """

    __tablename__ = "concept_entry"
    __table_args__ = (UniqueConstraint("concept_id", "form_key"),)

    concept_id: Mapped[int] = mapped_column(
        ForeignKey(Concept.id, ondelete="CASCADE"), index=True
    )
    section: Mapped[Section]
    position: Mapped[int]
    text: Mapped[str]
    facts: Mapped[dict[str, str]] = mapped_column(JSON)
    evidence: Mapped[list[list[str]]] = mapped_column(JSON)
    organisation_id: Mapped[int | None] = mapped_column(  # who is partner, or does it
        ForeignKey(Organisation.id, ondelete="SET NULL"), index=True
    )
    by: Mapped[str]
    at: Mapped[datetime]
    deleted: Mapped[datetime | None]  # gone from the document, until undone
    form_key: Mapped[str]


class Edition(Owned):
    """A concept as it was when somebody kept it; its content never changes.

    Partners comment on it by a link. The key of the link is an HMAC of the nonce, made again
    whenever it is shown; only its hash is kept to recognise it.
    """

    __tablename__ = "concept_edition"
    __table_args__ = (
        UniqueConstraint("concept_id", "number"),
        UniqueConstraint("concept_id", "form_key"),
    )

    concept_id: Mapped[int] = mapped_column(ForeignKey(Concept.id, ondelete="CASCADE"))
    number: Mapped[int]  # 1, 2, …
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(default="")
    by: Mapped[str]
    at: Mapped[datetime]
    form_key: Mapped[str]
    nonce: Mapped[str]
    key_hash: Mapped[str] = mapped_column(unique=True)
    opened: Mapped[datetime | None]  # partners may comment since
    closed: Mapped[datetime | None]  # and until then


class Comment(Owned):
    """What a partner says to an edition, or to one entry in it, and what the team answers."""

    __tablename__ = "concept_comment"
    __table_args__ = (
        UniqueConstraint("edition_id", "form_key"),
        Index("ix_concept_comment_edition", "edition_id", "entry"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey(Edition.id, ondelete="CASCADE"))
    entry: Mapped[int | None]  # its number in the content; nothing: to all of it
    name: Mapped[str]
    shows_name: Mapped[bool] = mapped_column(default=False)  # to whoever has the link, too
    text: Mapped[str]
    at: Mapped[datetime]
    form_key: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[str] = mapped_column(default="")
    resolved: Mapped[datetime | None]
    word_hash: Mapped[str] = mapped_column(default="")  # of the word that its writer chose
    deleted: Mapped[datetime | None]  # nobody reads it any more; a day later it is erased
    deleted_by: Mapped[str] = mapped_column(default="")  # of the team; nothing: its writer
