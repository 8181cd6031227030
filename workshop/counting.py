"""Counting: who is here, how many dots lie, and, once voting is over, where they lie."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from workshop.models import Board, Channel, Dot, Handful, Idea, Participant, Phase


@dataclass(frozen=True)
class Turnout:
    """How many take part; it says nothing about any one idea."""

    people: int
    hosted: int  # of them at a table, without a phone
    voters: int  # of them with a dot on the wall
    placed: int
    given: int


@dataclass(frozen=True)
class Place:
    """An idea in the result; ideas with as many dots share a rank."""

    rank: int
    idea: Idea
    dots: int
    voters: int


def turnout(session: Session, board: Board) -> Turnout:
    """Count who is here and how many of all dots lie."""
    here = select(Participant.channel, func.count()).filter_by(workshop_id=board.workshop_id)
    channels = dict(session.execute(here.group_by(Participant.channel)).all())
    voted = select(func.count()).select_from(Handful).filter_by(board_id=board.id)
    people = sum(channels.values())
    return Turnout(
        people=people,
        hosted=channels.get(Channel.HOSTED, 0),
        voters=session.scalar(voted.where(Handful.placed > 0)) or 0,
        placed=board.placed,
        given=people * board.dots_each,
    )


def result(session: Session, board: Board) -> Sequence[Place]:
    """Rank the ideas by their dots; before voting is over there is nothing to see.

    So no page, part, export or order of cards can tell what others have chosen.
    """
    if board.phase is not Phase.RESULT:
        return []
    dots = func.coalesce(func.sum(Dot.count), 0)
    voters = func.count(Dot.voter_id).filter(Dot.count > 0)
    ideas = select(Idea, dots, voters).outerjoin(Dot, Dot.idea_id == Idea.id)
    ideas = ideas.options(selectinload(Idea.author), selectinload(Idea.challenge))
    ideas = ideas.where(Idea.board_id == board.id, Idea.taken_down.is_(False))
    rows = session.execute(ideas.group_by(Idea.id).order_by(dots.desc(), Idea.id)).all()
    return ranked(rows)


def ranked(rows: Sequence[tuple[Idea, int, int]]) -> list[Place]:
    """Give equal dots an equal rank: 1, 2, 2, 4."""
    ranks: dict[int, int] = {}
    for number, (_idea, dots, _voters) in enumerate(rows, start=1):
        ranks.setdefault(dots, number)
    return [Place(ranks[dots], idea, dots, voters) for idea, dots, voters in rows]


def people_of(session: Session, board: Board) -> Sequence[Participant]:
    """List who has joined with a phone of their own, the newest first."""
    people = select(Participant).filter_by(workshop_id=board.workshop_id, channel=Channel.OWN)
    return session.scalars(people.order_by(Participant.id.desc())).all()
