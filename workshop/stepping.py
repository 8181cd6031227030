"""Moving a room on: what a phase begins and ends is done here, once."""

from datetime import datetime

from sqlalchemy.orm import Session

from core.keys import Keyring
from workshop.models import Board, Phase
from workshop.moving import BEFORE, move
from workshop.voting.closing import close_round, discard_round
from workshop.voting.opening import latest_round, open_round


def step(
    session: Session, keys: Keyring, board: Board, origin: Phase, to: Phase, now: datetime
) -> None:
    """Move *board*; a vote opens a round, its end counts it, going back forgets it.

    :raise NotNow: when it does not stand where the step begins
    :raise DotsAreLying: when it would go back from a vote in which people have voted
    """
    if not move(session, board, origin, to):
        return
    if to is Phase.VOTE:
        open_round(session, keys, board, now)
    elif origin is Phase.VOTE and (round := latest_round(session, board)):
        if to in BEFORE:
            discard_round(session, round, now)
        else:
            close_round(session, round, now)
