"""Moving a board from phase to phase; what may be done in which is decided here alone.

Whatever changes a board ends with one statement that changes the row of the board, and
only in a phase that allows it. That row is a turnstile: whoever moves the phase waits for
those who went through before, and those who come after find it closed.
"""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import ColumnElement, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from workshop.models import Board, Phase


class Act(StrEnum):
    """What changes a board."""

    WRITE = "write"  # post, change and take back cards
    COVER = "cover"  # turn the cards over
    TAKE_DOWN = "take down"  # a card that does not belong on the wall
    DOT = "dot"  # place dots and take them back
    PREPARE = "prepare"  # change questions and budget


ALLOWED: Mapping[Phase, frozenset[Act]] = {
    Phase.COLLECT: frozenset({Act.WRITE, Act.COVER, Act.TAKE_DOWN, Act.PREPARE}),
    Phase.VOTE: frozenset({Act.DOT}),
    Phase.RESULT: frozenset(),
}
STEPS: Mapping[Phase, tuple[Phase, ...]] = {  # to where a board goes from a phase
    Phase.COLLECT: (Phase.VOTE,),
    Phase.VOTE: (Phase.RESULT, Phase.COLLECT),
    Phase.RESULT: (Phase.VOTE,),
}


class NotNow(Refusal):
    reason = message("The room has moved on: this is not possible in this phase.")


class DotsAreLying(Refusal):
    reason = message("Dots are lying already, so the cards stay as they are.")


def allows(board: Board, act: Act) -> bool:
    """Tell whether the phase of *board*, as it was read, allows *act*."""
    return act in ALLOWED[board.phase]


def change(session: Session, board: Board, act: Act, **values: object) -> None:
    """Change what everyone sees of *board*, provided its phase allows *act* right now.

    :raise NotNow: when it does not
    """
    _pass(session, board, act, version=Board.version + 1, **values)


def change_turnout(session: Session, board: Board, act: Act, **values: object) -> None:
    """Change what only the facilitator and the projector see of *board*.

    :raise NotNow: when its phase does not allow *act* right now
    """
    _pass(session, board, act, **values)


def notice_arrival(session: Session, board_id: int) -> None:
    """Let the facilitator and the projector count once more who is here."""
    session.execute(update(Board).where(Board.id == board_id).values(pulse=Board.pulse + 1))


def move(session: Session, board: Board, origin: Phase, to: Phase) -> None:
    """Move *board* one step; asking twice is asking once.

    :raise NotNow: when it does not stand where the step begins
    :raise DotsAreLying: when it would go back to collecting although people have voted
    """
    if to not in STEPS[origin]:
        raise NotNow
    values: dict[str, object] = {"phase": to, "is_covered": False}
    where = [Board.phase == origin]
    if to is Phase.COLLECT:
        where.append(Board.placed == 0)
    if origin is Phase.RESULT:
        values["reopened"] = Board.reopened + 1
    if not _update(session, board, where, version=Board.version + 1, **values):
        session.refresh(board)
        if board.phase == origin:
            raise DotsAreLying
        if board.phase != to:
            raise NotNow


def _pass(session: Session, board: Board, act: Act, **values: object) -> None:
    phases = [phase for phase, acts in ALLOWED.items() if act in acts]
    if not _update(session, board, [Board.phase.in_(phases)], **values):
        raise NotNow


def _update(
    session: Session, board: Board, where: list[ColumnElement[bool]], **values: object
) -> bool:
    passing = update(Board).where(Board.id == board.id, *where)
    passing = passing.values(pulse=Board.pulse + 1, **values)
    return session.scalar(passing.returning(Board.id)) is not None
