"""Several boards in a room: one hangs at the front, the others can be read."""

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from workshop.agenda import SHORT, written
from workshop.models import Board, Challenge, Workshop
from workshop.moving import notice_arrival, show

ALIKE = ("is_covered", "shows_names", "is_checked", "tables", "dots_each", "dots_per_idea")


class NotAtTheFront(Refusal):
    reason = message(
        "Another board hangs at the front now. What you have typed stays here; please copy it."
    )


def add_board(
    session: Session, workshop: Workshop, form_key: str, title: str, questions: Sequence[str]
) -> Board:
    """Hang another board beside the others, with the rules of the one at the front.

    :raise FormUsedTwice: when the same form comes with another title or other questions
    """
    owned = {"project_id": workshop.project_id, "workshop_id": workshop.id}
    like = {name: getattr(workshop.board, name) for name in ALIKE}
    earlier = select(Board).filter_by(workshop_id=workshop.id, form_key=form_key)
    last = select(func.max(Board.position)).filter_by(workshop_id=workshop.id)
    while not (found := session.scalar(earlier)):
        place = {"position": (session.scalar(last) or 0) + 1, "agenda": written(SHORT)}
        board = insert_once(
            session, Board, **owned, **like, **place, title=title, form_key=form_key
        )
        if board:
            asked = [Challenge(position=n, question=q) for n, q in enumerate(questions)]
            board.challenges = asked
            session.flush()
            show(session, workshop.board)
            return board
    if (found.title, [each.question for each in found.challenges]) != (title, [*questions]):
        raise FormUsedTwice
    return found


def bring_to_front(session: Session, workshop: Workshop, board: Board) -> None:
    """Let everyone work on *board*; nobody is done with it, whatever they were done with."""
    former = workshop.board
    steps = select(func.max(Board.step)).filter_by(workshop_id=workshop.id)
    step = (session.scalar(steps) or 0) + 1
    moving = update(Workshop).filter_by(id=workshop.id).values(front=board.position)
    session.execute(moving)
    for each in sorted((former, board), key=lambda each: each.id):
        show(session, each, **({"step": step} if each is board else {}))
    notice_arrival(session, board.id)


def check_front(board: Board) -> None:
    """Let pass what is done on the board at the front.

    :raise NotAtTheFront: when another board hangs there
    """
    if not board.is_at_front:
        raise NotAtTheFront
