"""The nouns of conversations: the conversation itself, and an idea that may leave it."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from people.models import Organisation, Owned
from surveys.models import Response, Survey


class Conversation(Owned):
    """A response that a counsellor of a provider gives with a person; the code leads to it.

    As long as it is under way its answers stand in ``draft``, sealed with a key of their own,
    and the response is empty. ``revision`` grows with every page that is saved.
    """

    __tablename__ = "conversation"
    __table_args__ = (UniqueConstraint("project_id", "provider_id", "code"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey(Survey.id, ondelete="CASCADE"))
    response_id: Mapped[int] = mapped_column(
        ForeignKey(Response.id, ondelete="CASCADE"), unique=True
    )
    provider_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id), index=True)
    code: Mapped[str]  # as in K7-RQ2; only the provider knows whose it is
    month: Mapped[date]  # its first day
    language: Mapped[str]  # in which the person reads and listens
    draft: Mapped[str | None]
    revision: Mapped[int] = mapped_column(default=0)

    survey: Mapped[Survey] = relationship()


class Fate(StrEnum):
    """What a counsellor has decided about an idea."""

    RELEASED = "released"
    WITHHELD = "withheld"


class SharedIdea(Owned):
    """An idea for the wall to which the person said yes, as the counsellor lets it out.

    ``text`` is empty when the idea is withheld. It goes when the conversation does.
    """

    __tablename__ = "shared_idea"
    __table_args__ = (
        UniqueConstraint("response_id", "question"),
        CheckConstraint("(fate = 'withheld') = (text = '')", name="text"),
        {"sqlite_autoincrement": True},  # a card that was brought is never another's
    )

    response_id: Mapped[int] = mapped_column(ForeignKey(Response.id, ondelete="CASCADE"))
    question: Mapped[str]
    language: Mapped[str]
    fate: Mapped[Fate]
    text: Mapped[str]
    month: Mapped[date]  # in which it was decided; its first day
