"""The nouns of ODK Collect: a device of a counsellor, and files that came with answers."""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.models import Row
from people.models import Membership, Owned
from surveys.models import Response


class Device(Owned):
    """A phone or tablet on which a counsellor uses Collect; it has a password of its own."""

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("project_id", "form_key"),)

    membership_id: Mapped[int] = mapped_column(
        ForeignKey(Membership.id, ondelete="CASCADE"), index=True
    )
    name: Mapped[str]  # as the counsellor calls it
    username: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]  # empty once it is locked out
    added: Mapped[date]
    used: Mapped[date | None]  # the last day on which it asked for something
    form_key: Mapped[str]  # of the form that added it

    membership: Mapped[Membership] = relationship(lazy="joined", innerjoin=True)


class Attachment(Row):
    """A picture or recording that belongs to an answer; it goes when that goes."""

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("response_id", "name"),)

    response_id: Mapped[int] = mapped_column(
        ForeignKey(Response.id, ondelete="CASCADE"), index=True
    )
    field: Mapped[str]  # of the question; with its turn, as in photo:2
    name: Mapped[str]  # as Collect calls the file
    kind: Mapped[str]  # image or audio
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Doubt(Row):
    """A free text that may tell who somebody is; it goes once a counsellor has looked."""

    __tablename__ = "doubt"
    __table_args__ = (UniqueConstraint("response_id", "field"),)

    response_id: Mapped[int] = mapped_column(ForeignKey(Response.id, ondelete="CASCADE"))
    field: Mapped[str]  # of the question; with its turn, as in idea:2
