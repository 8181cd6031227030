"""The noun of clearing names: what somebody decided of one that was written."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from people.models import Organisation, Owned


class NameDecision(Owned):
    """Which organisation a written name means, that it means none, or that it waits.

    It is undone when it says when.
    """

    __tablename__ = "name_decision"

    mentions: Mapped[list[int]] = mapped_column(JSON)  # that waited before, and are decided
    organisation_id: Mapped[int | None] = mapped_column(  # none: left for later, unless …
        ForeignKey(Organisation.id, ondelete="CASCADE"), index=True
    )
    is_none: Mapped[bool] = mapped_column(default=False)  # … the name means no organisation
    has_added: Mapped[bool] = mapped_column(default=False)  # it is in the register since
    alias_id: Mapped[int | None]  # the other name that the register learned
    by: Mapped[str]
    at: Mapped[datetime]
    undone: Mapped[datetime | None]
