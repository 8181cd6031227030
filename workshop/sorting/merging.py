"""Merging: cards that say the same become one; all texts stay, and all who back them.

Nothing is rewritten for it: ballots name the cards as they were, and whoever counts them
asks what was merged. So each supporter counts once, and taking it back restores everything.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from workshop.models import Board, Idea
from workshop.moving import Act
from workshop.posting import HANGING
from workshop.sorting.stepping import Change, begin_step, finish_step


class NotTwo(Refusal):
    """Somebody tried to merge a card with itself, or with one that does not hang."""

    reason = message("These cards cannot be put together: please choose two that hang there.")


def merge(
    session: Session, board: Board, kept: Idea, absorbed: Sequence[Idea], now: datetime
) -> None:
    """Let *kept* stand for the cards *absorbed*, too; those that are in it already stay there.

    :raise NotTwo: when one of them does not hang on *board*
    :raise SomebodyElse: when somebody sorts at the same moment
    :raise NotNow: while people vote
    """
    asked = {card.id for card in absorbed if card.merged_into_id != kept.id}
    if absorbed and not asked:
        return
    step = begin_step(session, board, Act.MERGE, now, {})
    hanging = select(Idea.id).filter_by(board_id=board.id, **HANGING)
    there = {*session.scalars(hanging.where(Idea.id.in_([kept.id, *asked])))}
    if not step or kept.id in asked or there != {kept.id, *asked} or not asked:
        raise NotTwo
    finish_step(session, board, step, Change(merged=dict.fromkeys(asked, kept.id)))


def split(session: Session, board: Board, absorbed: Idea, now: datetime) -> None:
    """Let *absorbed* hang as a card of its own again.

    :raise SomebodyElse: when somebody sorts at the same moment
    :raise NotNow: while people vote
    """
    if absorbed.merged_into_id is None:
        return
    step = begin_step(session, board, Act.MERGE, now, {})
    if step:
        finish_step(session, board, step, Change(merged={absorbed.id: None}))


def absorbed_on(session: Session, board: Board) -> Mapping[int, Sequence[Idea]]:
    """Return for the cards of *board* which others they stand for."""
    merged = select(Idea).filter_by(board_id=board.id).where(Idea.merged_into_id.is_not(None))
    cards = {card.id: card for card in session.scalars(merged.order_by(Idea.id))}
    found: dict[int, list[Idea]] = defaultdict(list)
    for card in cards.values():
        kept = card.merged_into_id
        while kept in cards:
            kept = cards[kept].merged_into_id
        if kept is not None:
            found[kept].append(card)
    return found
