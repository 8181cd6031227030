import pytest
from sqlalchemy.orm import Session, sessionmaker

from core.errors import FormUsedTwice
from tests.story import at_once
from workshop.cards.commenting import comment, comments_on, take_back, take_down
from workshop.cards.hanging import card_of
from workshop.models import Board, Idea, Participant, Phase
from workshop.moving import ALLOWED, Act, NotNow
from workshop.posting import NotYours

pytestmark = pytest.mark.both_engines


@pytest.fixture
def discussing(session: Session, board: Board, bikes: Idea) -> Board:
    board.phase = Phase.DISCUSS
    session.commit()
    return board


def count(session: Session, idea: Idea) -> int:
    return card_of(session, idea, "de").comments


def test_a_comment_changes_the_board(
    session: Session, discussing: Board, bikes: Idea, ben: Participant
) -> None:
    version = discussing.version
    comment(session, bikes, ben, "key", "With a pump?")
    session.commit()
    assert (count(session, bikes), discussing.version) == (1, version + 1)


def test_a_form_brings_one_comment(
    session: Session, discussing: Board, bikes: Idea, ben: Participant
) -> None:
    first = comment(session, bikes, ben, "key", "With a pump?")
    assert comment(session, bikes, ben, "key", "With a pump?") is first
    with pytest.raises(FormUsedTwice):
        comment(session, bikes, ben, "key", "Without")


def test_a_form_sent_many_times_at_once_brings_one_comment(
    session: Session, sessions: sessionmaker[Session], discussing: Board, bikes: Idea,
    ben: Participant,
) -> None:  # fmt: skip
    idea_id, author_id = bikes.id, ben.id

    def send(_turn: int) -> None:
        with sessions() as own:
            idea, author = own.get_one(Idea, idea_id), own.get_one(Participant, author_id)
            comment(own, idea, author, "key", "With a pump?")
            own.commit()

    at_once(5, send)
    session.expire_all()
    assert count(session, bikes) == 1


def test_one_takes_back_ones_own_and_nobody_elses(
    session: Session, discussing: Board, bikes: Idea, amal: Participant, ben: Participant
) -> None:
    said = comment(session, bikes, ben, "key", "With a pump?")
    with pytest.raises(NotYours):
        take_back(session, said, amal)
    take_back(session, said, ben)
    session.commit()
    session.expire_all()
    assert (count(session, bikes), said.text) == (0, "")


def test_what_was_taken_down_can_hang_again(
    session: Session, discussing: Board, bikes: Idea, ben: Participant
) -> None:
    said = comment(session, bikes, ben, "key", "With a pump?")
    take_down(session, said)
    assert count(session, bikes) == 0
    assert comments_on(session, bikes) == [said]
    take_down(session, said, taken_down=False)
    assert count(session, bikes) == 1


@pytest.mark.parametrize("phase", [*Phase])
def test_comments_hang_while_cards_are_discussed(
    session: Session, board: Board, bikes: Idea, ben: Participant, phase: Phase
) -> None:
    board.phase = phase
    session.commit()
    if Act.COMMENT in ALLOWED[phase]:
        comment(session, bikes, ben, "key", "With a pump?")
        return
    with pytest.raises(NotNow):
        comment(session, bikes, ben, "key", "With a pump?")
