"""Planning an evening: its agenda, and the rule of the next vote."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workshop.agenda import Item, written
from workshop.models import Board, Idea, Phase, Workshop
from workshop.moving import Act, change, show

BEGINNINGS = (Phase.LOBBY, Phase.COLLECT)


def plan(session: Session, board: Board, items: Sequence[Item]) -> None:
    """Give *board* another agenda; it stands where its phase stands on it.

    Before anybody has come in, an evening begins with the first phase of its agenda.
    """
    phases = [item.phase for item in items]
    if phases[0] in BEGINNINGS:
        nobody = select(Workshop.hall).where(Workshop.id == board.workshop_id)
        fresh = update(Board).filter_by(id=board.id, step=0).where(Board.phase.in_(BEGINNINGS))
        fresh = fresh.where(nobody.scalar_subquery() == 0)
        session.execute(fresh.values(phase=phases[0]))
        session.refresh(board)
    at = phases.index(board.phase) if board.phase in phases else 0
    show(session, board, agenda=written(items), at=at)


def choose_rule(
    session: Session,
    board: Board,
    ideas: Sequence[Idea],
    costs: Mapping[int, int | None],
    **settings: Any,
) -> None:
    """Choose how the next vote on *board* is held, and note what *ideas* cost (whole euros).

    :raise NotNow: while people vote
    """
    for idea in ideas:
        idea.cost = costs.get(idea.id)
    session.flush()
    change(session, board, Act.PREPARE, **settings)
