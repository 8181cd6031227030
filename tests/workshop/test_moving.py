from itertools import product

import pytest
from sqlalchemy.orm import Session

from core.keys import Keyring
from tests.workshop.room import go_to, lay_dots
from workshop.agenda import LONG, written
from workshop.models import Board, Idea, Participant, Phase
from workshop.moving import (
    ALLOWED,
    BEFORE,
    STEPS,
    Act,
    DotsAreLying,
    NotNow,
    allows,
    change,
    move,
)
from workshop.voting.opening import counted_rounds, latest_round

pytestmark = pytest.mark.both_engines


def test_a_board_goes_through_an_evening(session: Session, keys: Keyring, board: Board) -> None:
    board.agenda, board.phase = written(LONG), Phase.LOBBY
    session.commit()
    for place, phase in enumerate(Phase):
        if place:
            go_to(session, keys, board, phase)
        assert (board.phase, board.at) == (phase, place)


def test_every_step_is_news(session: Session, board: Board) -> None:
    version, pulse = board.version, board.pulse
    move(session, board, Phase.COLLECT, Phase.VOTE)
    session.commit()
    assert (board.version, board.pulse) == (version + 1, pulse + 1)


def test_asking_twice_is_asking_once(session: Session, board: Board) -> None:
    assert [move(session, board, Phase.COLLECT, Phase.VOTE) for _ in range(2)] == [True, False]
    session.commit()
    assert board.phase is Phase.VOTE


def test_a_page_that_is_behind_moves_nothing(session: Session, board: Board) -> None:
    board.phase = Phase.RESULT
    session.commit()
    with pytest.raises(NotNow):
        move(session, board, Phase.COLLECT, Phase.VOTE)
    assert board.phase is Phase.RESULT


def test_only_a_vote_leads_to_a_result(session: Session) -> None:
    assert {phase for phase in BEFORE if Phase.RESULT in STEPS[phase]} == set()
    assert Phase.RESULT in STEPS[Phase.VOTE]
    assert all(phase in STEPS[Phase.VOTE] for phase in BEFORE)


def test_the_way_back_from_a_vote_ends_with_the_first_dot(
    session: Session, keys: Keyring, voting: Board, bikes: Idea, amal: Participant
) -> None:
    go_to(session, keys, voting, Phase.COLLECT, Phase.VOTE)
    lay_dots(session, keys, voting, bikes, amal, 1)
    session.commit()
    for phase in BEFORE:
        with pytest.raises(DotsAreLying):
            move(session, voting, Phase.VOTE, phase)
        session.rollback()


def test_a_vote_nobody_took_part_in_leaves_no_round(
    session: Session, keys: Keyring, voting: Board
) -> None:
    go_to(session, keys, voting, Phase.COLLECT)
    assert latest_round(session, voting) is None


def test_voting_once_more_is_a_round_of_its_own(
    session: Session, keys: Keyring, voting: Board, bikes: Idea, amal: Participant
) -> None:
    for dots in (1, 2):
        lay_dots(session, keys, voting, bikes, amal, dots)
        session.commit()
        go_to(session, keys, voting, Phase.RESULT, Phase.VOTE)
    papers = [round.papers or [] for round in counted_rounds(session, voting)]
    assert [paper["marks"] for each in papers for paper in each] == [
        {f"i{bikes.id}": 1},
        {f"i{bikes.id}": 2},
    ]


@pytest.mark.parametrize(
    "phase", [each for each in STEPS[Phase.COLLECT] if each is not Phase.COLLECT]
)
def test_cards_are_face_up_as_soon_as_nobody_writes(
    session: Session, board: Board, phase: Phase
) -> None:
    board.is_covered = True
    session.commit()
    move(session, board, Phase.COLLECT, phase)
    session.commit()
    assert board.is_covered is (phase is Phase.LOBBY)


@pytest.mark.parametrize(("phase", "act"), [*product(Phase, Act)])
def test_the_table_is_kept_by_the_statement_that_writes(
    session: Session, board: Board, phase: Phase, act: Act
) -> None:
    board.phase = phase
    session.commit()
    if act in ALLOWED[phase]:
        change(session, board, act)
        assert allows(board, act)
    else:
        with pytest.raises(NotNow):
            change(session, board, act)
        assert not allows(board, act)
