"""The nouns of funding: programmes, what a check of them said, and lists brought in."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Numeric, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.models import Versioned
from people.models import Organisation, Owned


class Programme(Owned, Versioned):
    """A funding programme as the directory knows it; what is empty is not known.

    ``eligible``, ``themes``, ``conditions`` and ``excludes`` are codes of ``words`` and
    ``deadlines`` days as in 2027-09-15, with spaces between; ``requirements`` is a line each.
    """

    __tablename__ = "funding_programme"
    __table_args__ = (
        UniqueConstraint("project_id", "code"),
        UniqueConstraint("project_id", "form_key"),
        CheckConstraint("amount_min <= amount_max", name="amounts"),
        CheckConstraint("months_min <= months_max", name="months"),
        CheckConstraint("rate > 0 AND rate <= 100", name="rate"),
        CheckConstraint("own_funds >= 0 AND own_funds < 100", name="own_funds"),
    )

    code: Mapped[str]
    name: Mapped[str]
    funder: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="")
    eligible: Mapped[str] = mapped_column(default="")  # legal forms
    area: Mapped[str] = mapped_column(default="")
    themes: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")  # an office, no person
    url: Mapped[str] = mapped_column(default="")
    amount_min: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))  # Euro
    amount_max: Mapped[Decimal | None] = mapped_column(Numeric(12, 2))
    rate: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))  # at most, in per cent
    own_funds: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))  # at least, in per cent
    months_min: Mapped[int | None]
    months_max: Mapped[int | None]
    due: Mapped[str] = mapped_column(default="")  # whether there are deadlines
    deadlines: Mapped[str] = mapped_column(default="")
    cumulation: Mapped[str] = mapped_column(default="")
    excludes: Mapped[str] = mapped_column(default="")  # money that must not come together
    conditions: Mapped[str] = mapped_column(default="")  # on people
    requirements: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    verified: Mapped[str] = mapped_column(default="memory")
    last_checked: Mapped[date | None]
    checked_by: Mapped[str] = mapped_column(default="")
    before_check: Mapped[list[Any] | None] = mapped_column(JSON)  # to take a check mark back
    at: Mapped[datetime]
    by: Mapped[str]
    deleted: Mapped[datetime | None]  # gone from every list, until undone
    form_key: Mapped[str | None]  # of the form that added it


class Check(Owned):
    """What the directory said to somebody's answers on a day; it is never changed.

    It is about an organisation, or about something that has a *kind* and a *key* of its own
    such as a venture. ``results`` holds the sentences as they were read.
    """

    __tablename__ = "funding_check"
    __table_args__ = (UniqueConstraint("project_id", "form_key"),)

    subject: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")
    key: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey(Organisation.id, ondelete="SET NULL"), index=True
    )
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    results: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    language: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    deleted: Mapped[datetime | None]
    form_key: Mapped[str]

    organisation: Mapped[Organisation | None] = relationship()


class ProgrammeList(Owned):
    """A list of programmes on its way into the directory, and afterwards the way back."""

    __tablename__ = "funding_list"
    __table_args__ = (UniqueConstraint("project_id", "form_key"),)

    filename: Mapped[str]
    table: Mapped[list[list[str]]] = mapped_column(JSON)
    columns: Mapped[list[str]] = mapped_column(JSON)
    head: Mapped[bool]
    begun: Mapped[datetime]
    imported: Mapped[datetime | None]
    undone: Mapped[datetime | None]
    report: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    way_back: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    form_key: Mapped[str]
