import pytest
from sqlalchemy.orm import Session

from workshop.models import Board, Idea, Participant, Phase
from workshop.moving import ALLOWED, Act, DotsAreLying, NotNow, allows, change, move
from workshop.voting import lay_dots

pytestmark = pytest.mark.both_engines


def test_a_board_goes_through_an_evening(session: Session, board: Board) -> None:
    for origin, to in [(Phase.COLLECT, Phase.VOTE), (Phase.VOTE, Phase.RESULT)]:
        move(session, board, origin, to)
        session.commit()
        assert board.phase is to


def test_every_step_is_news(session: Session, board: Board) -> None:
    version, pulse = board.version, board.pulse
    move(session, board, Phase.COLLECT, Phase.VOTE)
    session.commit()
    assert (board.version, board.pulse) == (version + 1, pulse + 1)


def test_asking_twice_is_asking_once(session: Session, board: Board) -> None:
    for _ in range(2):
        move(session, board, Phase.COLLECT, Phase.VOTE)
        session.commit()
    assert board.phase is Phase.VOTE


def test_a_page_that_is_behind_moves_nothing(session: Session, board: Board) -> None:
    board.phase = Phase.RESULT
    session.commit()
    with pytest.raises(NotNow):
        move(session, board, Phase.COLLECT, Phase.VOTE)
    assert board.phase is Phase.RESULT


def test_no_step_leaves_out_the_vote(session: Session, board: Board) -> None:
    with pytest.raises(NotNow):
        move(session, board, Phase.COLLECT, Phase.RESULT)


def test_the_way_back_to_collecting_ends_with_the_first_dot(
    session: Session, voting: Board, bikes: Idea, amal: Participant
) -> None:
    move(session, voting, Phase.VOTE, Phase.COLLECT)
    move(session, voting, Phase.COLLECT, Phase.VOTE)
    session.commit()
    lay_dots(session, voting, bikes, amal, 1)
    session.commit()
    with pytest.raises(DotsAreLying):
        move(session, voting, Phase.VOTE, Phase.COLLECT)


def test_voting_once_more_is_noted(session: Session, board: Board) -> None:
    board.phase = Phase.RESULT
    session.commit()
    move(session, board, Phase.RESULT, Phase.VOTE)
    session.commit()
    assert (board.phase, board.reopened) == (Phase.VOTE, 1)


def test_voting_turns_the_cards_over(session: Session, board: Board) -> None:
    board.is_covered = True
    session.commit()
    move(session, board, Phase.COLLECT, Phase.VOTE)
    session.commit()
    assert not board.is_covered


@pytest.mark.parametrize("phase", [*Phase])
@pytest.mark.parametrize("act", [*Act])
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
