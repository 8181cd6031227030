import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.models import Base
from surveys.conversations.models import SharedIdea
from surveys.interviews.models import Passage
from tests.workshop.room import an_idea
from workshop.cards.bringing import on_a_card, take_along
from workshop.models import Board, Idea, Participant


def test_long_words_begin_as_a_title() -> None:
    title, text = on_a_card("Wort " * 100)
    assert title.endswith("Wort…") and len(title) <= 80
    assert text.endswith("Wort…") and len(text) <= 400
    assert on_a_card("Kurz\n und gut") == ("Kurz und gut", "")
    assert len(on_a_card("x" * 500)[0]) == 80


@pytest.mark.parametrize("model", [Idea, Passage, SharedIdea])
def test_the_number_of_something_deleted_is_given_to_nothing_else(
    session: Session, model: type[Base]
) -> None:
    name = model.__tablename__
    tables = text("SELECT sql FROM sqlite_master WHERE name = :name")
    assert "AUTOINCREMENT" in str(session.scalar(tables, {"name": name}))


def test_a_card_gets_a_number_of_its_own(
    session: Session, board: Board, bikes: Idea, amal: Participant
) -> None:
    before = bikes.id
    take_along(session, [bikes])
    session.commit()
    another = an_idea(board, amal, "A garden")
    session.add(another)
    session.commit()
    assert another.id > before
