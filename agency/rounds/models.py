"""The nouns of a round: which vacancies take part, what counts there, and which people."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from agency.models import Release
from core.models import Versioned
from people.listings.models import Listing
from people.models import Owned
from surveys.conversations.models import Conversation


class RankingRound(Owned, Versioned):
    """Vacancies and people who rank each other, until it is decided who comes where."""

    __tablename__ = "ranking_round"
    __table_args__ = (
        UniqueConstraint("project_id", "form_key"),
        CheckConstraint("released IS NULL OR decided IS NOT NULL", name="released"),
    )

    title: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    seed: Mapped[str]  # the lots are drawn of it: the same whenever it is decided
    decided: Mapped[datetime | None]
    released: Mapped[datetime | None]  # the first contact; from then on nothing is undone
    deleted: Mapped[datetime | None]  # gone from every list, until undone
    form_key: Mapped[str]

    places: Mapped[list["RankingPlace"]] = relationship(
        order_by="RankingPlace.id", viewonly=True
    )


class RankingPlace(Owned):
    """A vacancy in a round, and what counts for its enterprise, which says so by a link."""

    __tablename__ = "ranking_place"
    __table_args__ = (
        UniqueConstraint("round_id", "vacancy_id"),
        CheckConstraint("seats BETWEEN 1 AND 1000", name="seats"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey(RankingRound.id, ondelete="CASCADE"))
    vacancy_id: Mapped[int] = mapped_column(
        ForeignKey(Listing.id, ondelete="CASCADE"), index=True
    )
    seats: Mapped[int]
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # see ``weighing``
    answered: Mapped[datetime | None]
    is_out: Mapped[bool] = mapped_column(default=False)  # filled or gone when it was decided
    nonce: Mapped[str]  # its link is made of it, and never kept
    key_hash: Mapped[str] = mapped_column(unique=True)

    vacancy: Mapped[Listing] = relationship(lazy="joined", innerjoin=True)


class RankingPerson(Owned):
    """A person in a round, known by the code of the conversation; her provider alone sees it.

    ``fields`` are major groups of ISCO-08 with spaces between them; ``wishes`` are places of
    the round, the best first. It goes when the conversation goes.
    """

    __tablename__ = "ranking_person"
    __table_args__ = (
        UniqueConstraint("round_id", "conversation_id"),
        CheckConstraint("hours BETWEEN 1 AND 48", name="hours"),
    )

    round_id: Mapped[int] = mapped_column(ForeignKey(RankingRound.id, ondelete="CASCADE"))
    conversation_id: Mapped[int] = mapped_column(
        ForeignKey(Conversation.id, ondelete="CASCADE"), index=True
    )
    fields: Mapped[str] = mapped_column(default="")
    german: Mapped[str]
    hours: Mapped[int]  # in a week
    starts: Mapped[date]
    wishes: Mapped[list[int]] = mapped_column(JSON, default=list)
    agreed: Mapped[date]  # the day on which the person said yes to taking part
    place_id: Mapped[int | None] = mapped_column(  # where she comes; a proposal
        ForeignKey(RankingPlace.id, ondelete="SET NULL"), index=True
    )
    release_id: Mapped[int | None] = mapped_column(
        ForeignKey(Release.id, ondelete="SET NULL"), index=True
    )

    conversation: Mapped[Conversation] = relationship(lazy="joined", innerjoin=True)
