"""Opening a round: what is voted on is written down and hashed, and stays as it is."""

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.keys import Keyring
from workshop.models import Board, Idea, Method
from workshop.posting import ideas_on
from workshop.voting.ballots import proof_of
from workshop.voting.models import Round

AGREEMENT = 1  # the most that an opinion says
BLANK = {"title": "…", "text": "", "author": ""}  # of an option whose words may not stay


class CostsMissing(Refusal):
    reason = message(
        "A budget is to be shared, so please note first how much money there is and what each "
        "idea costs."
    )


def open_round(session: Session, keys: Keyring, board: Board, now: datetime) -> Round:
    """Begin to vote on what hangs on *board*, by the rule that was chosen for it.

    :raise CostsMissing: when money is to be shared and nobody has said what an idea costs
    """
    options = [option_of(idea) for idea in ideas_on(session, board)]
    if board.method is Method.BUDGET and not (
        board.money and all(option["cost"] is not None for option in options)
    ):
        raise CostsMissing
    number = select(func.coalesce(func.max(Round.number), 0) + 1).filter_by(board_id=board.id)
    round = Round(
        project_id=board.project_id,
        board_id=board.id,
        number=session.scalar(number),
        method=board.method,
        each=_each(board, len(options)),
        most=_most(board),
        seats=board.seats,
        money=board.money if board.method is Method.BUDGET else None,
        is_secret=board.is_secret,
        proof="",
        options=options,
        options_hash=hash_of(options),
        opened=now,
    )
    session.add(round)
    session.flush()
    keys.destroy(round.key_name)  # of a round with this number in another life of the database
    round.proof = proof_of(keys, round)
    return round


def latest_round(session: Session, board: Board) -> Round | None:
    """Return the newest round of *board* that is open or was counted."""
    rounds = select(Round).filter_by(board_id=board.id)
    rounds = rounds.where(Round.closed.is_(None) | Round.papers.is_not(None))
    return session.scalar(rounds.order_by(Round.number.desc()).limit(1))


def counted_rounds(session: Session, board: Board) -> Sequence[Round]:
    """List the rounds of *board* that were counted, in their order."""
    rounds = select(Round).filter_by(board_id=board.id).where(Round.papers.is_not(None))
    return session.scalars(rounds.order_by(Round.number)).all()


def key_of(idea: Idea) -> str:
    """Return what an idea is called on ballots."""
    return idea.ballot_key or f"i{idea.id}"


def hash_of(content: object) -> str:
    """Return the SHA-256 of JSON content: keys sorted, no blanks, UTF-8."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


def option_of(idea: Idea) -> dict[str, Any]:
    """Return an idea as it stands on ballots."""
    return {
        "key": key_of(idea),
        "title": idea.title,
        "text": idea.text,
        "challenge": idea.challenge.position,
        "author": idea.signature,
        "cost": idea.cost,
    }


def blank_option(session: Session, board: Board, key: str) -> None:
    """Let no word stay of what was voted on, whether the round is open or counted.

    Call it once nobody can open or close a round of *board* any more.
    """
    rounds = select(Round).filter_by(board_id=board.id)
    for round in session.scalars(rounds.execution_options(populate_existing=True)).all():
        if any(option["key"] == key for option in round.options):
            options = [one | BLANK if one["key"] == key else one for one in round.options]
            round.options, round.options_hash = options, hash_of(options)
    session.flush()


def _each(board: Board, options: int) -> int:
    """What one ballot may spend: nothing limits scores and opinions."""
    match board.method:
        case Method.DOTS:
            return board.dots_each
        case Method.APPROVAL:
            return min(board.dots_each, options) if board.dots_each else options
        case Method.BUDGET:
            return options
        case Method.SCORE | Method.OPINION:
            return 0


def _most(board: Board) -> int:
    match board.method:
        case Method.DOTS | Method.SCORE:
            return board.dots_per_idea
        case Method.APPROVAL | Method.BUDGET | Method.OPINION:
            return AGREEMENT
