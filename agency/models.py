"""The nouns of the agency."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from people.listings.models import For, Listing
from people.models import Membership, Organisation, Owned


class Match(Owned):
    """What a person decided of a need and an offer: they come together, or do not fit."""

    __tablename__ = "match"
    __table_args__ = (
        UniqueConstraint("need_id", "offer_id"),
        CheckConstraint("quantity >= 0", name="quantity"),
    )

    need_id: Mapped[int] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"))
    offer_id: Mapped[int] = mapped_column(
        ForeignKey(Listing.id, ondelete="CASCADE"), index=True
    )
    quantity: Mapped[int]  # so many; 0: it does not fit
    by: Mapped[str]
    at: Mapped[datetime]

    need: Mapped[Listing] = relationship(foreign_keys=need_id)
    offer: Mapped[Listing] = relationship(foreign_keys=offer_id)


class CalendarLink(Owned):
    """The secret address under which a member's calendar program reads dates.

    Its key is an HMAC of the nonce, made again whenever the member looks at it: of the
    database alone nobody can tell the address.
    """

    __tablename__ = "calendar_link"

    membership_id: Mapped[int] = mapped_column(
        ForeignKey(Membership.id, ondelete="CASCADE"), unique=True
    )
    nonce: Mapped[str]
    key_hash: Mapped[str] = mapped_column(unique=True)
    made: Mapped[datetime]
    language: Mapped[str] = mapped_column(default="de")  # in which its owner reads dates

    membership: Mapped[Membership] = relationship()


class IncomeNote(Owned):
    """What the register holds of an organisation's income since somebody noted it.

    ``figures`` are those of ``details`` that begin with ``inc_``; none: they were taken back.
    """

    __tablename__ = "income_note"
    __table_args__ = (UniqueConstraint("organisation_id", "form_key"),)

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    figures: Mapped[dict[str, float]] = mapped_column(JSON)
    by: Mapped[str]  # nothing: it stood there before anybody noted anything here
    at: Mapped[datetime]
    form_key: Mapped[str]


class Solved(Owned):
    """What was found for a large market, and for which state of its needs and offers."""

    __tablename__ = "solved"
    __table_args__ = (UniqueConstraint("project_id", "people", "fair"),)

    people: Mapped[For]
    fair: Mapped[bool]
    sought: Mapped[str]  # the state for which somebody is searching, or has searched
    begun: Mapped[datetime]
    state: Mapped[str] = mapped_column(default="")  # the state for which this was found
    found: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Release(Owned):
    """A counsellor lets an enterprise ask a provider for so many people: each has said yes.

    Who they are is not kept; the provider knows.
    """

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("project_id", "form_key"),
        CheckConstraint("people BETWEEN 1 AND 1000", name="people"),
    )

    vacancy_id: Mapped[int] = mapped_column(
        ForeignKey(Listing.id, ondelete="CASCADE"), index=True
    )
    provider_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id, ondelete="CASCADE"))
    people: Mapped[int]
    agreed: Mapped[date]  # the day on which the last of them said yes
    by: Mapped[str]
    at: Mapped[datetime]
    form_key: Mapped[str]

    vacancy: Mapped[Listing] = relationship()
    provider: Mapped[Organisation] = relationship()
