"""The nouns of surveys: questionnaires in versions, invitations, and responses."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.models import Base, Row, Versioned
from people.models import ConsentText, Organisation, Owned
from surveys.definition import Texts
from surveys.kinds import Reason, Sample


class Subject(StrEnum):
    """Whom a survey is about; the rules for what may be shown follow from it."""

    ORGANISATIONS = "organisations"
    PERSONS = "persons"


class Kind(StrEnum):
    """Who can tell whose answer it is: the team, nobody although all are invited, or no one.

    The database locks it: answers refer to the survey together with its kind.
    """

    IDENTIFIED = "identified"
    ANONYMOUS = "anonymous"
    OPEN = "open"


class State(StrEnum):
    """Where a survey stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Channel(StrEnum):
    """The way on which a response came."""

    LINK = "link"
    INVITATION = "invitation"
    COUNSELLOR = "counsellor"
    PAPER = "paper"


class Survey(Versioned, Owned):
    """One wave of a questionnaire, sent to a group of people; slugs are unique per server."""

    __tablename__ = "survey"
    __table_args__ = (
        UniqueConstraint("id", "kind"),  # what answers refer to
        {"sqlite_autoincrement": True},  # what is kept of one is never taken for another's
    )

    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Texts] = mapped_column(JSON)
    subject: Mapped[Subject] = mapped_column(default=Subject.ORGANISATIONS)
    kind: Mapped[Kind] = mapped_column(default=Kind.IDENTIFIED)
    sample: Mapped[Sample] = mapped_column(default=Sample.CENSUS)
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    keep_until: Mapped[date | None]  # the last day on which its answers are kept
    opens: Mapped[datetime | None]  # by the clock, while it is a draft
    closes: Mapped[datetime | None]  # by the clock
    most: Mapped[int | None]  # answers that are taken
    quotas: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)  # by sector
    thanks: Mapped[Texts] = mapped_column(JSON, default=dict)  # read by who has handed in
    farewell: Mapped[Texts] = mapped_column(JSON, default=dict)  # read once it is closed
    wording: Mapped[int] = mapped_column(default=0)  # grows when a text or a language changes
    lens: Mapped[str | None]  # of persons: the question with which all others are crossed
    opened: Mapped[datetime | None]
    closed: Mapped[datetime | None]
    published: Mapped[datetime | None]  # since when everyone can read its results
    sounds: Mapped[int] = mapped_column(default=0)  # grows with every change to what is heard
    created: Mapped[datetime]
    deleted: Mapped[datetime | None]  # as a draft: it stands in no list any more
    form_key: Mapped[str | None] = mapped_column(unique=True)  # of the form that began it


class SurveyVersion(Row):
    """What a survey asks from some moment on; never changed once an answer refers to it."""

    __tablename__ = "survey_version"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    number: Mapped[int]
    digest: Mapped[str]  # SHA-256 of the canonical JSON
    definition: Mapped[dict[str, Any]] = mapped_column(JSON)
    findings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)  # at import
    created: Mapped[datetime]


