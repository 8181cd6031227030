"""The nouns of the agency."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from people.listings.models import Listing
from people.models import Membership, Owned


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

    membership: Mapped[Membership] = relationship()
