import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from core.errors import FormUsedTwice
from tests.front import answered_alike
from tests.story import at_once
from tests.workshop.room import an_idea, browser_in, poll_of
from workshop.boards import NotAtTheFront, add_board, bring_to_front, check_front
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.readiness import is_ready, say

pytestmark = pytest.mark.both_engines
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def second(session: Session, workshop: Workshop) -> Board:
    board = add_board(session, workshop, "second", "Money", ["Who pays?"])
    session.commit()
    session.refresh(workshop)
    return board


def test_a_form_adds_one_board_beside_the_others(
    session: Session, workshop: Workshop, second: Board
) -> None:
    again = add_board(session, workshop, "second", "Money", ["Who pays?"])
    assert (again.id, again.position, workshop.board.position) == (second.id, 1, 0)
    with pytest.raises(FormUsedTwice):
        add_board(session, workshop, "second", "Time", ["Who pays?"])


def test_boards_added_at_once_hang_side_by_side(
    session: Session, sessions: sessionmaker[Session], workshop: Workshop
) -> None:
    number = workshop.id

    def add(turn: int) -> None:
        with sessions() as own:
            mine = own.get_one(Workshop, number)
            add_board(own, mine, f"form {turn % 3}", f"Board {turn % 3}", ["Why?"])
            own.commit()

    at_once(6, add)
    session.expire_all()
    places = session.scalars(select(Board.position).order_by(Board.position)).all()
    assert places == [0, 1, 2, 3]


def test_everybody_is_called_to_the_board_at_the_front(
    app: Flask, session: Session, workshop: Workshop, second: Board, phone: FlaskClient,
    bikes: Idea,
) -> None:  # fmt: skip
    news = poll_of(phone.get(f"/w/{workshop.code}").text.partition('id="wall"')[2])
    assert phone.get(news).status_code == 204
    bring_to_front(session, workshop, second)
    session.commit()
    moved = phone.get(news, headers=ENGLISH).text
    assert "data-moved" in moved
    assert "Another board hangs at the front." in moved
    assert "A bike workshop" not in moved
    assert answered_alike(app, phone, news.partition("&seen")[0], **ENGLISH)
    shown = phone.get(f"/w/{workshop.code}").text
    assert "Who pays?" in shown
    assert "A bike workshop" not in shown


def test_nobody_is_done_with_a_board_they_have_not_seen(
    session: Session, workshop: Workshop, board: Board, second: Board, amal: Participant
) -> None:
    for _ in range(2):
        say(session, workshop.board, amal, True)
        session.commit()
        session.refresh(amal)
        other = second if workshop.board is board else board
        bring_to_front(session, workshop, other)
        session.commit()
        session.expire_all()
        assert not is_ready(workshop.board, amal)


def test_what_is_written_for_another_board_is_refused_and_kept(
    session: Session, workshop: Workshop, board: Board, second: Board, phone: FlaskClient
) -> None:
    bring_to_front(session, workshop, second)
    session.commit()
    with pytest.raises(NotAtTheFront):
        check_front(board)
    card = {"key": "k", "title": "Ein Chor", "challenge": board.challenges[0].id}
    answer = phone.post(f"/w/{workshop.code}/ideas", data=card)
    assert answer.status_code == 409
    assert "Ein Chor" in answer.text
    assert session.scalar(select(func.count(Idea.id))) == 0


def test_the_other_boards_can_be_read(
    session: Session, workshop: Workshop, board: Board, second: Board, phone: FlaskClient,
    bikes: Idea,
) -> None:  # fmt: skip
    bring_to_front(session, workshop, second)
    session.commit()
    read, where = f"/w/{workshop.code}/boards/0", f"/w/{workshop.code}/ideas/{bikes.id}"
    assert read in phone.get(f"/w/{workshop.code}").text
    assert "A bike workshop" in phone.get(read).text
    assert phone.get(where).status_code == 200
    board.phase, board.version = Phase.DISCUSS, board.version + 1
    session.commit()
    assert phone.post(where + "/comments", data={"key": "c", "comment": "x"}).status_code == 409
    board.phase, board.is_covered, board.version = Phase.COLLECT, True, board.version + 1
    session.commit()
    assert "A bike workshop" not in phone.get(read).text
    assert phone.get(f"/w/{workshop.code}/boards/7").status_code == 404


def test_the_facilitator_adds_boards_and_brings_one_to_the_front(
    app: Flask, desk: FlaskClient, session: Session, workshop: Workshop, amal: Participant
) -> None:
    home = "/p/buch/workshops/buch"
    words = {"key": "k", "title": "Money", "questions": "Who pays?\nHow long?"}
    assert desk.post(f"{home}/boards", data=words | {"questions": " "}).status_code == 422
    assert desk.post(f"{home}/boards", data=words).status_code == 303
    assert "Money" in desk.get(f"{home}/boards").text
    assert desk.post(f"{home}/front", data={"board": 9}).status_code == 404
    assert desk.post(f"{home}/front", data={"board": 1}).status_code == 303
    assert "Who pays?" in browser_in(workshop, app).get(f"/w/{workshop.code}").text
    session.expire_all()
    session.add(an_idea(workshop.board, amal, "A fund"))
    session.commit()
    assert "A fund" in desk.get(home).text
