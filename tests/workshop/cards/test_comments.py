import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.workshop.cards.test_pages import choir, discuss, page_of
from tests.workshop.room import browser_in
from workshop.cards.models import Comment
from workshop.models import Board, Challenge, Idea, Workshop

__all__ = ["choir"]  # a fixture


def test_a_comment_hangs_and_is_counted(
    app: Flask, session: Session, workshop: Workshop, board: Board, phone: FlaskClient,
    choir: Idea,
) -> None:  # fmt: skip
    discuss(session, board)
    other, where = browser_in(workshop, app, "Birke"), page_of(workshop, choir)
    data = {"key": "c", "comment": " Mit\r\nNoten? "}
    for _ in range(2):
        assert other.post(where + "/comments", data=data).status_code == 303
    shown = phone.get(where).text
    assert "Mit Noten?" in shown
    assert "Birke" not in shown  # cards hang without names
    assert "1 Kommentar" in phone.get(f"/w/{workshop.code}/cards?page=discuss").text or (
        "1 comment" in phone.get(f"/w/{workshop.code}/cards?page=discuss").text
    )
    said = session.scalars(select(Comment)).one()
    assert phone.post(f"{where}/comments/{said.id}/removal").status_code == 409
    assert other.post(f"{where}/comments/{said.id}/removal").status_code == 303
    assert "Mit Noten?" not in phone.get(where).text


def test_a_comment_is_taken_back_when_the_room_is_at_another_board(
    session: Session, workshop: Workshop, board: Board, phone: FlaskClient, choir: Idea
) -> None:
    discuss(session, board)
    where = page_of(workshop, choir)
    phone.post(where + "/comments", data={"key": "c", "comment": "Mit Noten?"})
    owned = {"project_id": board.project_id, "workshop_id": workshop.id, "agenda": []}
    session.add(Board(position=1, challenges=[Challenge(position=0, question="?")], **owned))
    workshop.front = 1
    session.commit()
    said = session.scalars(select(Comment)).one()
    assert phone.post(f"{where}/comments/{said.id}/removal").status_code == 303
    session.expire_all()
    assert said.taken_back


def test_comments_show_names_where_cards_do(
    app: Flask, session: Session, workshop: Workshop, board: Board, phone: FlaskClient,
    choir: Idea,
) -> None:  # fmt: skip
    board.shows_names = True
    discuss(session, board)
    other, where = browser_in(workshop, app, "Birke"), page_of(workshop, choir)
    other.post(where + "/comments", data={"key": "c", "comment": "Mit Noten?"})
    assert "Birke" in phone.get(where).text


@pytest.mark.parametrize("text", ["", "  ", "x" * 401])
def test_a_comment_that_does_not_fit_is_explained(
    session: Session, workshop: Workshop, board: Board, phone: FlaskClient, choir: Idea,
    text: str,
) -> None:  # fmt: skip
    discuss(session, board)
    answer = phone.post(
        page_of(workshop, choir) + "/comments", data={"key": "c", "comment": text}
    )
    assert answer.status_code == 422
    assert 'id="comment-error"' in answer.text
