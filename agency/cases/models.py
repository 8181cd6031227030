"""The nouns of advice: cases, what happened in them, appointments and hand-overs."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.models import Versioned
from people.listings.models import Listing
from people.models import Membership, Organisation, Owned


class Kind(StrEnum):
    """What an organisation is advised on."""

    FUNDING = "funding"
    STAFF = "staff"
    BUSINESS = "business"
    OTHER = "other"


class Outcome(StrEnum):
    """With what a case closes."""

    SOLVED = "solved"
    PARTLY = "partly"
    REFERRED = "referred"  # somebody outside of the project goes on
    SETTLED = "settled"  # it is not needed any more
    IMPOSSIBLE = "impossible"
    SILENT = "silent"  # the organisation did not answer any more


class Event(StrEnum):
    """What happened in a case."""

    BEGUN = "begun"
    NOTED = "noted"
    TAKEN = "taken"
    ARRANGED = "arranged"  # an appointment
    MET = "met"
    CANCELLED = "cancelled"
    OFFERED = "offered"  # to somebody else
    ACCEPTED = "accepted"
    DECLINED = "declined"
    KEPT = "kept"  # the offer was taken back
    CLOSED = "closed"
    REOPENED = "reopened"


class Case(Owned, Versioned):
    """A need of an organisation that the agency takes care of.

    An adviser has it, or a provider whose counsellors have it, or nobody yet. The first
    case of a need has *turn* 1; who begins another one has given a reason.
    """

    __tablename__ = "advice_case"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        UniqueConstraint("project_id", "form_key"),
        UniqueConstraint("organisation_id", "term", "turn"),
        CheckConstraint("owner_id IS NULL OR provider_id IS NULL", name="one_owner"),
        CheckConstraint("(outcome IS NULL) = (closed IS NULL)", name="closed_with_outcome"),
    )

    number: Mapped[int]  # B1, B2, …
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    kind: Mapped[Kind]
    term: Mapped[str]  # a code in people/taxonomy.json
    turn: Mapped[int]
    again: Mapped[str] = mapped_column(default="")  # why the same need once more
    title: Mapped[str]
    listing_id: Mapped[int | None] = mapped_column(  # the need it began with
        ForeignKey(Listing.id, ondelete="SET NULL"), index=True
    )
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey(Membership.id, ondelete="SET NULL"), index=True
    )
    provider_id: Mapped[int | None] = mapped_column(
        ForeignKey(Organisation.id, ondelete="SET NULL"), index=True
    )
    begun: Mapped[datetime]
    moved: Mapped[datetime]  # when something last happened
    outcome: Mapped[Outcome | None]
    closed: Mapped[datetime | None]
    deleted: Mapped[datetime | None]  # gone from every list, until undone
    form_key: Mapped[str | None]  # of the form that began it

    organisation: Mapped[Organisation] = relationship(foreign_keys=organisation_id)
    listing: Mapped[Listing | None] = relationship()
    owner: Mapped[Membership | None] = relationship()
    provider: Mapped[Organisation | None] = relationship(foreign_keys=provider_id)

    @property
    def code(self) -> str:
        """Its short name on lists, such as B12."""
        return f"B{self.number}"


class CaseEvent(Owned):
    """What happened in a case, who says so, and when; it is never changed."""

    __tablename__ = "case_event"
    __table_args__ = (UniqueConstraint("case_id", "form_key"),)

    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    event: Mapped[Event]
    text: Mapped[str] = mapped_column(default="")
    whom: Mapped[str] = mapped_column(default="")  # took it, or was offered it
    by: Mapped[str]
    at: Mapped[datetime]
    form_key: Mapped[str | None]


class Appointment(Owned):
    """When adviser and organisation meet."""

    __tablename__ = "case_appointment"
    __table_args__ = (UniqueConstraint("case_id", "form_key"),)

    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    at: Mapped[datetime]
    place: Mapped[str] = mapped_column(default="")
    was: Mapped[Event] = mapped_column(default=Event.ARRANGED)  # or met, or cancelled
    form_key: Mapped[str | None]


class Handover(Owned):
    """A case on its way to somebody else, with what was promised; at most one waits."""

    __tablename__ = "case_handover"
    __table_args__ = (
        UniqueConstraint("case_id", "waits"),
        UniqueConstraint("case_id", "form_key"),
        CheckConstraint("to_id IS NULL OR to_provider_id IS NULL", name="one_receiver"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey(Case.id, ondelete="CASCADE"))
    to_id: Mapped[int | None] = mapped_column(
        ForeignKey(Membership.id, ondelete="CASCADE"), index=True
    )
    to_provider_id: Mapped[int | None] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    promised: Mapped[str]  # to the organisation; the new owner stands in for it
    next: Mapped[str] = mapped_column(default="")  # what is to be done next
    waits: Mapped[bool | None]  # for an answer; nothing once there is one
    by: Mapped[str]
    at: Mapped[datetime]
    form_key: Mapped[str | None]
