"""The evening is over: Amal gave the bikes three dots, and ideas are decided on."""

import pytest
from sqlalchemy.orm import Session

from core.keys import Keyring
from tests.story import NOON
from workshop.models import Board, Idea, Participant, Phase
from workshop.stepping import step
from workshop.voting.marking import vote
from workshop.voting.opening import key_of


@pytest.fixture
def counted(
    session: Session, keys: Keyring, board: Board, bikes: Idea, sewing: Idea,
    amal: Participant, ben: Participant,
) -> Board:  # fmt: skip
    """The board after a vote: Amal and Ben put dots on the sewing workshop."""
    board.seats = 1
    session.commit()
    step(session, keys, board, Phase.COLLECT, Phase.VOTE, NOON)
    session.refresh(board)
    vote(session, keys, board, amal, key_of(sewing), 2)
    vote(session, keys, board, ben, key_of(sewing), 1)
    step(session, keys, board, Phase.VOTE, Phase.RESULT, NOON)
    session.commit()
    return board


@pytest.fixture
def deciding(session: Session, keys: Keyring, counted: Board) -> Board:
    """The board in the phase in which decisions are noted."""
    step(session, keys, counted, Phase.RESULT, Phase.DECIDE, NOON)
    session.commit()
    return counted


@pytest.fixture
def developing(session: Session, keys: Keyring, deciding: Board) -> Board:
    step(session, keys, deciding, Phase.DECIDE, Phase.DEVELOP, NOON)
    session.commit()
    return deciding
