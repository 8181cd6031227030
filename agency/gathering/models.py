"""The nouns of gathering: what a person decided of a find, and where a listing comes from."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from people.listings.models import Listing
from people.models import Owned
from surveys.interviews.models import Passage
from surveys.models import Response, Survey


class Sifting(Owned):
    """One act of a person: some finds are confirmed, or set aside, together."""

    __tablename__ = "sifting"
    __table_args__ = (UniqueConstraint("project_id", "form_key"),)

    form_key: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]

    sifted: Mapped[list["Sifted"]] = relationship(
        cascade="all, delete-orphan", order_by="Sifted.id"
    )


class Sifted(Owned):
    """A find of which somebody has decided: it is in the register, or set aside."""

    __tablename__ = "sifted"
    __table_args__ = (UniqueConstraint("project_id", "key"),)

    sifting_id: Mapped[int] = mapped_column(
        ForeignKey(Sifting.id, ondelete="CASCADE"), index=True
    )
    key: Mapped[str]  # of the find: it is never proposed twice
    listing_id: Mapped[int | None] = mapped_column(  # nothing: set aside
        ForeignKey(Listing.id, ondelete="CASCADE"), index=True
    )


class ListingSource(Owned):
    """What a listing rests on: an answer, a passage, or conversations counted together.

    It holds no word of what was said. Once its source is erased it points at nothing.
    """

    __tablename__ = "listing_source"

    listing_id: Mapped[int] = mapped_column(
        ForeignKey(Listing.id, ondelete="CASCADE"), index=True
    )
    term: Mapped[str]  # as it was said; the listing may be called otherwise since
    response_id: Mapped[int | None] = mapped_column(
        ForeignKey(Response.id, ondelete="SET NULL"), index=True
    )
    passage_id: Mapped[int | None] = mapped_column(
        ForeignKey(Passage.id, ondelete="SET NULL"), index=True
    )
    survey_id: Mapped[int | None] = mapped_column(  # of persons: all of them together
        ForeignKey(Survey.id, ondelete="SET NULL"), index=True
    )
    kept: Mapped[datetime | None]  # since when it stays though its source says otherwise
