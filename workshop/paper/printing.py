"""Printing ballots: no number is printed for two people."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.models import insert_once
from workshop.paper.models import Stack
from workshop.voting.models import Round

MOST_AT_ONCE = 200


class PrintedMeanwhile(Refusal):
    """Two people wanted to print the same numbers."""

    reason = message("Somebody has printed ballots meanwhile. Please look how many there are.")


def printed(session: Session, round: Round) -> int:
    """Return how many ballots of *round* were printed."""
    return session.scalar(select(Stack.printed).filter_by(round_id=round.id)) or 0


def print_more(session: Session, round: Round, before: int, more: int) -> range:
    """Take *more* numbers after the first *before* ones, which were printed already.

    :raise PrintedMeanwhile: when others were printed since
    """
    insert_once(session, Stack, round_id=round.id)
    taking = update(Stack).filter_by(round_id=round.id, printed=before)
    taking = taking.values(printed=Stack.printed + more)
    if session.scalar(taking.returning(Stack.printed)) is None:
        raise PrintedMeanwhile
    return range(before + 1, before + more + 1)
