"""Moving a room on: what a phase begins and ends is done here, once."""

from datetime import datetime

from sqlalchemy.orm import Session

from core.keys import Keyring
from workshop.models import Board, Phase
from workshop.moving import BEFORE, DotsAreLying, move
from workshop.paper.typing import standing
from workshop.voting.closing import close_round, discard_round
from workshop.voting.opening import latest_round, open_round


def step(
    session: Session, keys: Keyring, board: Board, origin: Phase, to: Phase, now: datetime
) -> None:
    """Move *board*; a vote opens a round, its end counts it, going back forgets it.

    :raise NotNow: when it does not stand where the step begins
    :raise DotsAreLying: when it would go back from a vote in which people have voted, or
        a paper ballot was typed
    """
    if not move(session, board, origin, to):
        return
    if to is Phase.VOTE:
        open_round(session, keys, board, now)
        return
    round = latest_round(session, board) if origin is Phase.VOTE else None
    if not round or round.closed:
        return
    if to not in BEFORE:
        close_round(session, round, now)
    elif any(standing(session, round)):
        raise DotsAreLying
    else:
        discard_round(session, round, now)
