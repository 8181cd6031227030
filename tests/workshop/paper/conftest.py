"""A vote is open; some have no phone."""

import pytest
from sqlalchemy.orm import Session

from core.keys import Keyring
from tests.story import NOON
from workshop.models import Board, Idea, Phase
from workshop.stepping import step
from workshop.voting.models import Round
from workshop.voting.opening import latest_round


@pytest.fixture
def round(session: Session, keys: Keyring, board: Board, bikes: Idea, sewing: Idea) -> Round:
    """Three dots each, two of them on one idea."""
    step(session, keys, board, Phase.COLLECT, Phase.VOTE, NOON)
    session.commit()
    round = latest_round(session, board)
    assert round
    return round
