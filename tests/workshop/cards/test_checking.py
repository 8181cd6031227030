import pytest
from sqlalchemy.orm import Session

from tests.workshop.cards.test_picturing import a_photo
from workshop.cards.checking import ChangedUnread, let_hang, let_wait, seen
from workshop.cards.picturing import describe, picture, picture_of
from workshop.cards.reading import may_read, table_of
from workshop.models import Board, Idea, Participant, Phase
from workshop.posting import ideas_of, ideas_on, post_idea, rewrite_idea, waiting_on

pytestmark = pytest.mark.both_engines


@pytest.fixture
def choir(session: Session, board: Board, amal: Participant) -> Idea:
    """A card on a board where the facilitator reads each first."""
    board.is_checked = True
    session.commit()
    idea = post_idea(session, board.challenges[0], board, amal, "key", "A choir")
    session.commit()
    return idea


def test_a_card_waits_until_the_facilitator_says_yes(
    session: Session, board: Board, choir: Idea
) -> None:
    assert (ideas_on(session, board), waiting_on(session, board)) == ([], [choir])
    let_hang(session, choir, seen(choir, None))
    session.commit()
    assert (ideas_on(session, board), waiting_on(session, board)) == ([choir], [])
    let_wait(session, choir)
    assert waiting_on(session, board) == [choir]


def test_only_the_author_sees_a_card_that_waits(
    session: Session, board: Board, choir: Idea, amal: Participant, ben: Participant
) -> None:
    assert ideas_of(session, board, amal) == [choir]
    assert may_read(choir, amal, None)
    assert not may_read(choir, ben, None)


def test_a_card_that_was_changed_waits_once_more(
    session: Session, board: Board, choir: Idea, amal: Participant
) -> None:
    let_hang(session, choir, seen(choir, None))
    rewrite_idea(session, board, choir, amal, "A choir", "", "de")
    session.commit()
    assert waiting_on(session, board) == []
    rewrite_idea(session, board, choir, amal, "A rude choir", "")
    session.commit()
    assert waiting_on(session, board) == [choir]


def test_only_what_was_read_hangs(
    session: Session, board: Board, choir: Idea, amal: Participant
) -> None:
    def is_refused(read: str) -> bool:
        with pytest.raises(ChangedUnread):
            let_hang(session, choir, read)
        session.rollback()
        return waiting_on(session, board) == [choir]

    def read() -> str:
        return seen(choir, picture_of(session, choir))

    first = read()
    rewrite_idea(session, board, choir, amal, "A rude choir", "")
    session.commit()
    assert is_refused(first)
    second = read()
    picture(session, choir, amal, a_photo(), "A choir")
    session.commit()
    assert is_refused(second)
    third = read()
    describe(session, choir, amal, "Rude words")
    session.commit()
    session.expire_all()
    assert is_refused(third)
    let_hang(session, choir, read())
    assert waiting_on(session, board) == []


def test_cards_are_read_once_they_hang_face_up(
    session: Session, board: Board, bikes: Idea, ben: Participant
) -> None:
    assert may_read(bikes, ben, None)
    board.is_covered = True
    assert not may_read(bikes, ben, None)
    board.is_covered, bikes.taken_down = False, True
    assert not may_read(bikes, ben, None)


def test_tables_write_apart_until_all_cards_are_read(
    session: Session, board: Board, bikes: Idea, ben: Participant
) -> None:
    board.tables, bikes.table, ben.table = 3, 1, 2
    assert not may_read(bikes, ben, table_of(board, ben))
    ben.table = 1
    assert may_read(bikes, ben, table_of(board, ben))
    ben.table, board.phase = 2, Phase.REVEAL
    assert may_read(bikes, ben, table_of(board, ben))


def test_nobody_sits_at_a_table_that_is_no_longer_there(board: Board, ben: Participant) -> None:
    board.tables, ben.table = 3, 3
    assert table_of(board, ben) == 3
    board.tables = 2
    assert table_of(board, ben) is None
