"""Planning an evening: its agenda, and the rule of the next vote."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from workshop.agenda import Item, written
from workshop.models import Board, Idea, Phase
from workshop.moving import Act, change, show

BEGINNINGS = (Phase.LOBBY, Phase.COLLECT)


def plan(session: Session, board: Board, items: Sequence[Item]) -> None:
    """Give *board* another agenda; it stands where its phase stands on it.

    Before anybody has come in, an evening begins with the first phase of its agenda.
    """
    phases = [item.phase for item in items]
    is_fresh = not board.step and not board.workshop.hall and board.phase in BEGINNINGS
    phase = phases[0] if is_fresh and phases[0] in BEGINNINGS else board.phase
    at = phases.index(phase) if phase in phases else 0
    show(session, board, agenda=written(items), at=at, phase=phase)


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
