"""Dot voting: everyone has a handful of dots and leaves them on the ideas they like.

Each rule is decided inside the statement that writes. Someone's handful is also their
queue: of two tabs, whoever counts it up first goes first, and the other one waits.
"""

from collections.abc import Mapping

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.models import insert_once
from workshop.models import Board, Dot, Handful, Idea, Participant
from workshop.moving import Act, change_turnout


class NoDotsLeft(Refusal):
    """Someone tried to place more dots than the board hands out."""

    reason = message("No dots left. Take one back first.")


class EnoughOnThisIdea(Refusal):
    """Someone tried to place more dots on one idea than the board allows."""

    reason = message("No more dots fit on this idea.")


class NothingThere(Refusal):
    """Someone tried to leave dots on a card that was taken down."""

    reason = message("This card no longer hangs on the wall.")


def lay_dots(session: Session, board: Board, idea: Idea, voter: Participant, dots: int) -> None:
    """Let exactly *dots* of *voter* lie on *idea*; saying so twice changes nothing more.

    :raise NoDotsLeft: when all their dots lie on ideas already
    :raise EnoughOnThisIdea: when the board allows fewer on one idea
    :raise NothingThere: when the card does not hang on this board
    :raise NotNow: when nobody votes at the moment
    """
    if idea.taken_down or idea.board_id != board.id:
        raise NothingThere
    _take_turn(session, board, voter)
    more = dots - _dots_of(session, idea, voter)
    if not more:
        return
    _lay(session, board, idea, voter, dots)
    _move(session, board, voter, more)
    change_turnout(session, board, Act.DOT, placed=Board.placed + more)


def dots_left(session: Session, board: Board, voter: Participant) -> int:
    """Count the dots that *voter* may still place on *board*."""
    handful = select(Handful.given - Handful.placed)
    left = session.scalar(handful.filter_by(board_id=board.id, voter_id=voter.id))
    return board.dots_each if left is None else left


def dots_by(session: Session, board: Board, voter: Participant) -> Mapping[int, int]:
    """Return how many dots of *voter* lie on which idea of *board*."""
    dots = select(Dot.idea_id, Dot.count).join(Idea, Idea.id == Dot.idea_id)
    dots = dots.where(Idea.board_id == board.id, Dot.voter_id == voter.id, Dot.count > 0)
    return dict(session.execute(dots).all())


def _take_turn(session: Session, board: Board, voter: Participant) -> None:
    own = {"board_id": board.id, "voter_id": voter.id}
    insert_once(session, Handful, **own, given=board.dots_each)
    session.execute(update(Handful).filter_by(**own).values(moves=Handful.moves + 1))


def _dots_of(session: Session, idea: Idea, voter: Participant) -> int:
    lying = select(func.coalesce(func.sum(Dot.count), 0))
    return session.scalar(lying.filter_by(idea_id=idea.id, voter_id=voter.id)) or 0


def _lay(session: Session, board: Board, idea: Idea, voter: Participant, dots: int) -> None:
    own = {"idea_id": idea.id, "voter_id": voter.id}
    insert_once(session, Dot, **own, most=board.dots_per_idea)
    laying = update(Dot).filter_by(**own).where(Dot.most >= dots).values(count=dots)
    if session.scalar(laying.returning(Dot.count)) is None:
        raise EnoughOnThisIdea


def _move(session: Session, board: Board, voter: Participant, dots: int) -> None:
    placed = Handful.placed + dots
    moving = update(Handful).filter_by(board_id=board.id, voter_id=voter.id)
    moving = moving.where(placed.between(0, Handful.given)).values(placed=placed)
    if session.scalar(moving.returning(Handful.placed)) is None:
        raise NoDotsLeft
