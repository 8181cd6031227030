"""The nouns of the Ideenwerkstatt: workshops, boards, people in the room, and ideas."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.models import Row, Versioned
from people.models import Owned, Sector


class Phase(StrEnum):
    """What a board is for at the moment; the order is that of an evening."""

    LOBBY = "lobby"  # people come in
    COLLECT = "collect"
    REVEAL = "reveal"  # all cards are turned over and read
    CLUSTER = "cluster"
    DISCUSS = "discuss"
    VOTE = "vote"
    RESULT = "result"
    DECIDE = "decide"
    DEVELOP = "develop"
    CLOSED = "closed"


class Method(StrEnum):
    """What people do with their ballot, and what is made of it."""

    DOTS = "dots"  # a handful of dots: what is ahead?
    APPROVAL = "approval"  # yes to as many as one likes
    SCORE = "score"  # points from 0 up for each
    BUDGET = "budget"  # yes to many; Equal Shares chooses what fits into the money
    OPINION = "opinion"  # agree, pass, disagree: where are we of one mind?


class Channel(StrEnum):
    """The way in which someone takes part."""

    OWN = "own"  # on a device of one's own
    HOSTED = "hosted"  # at a table, through the device of its host
    PAPER = "paper"  # on a ballot that two people have typed
    COUNTED = "counted"  # dots on a paper wall, counted by hand for several people


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
    front: Mapped[int] = mapped_column(default=0)  # the position of the board in use

    boards: Mapped[list["Board"]] = relationship(
        back_populates="workshop", cascade="all, delete-orphan", order_by="Board.position"
    )

    @property
    def board(self) -> "Board":
        """The board at the front: the one that everyone works on."""
        return next(board for board in self.boards if board.position == self.front)


class Board(Versioned, Owned):
    """What hangs on the wall: its challenges, the ideas for them, and one budget of dots.

    ``version`` grows with what participants see, ``pulse`` with what only the facilitator
    and the projector show: who is here and how many dots lie. No version tells of one idea.
    """

    __tablename__ = "board"
    __table_args__ = (
        UniqueConstraint("workshop_id", "position"),
        UniqueConstraint("workshop_id", "form_key"),
        CheckConstraint("placed >= 0", name="placed"),
    )

    workshop_id: Mapped[int] = mapped_column(ForeignKey(Workshop.id, ondelete="CASCADE"))
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(default="")
    form_key: Mapped[str | None]  # of the form that added it to the first
    phase: Mapped[Phase] = mapped_column(default=Phase.COLLECT)
    step: Mapped[int] = mapped_column(default=0)  # how often the room has moved
    at: Mapped[int] = mapped_column(default=0)  # where on the agenda it stands
    agenda: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # a phase and its minutes each
    rings: Mapped[datetime | None]  # when the time of this phase is up
    left: Mapped[int | None]  # seconds on the clock while it is stopped
    is_covered: Mapped[bool] = mapped_column(default=False)  # cards hang face down
    shows_names: Mapped[bool] = mapped_column(default=False)  # to everyone or no one
    is_checked: Mapped[bool] = mapped_column(default=False)  # cards wait for the facilitator
    tables: Mapped[int] = mapped_column(default=0)  # at which people write apart
    method: Mapped[Method] = mapped_column(default=Method.DOTS)  # of the next vote
    dots_each: Mapped[int] = mapped_column(default=5)
    dots_per_idea: Mapped[int] = mapped_column(default=3)
    seats: Mapped[int] = mapped_column(default=3)  # how many ideas are to go on
    money: Mapped[int | None]  # whole euros, to be shared by a budget
    is_secret: Mapped[bool] = mapped_column(default=False)
    pulse: Mapped[int] = mapped_column(default=1)
    is_record: Mapped[bool] = mapped_column(default=False)  # brought in a file: stays closed
    placed: Mapped[int] = mapped_column(default=0)  # marks on all ballots of the open vote

    workshop: Mapped[Workshop] = relationship(back_populates="boards")
    challenges: Mapped[list["Challenge"]] = relationship(
        cascade="all, delete-orphan", order_by="Challenge.position"
    )

    @property
    def called(self) -> str:
        """Its title, or else its first question."""
        return self.title or self.challenges[0].question

    @property
    def is_at_front(self) -> bool:
        return self.position == self.workshop.front


class Challenge(Row):
    """A question put to the room; its cards have one colour."""

    __tablename__ = "challenge"
    __table_args__ = (UniqueConstraint("board_id", "position"),)

    board_id: Mapped[int] = mapped_column(ForeignKey(Board.id, ondelete="CASCADE"))
    position: Mapped[int]
    question: Mapped[str]
    origin: Mapped[str] = mapped_column(default="")  # where it comes from, in a sentence

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
    table: Mapped[int | None]  # at which they sit, when there are several
    ready: Mapped[int] = mapped_column(default=-1)  # the step in which they said: done

    workshop: Mapped[Workshop] = relationship()


class Cluster(Owned):
    """Ideas that belong together, under a heading."""

    __tablename__ = "cluster"

    board_id: Mapped[int] = mapped_column(ForeignKey(Board.id, ondelete="CASCADE"), index=True)
    title: Mapped[str]
    position: Mapped[int]
    is_gone: Mapped[bool] = mapped_column(default=False)  # kept, so that it can come back


class Idea(Owned):
    """A card: one answer to a challenge, written in the room or brought with its source."""

    __tablename__ = "idea"
    __table_args__ = (
        UniqueConstraint("author_id", "form_key"),
        Index("uq_idea_brought", "board_id", "form_key", unique=True,
              sqlite_where=sql("author_id IS NULL"), postgresql_where=sql("author_id IS NULL")),
        {"sqlite_autoincrement": True},  # what was voted on or sorted is never another card
    )  # fmt: skip

    board_id: Mapped[int] = mapped_column(ForeignKey(Board.id, ondelete="CASCADE"), index=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey(Challenge.id, ondelete="CASCADE"))
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey(Participant.id, ondelete="CASCADE")
    )
    form_key: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")  # in which it is written, if known
    source: Mapped[str] = mapped_column(default="")  # where it was brought from
    response_id: Mapped[int | None] = mapped_column(  # with these answers it goes
        ForeignKey("response.id", ondelete="CASCADE"), index=True
    )
    interview_id: Mapped[int | None] = mapped_column(  # and with this interview
        ForeignKey("interview.id", ondelete="CASCADE"), index=True
    )
    ballot_key: Mapped[str | None]  # what ballots called it where it was voted on
    cost: Mapped[int | None]  # whole euros
    table: Mapped[int | None]  # at which it was written
    is_waiting: Mapped[bool] = mapped_column(default=False)  # for the facilitator's yes
    taken_down: Mapped[bool] = mapped_column(default=False)
    cluster_id: Mapped[int | None] = mapped_column(
        ForeignKey(Cluster.id, ondelete="SET NULL"), index=True
    )
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("idea.id", ondelete="SET NULL"), index=True
    )

    board: Mapped[Board] = relationship()
    challenge: Mapped[Challenge] = relationship()
    author: Mapped[Participant | None] = relationship()

    @property
    def signature(self) -> str:
        """The name of the author, where the board shows names and they gave one."""
        named = self.author if self.board.shows_names else None
        return named.name if named else ""