class Invitation(Owned):
    """A personal link to a survey for an organisation.

    The token of the link is an HMAC of the nonce under the key "invitations", so it can be
    written into a letter again although only its hash is kept.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("survey_id", "organisation_id"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    nonce: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created: Mapped[datetime]
    waiting: Mapped[datetime | None]  # since when a mail lies in the outbox
    sent: Mapped[datetime | None]  # the last mail that left
    sent_before: Mapped[datetime | None]  # and the one before
    written: Mapped[int] = mapped_column(default=0)  # how many mails left
    bounced: Mapped[datetime | None]  # the last mail came back
    misdirected: Mapped[datetime | None]  # it reached the wrong person
    pointer: Mapped[str | None]  # who would be right, in their words, sealed
    opened: Mapped[datetime | None]
    declined: Mapped[datetime | None]
    answered: Mapped[bool] = mapped_column(default=False)  # anonymously; noted in batches

    survey: Mapped[Survey] = relationship()
    organisation: Mapped[Organisation] = relationship()


class Response(Owned):
    """What somebody answers to a survey: one document, replaced as a whole page by page.

    ``answers`` is keyed by the names of the questions: text and dates as strings, whole
    numbers as int, decimals as float, select_multiple and rank as a list of names, a repeat
    as a list of such documents. ``page`` is the page the respondent sees next.
    """

    __tablename__ = "response"
    __table_args__ = (
        Index("ix_response_survey_id_submitted", "survey_id", "submitted"),
        ForeignKeyConstraint(
            ["survey_id", "kind"], ["survey.id", "survey.kind"], ondelete="CASCADE",
            name="fk_response_kind",
        ),
        CheckConstraint("kind <> 'anonymous'", name="kind"),
        # Browsers remember numbers: that of an erased response is given to nobody else.
        {"sqlite_autoincrement": True},
    )  # fmt: skip

    kind: Mapped[Kind] = mapped_column(default=Kind.IDENTIFIED)
    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey(SurveyVersion.id))
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey(Organisation.id, ondelete="SET NULL"), index=True
    )
    invitation_id: Mapped[int | None] = mapped_column(
        ForeignKey(Invitation.id, ondelete="SET NULL"), index=True
    )
    key_hash: Mapped[str] = mapped_column(unique=True)  # of the key of the form that began it
    card_hash: Mapped[str | None] = mapped_column(unique=True)  # of the words of its card
    channel: Mapped[Channel]
    typist: Mapped[str | None]  # who of the staff typed a sheet of paper
    language: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[int] = mapped_column(default=0)  # grows with every page that is saved
    device_change: Mapped[int] = mapped_column(
        default=0
    )  # the last one that came from a device
    page: Mapped[str] = mapped_column(default="")
    begun: Mapped[datetime]
    saved: Mapped[datetime]
    submitted: Mapped[datetime | None]
    leading: Mapped[bool] = mapped_column(default=False)  # speaks for its organisation
    chosen: Mapped[bool] = mapped_column(default=False)  # … as a facilitator said
    corrected: Mapped[datetime | None]  # of persons: since when *counted* stands for answers
    counted: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    organisation: Mapped[Organisation | None] = relationship()


class AnonymousResponse(Base):
    """What somebody invited answers, without a way back to the invitation.

    The number is random, no time is finer than a day, and the order of rows tells nothing.
    ``ticket_hash`` lets a link make one response only; it is dropped at closing.
    """

    __tablename__ = "anonymous_response"
    __table_args__ = (
        ForeignKeyConstraint(
            ["survey_id", "kind"], ["survey.id", "survey.kind"], ondelete="CASCADE",
            name="fk_anonymous_response_kind",
        ),
        CheckConstraint("kind = 'anonymous'", name="kind"),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    id: Mapped[str] = mapped_column(primary_key=True)  # 128 random bits
    survey_id: Mapped[int] = mapped_column(index=True)
    kind: Mapped[Kind] = mapped_column(default=Kind.ANONYMOUS)
    version_id: Mapped[int] = mapped_column(ForeignKey(SurveyVersion.id))
    ticket_hash: Mapped[str | None] = mapped_column(unique=True)
    card_hash: Mapped[str | None] = mapped_column(unique=True)
    language: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[int] = mapped_column(default=0)
    device_change: Mapped[int] = mapped_column(default=0)
    page: Mapped[str] = mapped_column(default="")
    saved: Mapped[datetime]  # the day, at noon
    submitted: Mapped[datetime | None]
    counted: Mapped[bool] = mapped_column(default=False)  # in figures; set in batches


class ResultsWish(Base):
    """An address to which the results go; nothing leads from it to any answer.

    The number is an HMAC of the address, and the order of rows tells nothing.
    """

    __tablename__ = "results_wish"
    __table_args__ = ({"sqlite_with_rowid": False},)

    id: Mapped[str] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(
        ForeignKey(Survey.id, ondelete="CASCADE"), index=True
    )
    language: Mapped[str]
    sealed: Mapped[str]


class Erasure(Owned):
    """That answers were erased: when, why and how many, and nothing of what they said."""

    __tablename__ = "erasure"

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    reason: Mapped[Reason]
    number: Mapped[int]
    done: Mapped[datetime]


class SealedAnswer(Row):
    """An answer with contact data, kept apart from the others and encrypted."""

    __tablename__ = "sealed_answer"
    __table_args__ = (UniqueConstraint("response_id", "question"),)

    response_id: Mapped[int] = mapped_column(ForeignKey(Response.id, ondelete="CASCADE"))
    question: Mapped[str]
    sealed: Mapped[str]


class Agreement(Row):
    """To which wording of a consent somebody agreed in answering a question."""

    __tablename__ = "agreement"
    __table_args__ = (UniqueConstraint("response_id", "question"),)

    response_id: Mapped[int] = mapped_column(ForeignKey(Response.id, ondelete="CASCADE"))
    question: Mapped[str]
    text_id: Mapped[int] = mapped_column(
        ForeignKey(ConsentText.id, ondelete="CASCADE"), index=True
    )


class Mention(Owned):
    """An organisation that somebody named in words; a facilitator says which one it is.

    ``instance`` tells the turns of a repeat apart, from 1; it is 0 outside of repeats.
    """

    __tablename__ = "mention"
    __table_args__ = (UniqueConstraint("response_id", "question", "instance"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    response_id: Mapped[int] = mapped_column(
        ForeignKey(Response.id, ondelete="CASCADE"), index=True
    )
    question: Mapped[str]
    instance: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    sector: Mapped[str] = mapped_column(default="")  # as they said, if they were asked
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey(Organisation.id, ondelete="SET NULL"), index=True
    )
    is_none: Mapped[bool] = mapped_column(default=False)  # no organisation at all: "nobody"
    given: Mapped[datetime]
