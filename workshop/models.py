"""The nouns of the Ideenwerkstatt: workshops, boards, people in the room, ideas and dots."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.models import Base, Row, Versioned
from people.models import Owned, Sector


class Phase(StrEnum):
    """What a board is for at the moment; the order is that of an evening."""

    COLLECT = "collect"
    VOTE = "vote"
    RESULT = "result"


class Channel(StrEnum):
    """The way in which someone takes part."""

    OWN = "own"  # on a device of one's own
    HOSTED = "hosted"  # at a table, through the device of its host


class Workshop(Owned):
    """An evening in a room; its code lets people in while the room is open."""

    __tablename__ = "workshop"
    __table_args__ = (UniqueConstraint("project_id", "form_key"),)

    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)  # as it is shown: BUCH-7K2M
    is_open: Mapped[bool] = mapped_column(default=False)
    created: Mapped[datetime]
    form_key: Mapped[str]  # of the form that set it up
    hall: Mapped[int] = mapped_column(default=0)  # how many have come in

    board: Mapped["Board"] = relationship(back_populates="workshop")


class Board(Versioned, Owned):
    """What hangs on the wall: its challenges, the ideas for them, and one budget of dots.

    ``version`` grows with what participants see, ``pulse`` with what only the facilitator
    and the projector show: who is here and how many dots lie. No version tells of one idea.
    """

    __tablename__ = "board"
    __table_args__ = (CheckConstraint("placed >= 0", name="placed"),)

    workshop_id: Mapped[int] = mapped_column(
        ForeignKey(Workshop.id, ondelete="CASCADE"), unique=True
    )
    phase: Mapped[Phase] = mapped_column(default=Phase.COLLECT)
    is_covered: Mapped[bool] = mapped_column(default=False)  # cards hang face down
    shows_names: Mapped[bool] = mapped_column(
        default=False
    )  # of authors, to everyone or no one
    dots_each: Mapped[int] = mapped_column(default=5)
    dots_per_idea: Mapped[int] = mapped_column(default=3)
    pulse: Mapped[int] = mapped_column(default=1)
    placed: Mapped[int] = mapped_column(default=0)  # dots of everyone together
    reopened: Mapped[int] = mapped_column(default=0)  # how often voting began once more

    workshop: Mapped[Workshop] = relationship(back_populates="board")
    challenges: Mapped[list["Challenge"]] = relationship(
        cascade="all, delete-orphan", order_by="Challenge.position"
    )


class Challenge(Row):
    """A question put to the room; its cards have one colour."""

    __tablename__ = "challenge"
    __table_args__ = (UniqueConstraint("board_id", "position"),)

    board_id: Mapped[int] = mapped_column(ForeignKey(Board.id, ondelete="CASCADE"))
    position: Mapped[int]
    question: Mapped[str]

    @property
    def colour(self) -> str:
        """The class of its cards: one of the four colours in every moderation case."""
        return f"c{self.position % 4 + 1}"


class Participant(Owned):
    """Someone in the room, with a name or none; never an account."""

    __tablename__ = "participant"
    __table_args__ = (UniqueConstraint("host_id", "form_key"),)

    workshop_id: Mapped[int] = mapped_column(
        ForeignKey(Workshop.id, ondelete="CASCADE"), index=True
    )
    key_hash: Mapped[str | None] = mapped_column(unique=True)  # of the key in their browser
    name: Mapped[str] = mapped_column(default="")
    sector: Mapped[Sector | None]
    channel: Mapped[Channel] = mapped_column(default=Channel.OWN)
    is_host: Mapped[bool] = mapped_column(default=False)
    host_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    form_key: Mapped[str | None]  # of the form with which their host brought them
    joined: Mapped[datetime]

    workshop: Mapped[Workshop] = relationship()


class Idea(Owned):
    """A card: one answer to a challenge."""

    __tablename__ = "idea"
    __table_args__ = (UniqueConstraint("author_id", "form_key"),)

    board_id: Mapped[int] = mapped_column(ForeignKey(Board.id, ondelete="CASCADE"), index=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey(Challenge.id, ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(ForeignKey(Participant.id, ondelete="CASCADE"))
    form_key: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    taken_down: Mapped[bool] = mapped_column(default=False)

    board: Mapped[Board] = relationship()
    challenge: Mapped[Challenge] = relationship()
    author: Mapped[Participant] = relationship()


class Dot(Base):
    """The dots of someone on an idea; the rows of a voter add up to their handful."""

    __tablename__ = "dot"
    __table_args__ = (CheckConstraint("count BETWEEN 0 AND most", name="limit"),)

    idea_id: Mapped[int] = mapped_column(
        ForeignKey(Idea.id, ondelete="CASCADE"), primary_key=True
    )
    voter_id: Mapped[int] = mapped_column(
        ForeignKey(Participant.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    count: Mapped[int] = mapped_column(default=0)
    most: Mapped[int]  # how many the board allows on one idea


class Handful(Base):
    """How many dots someone was given on a board, and how many of them lie on ideas."""

    __tablename__ = "handful"
    __table_args__ = (CheckConstraint("placed BETWEEN 0 AND given", name="enough"),)

    board_id: Mapped[int] = mapped_column(
        ForeignKey(Board.id, ondelete="CASCADE"), primary_key=True
    )
    voter_id: Mapped[int] = mapped_column(
        ForeignKey(Participant.id, ondelete="CASCADE"), primary_key=True
    )
    given: Mapped[int]
    placed: Mapped[int] = mapped_column(default=0)
    moves: Mapped[int] = mapped_column(default=0)
