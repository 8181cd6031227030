"""Moving a board from phase to phase; what may be done in which is decided here alone.

Whatever changes a board ends with one statement that changes the row of the board, and
only in a phase that allows it. That row is a turnstile: whoever moves the phase waits for
those who went through before, and those who come after find it closed.
"""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import ColumnElement, Integer, bindparam, or_, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.quick import Question
from workshop.agenda import place_of
from workshop.archive.refusing import ItIsARecord
from workshop.models import Board, Phase


class Act(StrEnum):
    """What changes a board."""

    WRITE = "write"  # post, change and take back cards
    BRING = "bring"  # cards from surveys and conversations
    COVER = "cover"  # turn the cards over
    TAKE_DOWN = "take down"  # a card that does not belong on the wall
    COMMENT = "comment"
    TRANSLATE = "translate"  # a card into another language of the room
    GROUP = "group"  # cards into clusters
    MERGE = "merge"  # cards that say the same
    PREPARE = "prepare"  # change questions, and how the next vote is held
    VOTE = "vote"  # mark ballots
    DECIDE = "decide"  # what becomes of an idea
    FOLLOW = "follow"  # note what has become of it


WALL = frozenset({Act.BRING, Act.TAKE_DOWN, Act.TRANSLATE, Act.PREPARE})
ORDERING = WALL | {Act.GROUP, Act.MERGE}
ALLOWED: Mapping[Phase, frozenset[Act]] = {
    Phase.LOBBY: frozenset({Act.BRING, Act.COVER, Act.PREPARE}),
    Phase.COLLECT: WALL | {Act.WRITE, Act.COVER},
    Phase.REVEAL: WALL | {Act.COMMENT},
    Phase.CLUSTER: ORDERING,
    Phase.DISCUSS: ORDERING | {Act.COMMENT},
    Phase.VOTE: frozenset({Act.VOTE}),
    Phase.RESULT: frozenset({Act.MERGE, Act.TRANSLATE, Act.PREPARE}),
    Phase.DECIDE: frozenset({Act.MERGE, Act.TRANSLATE, Act.PREPARE, Act.DECIDE}),
    Phase.DEVELOP: frozenset({Act.MERGE, Act.TRANSLATE, Act.COMMENT, Act.DECIDE, Act.FOLLOW}),
    Phase.CLOSED: frozenset({Act.MERGE, Act.FOLLOW}),
}
BEFORE = (Phase.LOBBY, Phase.COLLECT, Phase.REVEAL, Phase.CLUSTER, Phase.DISCUSS)
AFTER = (Phase.RESULT, Phase.DECIDE, Phase.DEVELOP, Phase.CLOSED)
STEPS: Mapping[Phase, tuple[Phase, ...]] = {  # to where a board goes from a phase
    **dict.fromkeys(BEFORE, (*BEFORE, Phase.VOTE, Phase.DECIDE, Phase.CLOSED)),
    Phase.VOTE: (*BEFORE, Phase.RESULT),
    **dict.fromkeys(AFTER, (*BEFORE, Phase.VOTE, *AFTER)),
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


_MARKING = [phase.value for phase, acts in ALLOWED.items() if Act.VOTE in acts]
_PLACING = Question(
    update(Board)
    .where(
        Board.id == bindparam("board_id"),
        or_(*(Board.phase == bindparam(f"phase_{phase}") for phase in _MARKING)),
    )
    .values(
        pulse=Board.pulse + bindparam("one", type_=Integer),
        placed=Board.placed + bindparam("more", type_=Integer),
    )
    .returning(Board.id)
)


def place(session: Session, board: Board, more: int) -> None:
    """Count *more* marks on the ballots of *board*, for the facilitator and the projector.

    :raise NotNow: when nobody votes right now
    """
    phases = {f"phase_{phase}": phase for phase in _MARKING}
    if not _PLACING.ask(session, board_id=board.id, one=1, more=more, **phases):
        raise NotNow
    if board in session:
        session.expire(board, ["pulse", "placed"])


def change_turnout(session: Session, board: Board, act: Act, **values: object) -> None:
    """Change what only the facilitator and the projector see of *board*.

    :raise NotNow: when its phase does not allow *act* right now
    """
    _pass(session, board, act, **values)


def notice_arrival(session: Session, board_id: int) -> None:
    """Let the facilitator and the projector count once more who is here."""
    session.execute(update(Board).where(Board.id == board_id).values(pulse=Board.pulse + 1))


def show(session: Session, board: Board, **values: object) -> None:
    """Change what everyone sees of *board*, whatever its phase: its clock, say."""
    _update(session, board, [], version=Board.version + 1, **values)


def move(session: Session, board: Board, origin: Phase, to: Phase) -> bool:
    """Move *board* one step and tell whether it moved: asking twice is asking once.

    The clock stops, and nobody is done any more. Who votes sees the cards face up.

    :raise NotNow: when it does not stand where the step begins
    :raise DotsAreLying: when it would go back from a vote in which people have voted
    :raise ItIsARecord: when it was brought in a file, and would be written on again
    """
    if to not in STEPS[origin] or to is origin:
        raise NotNow
    if board.is_record and to in (*BEFORE, Phase.VOTE):
        raise ItIsARecord
    values: dict[str, object] = {"phase": to, "rings": None, "left": None}
    where = [Board.phase == origin]
    if origin is Phase.VOTE and to in BEFORE:
        where.append(Board.placed == 0)
    if to not in (Phase.LOBBY, Phase.COLLECT):
        values["is_covered"] = False
    if to is Phase.VOTE:
        values["placed"] = 0
    values |= {"version": Board.version + 1, "step": Board.step + 1}
    values["at"] = place_of(board, to)
    if _update(session, board, where, **values):
        return True
    session.refresh(board)
    if board.phase == origin:
        raise DotsAreLying
    if board.phase != to:
        raise NotNow
    return False


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
