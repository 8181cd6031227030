from contextlib import suppress

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from core.errors import FormUsedTwice
from tests.story import at_once
from tests.workshop.room import an_idea
from workshop.models import Board, Idea, Participant, Phase
from workshop.moving import NotNow, move
from workshop.posting import (
    NotYours,
    cards_on,
    cover,
    ideas_of,
    ideas_on,
    post_idea,
    rewrite_idea,
    take_back_idea,
    take_down_idea,
)

pytestmark = pytest.mark.both_engines


def post(session: Session, board: Board, author: Participant, key: str, title: str) -> Idea:
    return post_idea(session, board.challenges[0], board, author, key, title)


def test_a_card_changes_the_board(session: Session, board: Board, amal: Participant) -> None:
    version = board.version
    idea = post(session, board, amal, "key", "A choir")
    session.commit()
    assert (ideas_on(session, board), board.version) == ([idea], version + 1)


def test_a_retry_is_the_same_card(session: Session, board: Board, amal: Participant) -> None:
    first = post(session, board, amal, "key", "A choir")
    assert post(session, board, amal, "key", "A choir") is first


def test_a_retry_is_heard_after_closing_too(
    session: Session, board: Board, amal: Participant
) -> None:
    first = post(session, board, amal, "key", "A choir")
    move(session, board, Phase.COLLECT, Phase.VOTE)
    session.commit()
    assert post(session, board, amal, "key", "A choir") is first


def test_a_form_brings_one_card_only(session: Session, board: Board, amal: Participant) -> None:
    post(session, board, amal, "key", "A choir")
    with pytest.raises(FormUsedTwice):
        post(session, board, amal, "key", "A garden")


def test_a_form_sent_many_times_at_once_brings_one_card(
    session: Session, sessions: sessionmaker[Session], board: Board, amal: Participant
) -> None:
    seen: list[int] = []
    amal_id, board_id, version = amal.id, board.id, board.version

    def send(_number: int) -> None:
        with sessions() as session:
            author, wall = (
                session.get_one(Participant, amal_id),
                session.get_one(Board, board_id),
            )
            seen.append(post(session, wall, author, "key", "A choir").id)
            session.commit()

    at_once(8, send)
    assert seen == [session.scalars(select(Idea)).one().id] * 8
    session.refresh(board)
    assert board.version == version + 1


@pytest.mark.parametrize("authors", [2, 3, 5, 8])
def test_what_is_voted_on_stays_as_it_is(
    session: Session, sessions: sessionmaker[Session], board: Board, amal: Participant,
    authors: int,
) -> None:  # fmt: skip
    """Cards hang before the phase moves or not at all."""
    amal_id, board_id, counted = amal.id, board.id, []

    def act(which: int) -> None:
        with sessions() as session, suppress(NotNow):
            wall = session.get_one(Board, board_id)
            if which < authors:
                author = session.get_one(Participant, amal_id)
                post(session, wall, author, f"{len(rounds)} {which}", "A choir")
                session.commit()
                return
            move(session, wall, Phase.COLLECT, Phase.VOTE)
            session.commit()
            counted.append(cards_on(session, wall))

    rounds: list[int] = []
    for number in range(20):
        at_once(authors + 1, act)
        session.expire_all()
        assert counted.pop() == cards_on(session, board)
        move(session, board, Phase.VOTE, Phase.COLLECT)
        session.commit()
        rounds.append(number)


def test_one_may_change_ones_own_card(
    session: Session, board: Board, bikes: Idea, amal: Participant
) -> None:
    rewrite_idea(session, board, bikes, amal, "Cargo bikes", "Built in Buch.")
    session.commit()
    assert (bikes.title, bikes.text) == ("Cargo bikes", "Built in Buch.")


def test_nobody_changes_the_card_of_another(
    session: Session, board: Board, bikes: Idea, ben: Participant
) -> None:
    with pytest.raises(NotYours):
        rewrite_idea(session, board, bikes, ben, "Cars", "")
    with pytest.raises(NotYours):
        take_back_idea(session, board, bikes, ben)


def test_a_card_taken_back_hangs_nowhere(
    session: Session, board: Board, bikes: Idea, amal: Participant
) -> None:
    take_back_idea(session, board, bikes, amal)
    session.commit()
    assert ideas_on(session, board) == []
    assert ideas_of(session, board, amal) == []


def test_a_card_taken_down_can_be_hung_up_again(
    session: Session, board: Board, bikes: Idea
) -> None:
    take_down_idea(session, bikes)
    session.commit()
    assert cards_on(session, board) == 0
    take_down_idea(session, bikes, taken_down=False)
    session.commit()
    assert cards_on(session, board) == 1


@pytest.mark.parametrize("phase", [Phase.VOTE, Phase.RESULT])
def test_cards_are_written_while_collecting_only(
    session: Session, board: Board, amal: Participant, phase: Phase
) -> None:
    idea = an_idea(board, amal, "A choir")
    session.add(idea)
    board.phase = phase
    session.commit()
    for act in (
        lambda: post(session, board, amal, "key", "A garden"),
        lambda: rewrite_idea(session, board, idea, amal, "A band", ""),
        lambda: take_back_idea(session, board, idea, amal),
        lambda: take_down_idea(session, idea),
        lambda: cover(session, board, True),
    ):
        with pytest.raises(NotNow):
            act()
        session.rollback()
