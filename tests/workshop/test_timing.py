from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.story import NOON
from workshop.models import Board, Workshop
from workshop.timing import TimeIsUp, add_minutes, check, go_on, start, stop

SECOND = timedelta(seconds=1)


@pytest.mark.both_engines
def test_what_is_on_its_way_when_the_clock_rings_still_arrives(
    session: Session, board: Board
) -> None:
    start(session, board, 5, NOON)
    session.commit()
    check(session, board, NOON + 305 * SECOND)
    with pytest.raises(TimeIsUp):
        check(session, board, NOON + 306 * SECOND)


@pytest.mark.both_engines
def test_minutes_are_added_also_after_it_rang(session: Session, board: Board) -> None:
    start(session, board, 5, NOON)
    session.commit()
    late = NOON + timedelta(minutes=10)
    add_minutes(session, board, late)
    session.commit()
    check(session, board, late + timedelta(minutes=2))


@pytest.mark.both_engines
def test_a_stopped_clock_keeps_what_is_left(session: Session, board: Board) -> None:
    start(session, board, 5, NOON)
    stop(session, board, NOON + 60 * SECOND)
    session.commit()
    session.refresh(board)
    assert (board.rings, board.left) == (None, 240)
    check(session, board, NOON + timedelta(days=1))
    add_minutes(session, board, NOON)
    session.refresh(board)
    go_on(session, board, NOON + timedelta(hours=1))
    session.commit()
    session.refresh(board)
    assert board.rings == NOON + timedelta(hours=1, minutes=6)


def test_the_clock_is_news_on_every_screen(session: Session, board: Board) -> None:
    before = board.version
    start(session, board, 5, NOON)
    session.commit()
    assert board.version == before + 1


def test_after_the_time_a_card_is_refused_and_its_words_stay(
    session: Session, workshop: Workshop, phone: FlaskClient
) -> None:
    workshop.board.rings = NOON
    session.commit()
    answer = phone.post(f"/w/{workshop.code}/ideas", data={"title": "A choir", "key": "k"})
    assert answer.status_code == 409
    assert "A choir" in answer.text


def test_the_facilitator_sets_the_clock(
    desk: FlaskClient, session: Session, workshop: Workshop
) -> None:
    page = "/p/buch/workshops/buch/clock"
    for form, running in [
        ({"act": "start", "minutes": 5}, True), ({"act": "stop"}, False),
        ({"act": "go on"}, True), ({"act": "more"}, True), ({"act": "away"}, False),
    ]:  # fmt: skip
        assert desk.post(page, data=form).status_code == 303
        session.expire_all()
        assert bool(workshop.board.rings) is running
    for form in ({"act": "start", "minutes": 0}, {"act": "start", "minutes": "x"}):
        desk.post(page, data=form)
        session.expire_all()
        assert workshop.board.rings is None
    assert desk.post(page, data={"act": "explode"}).status_code == 422
