"""The nouns of what hangs on a card: its translations, comments, and its picture."""

from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from people.models import Owned
from workshop.models import Idea, Participant


class Translator(StrEnum):
    """Who put a card into another language; never a machine."""

    AUTHOR = "author"
    HOST = "host"  # of a table
    TEAM = "team"


class Translation(Owned):
    """A card in another language of the room; there is one for each."""

    __tablename__ = "card_translation"
    __table_args__ = (UniqueConstraint("idea_id", "language"),)

    idea_id: Mapped[int] = mapped_column(ForeignKey(Idea.id, ondelete="CASCADE"))
    language: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    by: Mapped[Translator]
    is_old: Mapped[bool] = mapped_column(default=False)  # the card was changed since


class Comment(Owned):
    """What somebody in the room says about a card."""

    __tablename__ = "card_comment"
    __table_args__ = (UniqueConstraint("author_id", "form_key"),)

    idea_id: Mapped[int] = mapped_column(ForeignKey(Idea.id, ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey(Participant.id, ondelete="CASCADE"))
    form_key: Mapped[str]
    text: Mapped[str]
    language: Mapped[str] = mapped_column(default="")
    taken_down: Mapped[bool] = mapped_column(default=False)
    taken_back: Mapped[bool] = mapped_column(default=False)  # by its author, for good

    idea: Mapped[Idea] = relationship()
    author: Mapped[Participant] = relationship()

    @property
    def signature(self) -> str:
        """The name of the author, where the board shows names and they gave one."""
        return self.author.name if self.idea.board.shows_names else ""


class Picture(Owned):
    """The picture of a card, drawn anew: nothing of the device or the place is in it."""

    __tablename__ = "card_picture"
    __table_args__ = (UniqueConstraint("idea_id"),)

    idea_id: Mapped[int] = mapped_column(ForeignKey(Idea.id, ondelete="CASCADE"))
    digest: Mapped[str]  # of what was sent, in its address
    description: Mapped[str] = mapped_column(default="")  # for those who do not see it
    width: Mapped[int]
    height: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    small: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # as it hangs on the wall
