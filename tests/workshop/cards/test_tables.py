import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.front import answered_alike
from tests.workshop.room import a_participant, browser_in
from workshop.cards.sitting import NoSuchTable, sit
from workshop.models import Board, Idea, Participant, Phase, Workshop

pytestmark = pytest.mark.both_engines


@pytest.fixture
def apart(session: Session, board: Board) -> Board:
    """The board of three tables."""
    board.tables = 3
    session.commit()
    return board


def at(app: Flask, workshop: Workshop, table: int) -> FlaskClient:
    """The phone of somebody who has sat down and written a card."""
    phone = browser_in(workshop, app)
    phone.post(f"/w/{workshop.code}/tables", data={"table": table})
    card = {"key": "k", "title": f"Written at {table}"}
    phone.post(f"/w/{workshop.code}/ideas", data=card)
    return phone


def wall(phone: FlaskClient, workshop: Workshop, query: str = "page=collect") -> str:
    return phone.get(f"/w/{workshop.code}/cards?{query}").text


def test_one_sees_the_cards_of_ones_own_table_first(
    app: Flask, workshop: Workshop, apart: Board
) -> None:
    one, two = at(app, workshop, 1), at(app, workshop, 2)
    assert "Written at 1" in wall(one, workshop)
    assert "Written at 2" not in wall(one, workshop)
    assert "Written at 1" not in wall(two, workshop)
    assert "Written at" not in wall(browser_in(workshop, app), workshop)


def test_each_table_has_its_wall_in_front_of_the_app_too(
    app: Flask, workshop: Workshop, apart: Board
) -> None:
    phones = [at(app, workshop, table) for table in (1, 2, 1)]
    for phone in (*phones, browser_in(workshop, app)):
        wall(phone, workshop)
        assert answered_alike(app, phone, f"/w/{workshop.code}/cards?page=collect")


def test_once_they_are_read_all_cards_hang_and_table_by_table_on_request(
    app: Flask, session: Session, workshop: Workshop, apart: Board
) -> None:
    one, _two = at(app, workshop, 1), at(app, workshop, 2)
    apart.phase, apart.version = Phase.REVEAL, apart.version + 1
    session.commit()
    assert "Written at 2" in wall(one, workshop, "page=reveal")
    english = {"Accept-Language": "en"}
    shown = one.get(f"/w/{workshop.code}?by=table", headers=english).text
    places = ["Table 1", "Written at 1", "Table 2", "Written at 2"]
    assert [shown.index(each) for each in places] == sorted(map(shown.index, places))
    path = f"/w/{workshop.code}/cards?page=reveal&by=table"
    assert answered_alike(app, one, path, **english)


def test_cards_remember_their_table(
    app: Flask, session: Session, workshop: Workshop, apart: Board
) -> None:
    at(app, workshop, 2)
    assert session.scalars(select(Idea.table)).all() == [2]


@pytest.mark.parametrize("table", [0, 4, -1, 10**9])
def test_only_tables_that_are_there_can_be_chosen(
    session: Session, apart: Board, amal: Participant, table: int
) -> None:
    with pytest.raises(NoSuchTable):
        sit(session, apart, amal, table)


def test_who_is_hosted_sits_with_their_host(
    session: Session, workshop: Workshop, apart: Board, amal: Participant
) -> None:
    guest = a_participant(workshop, "Zara", key_hash=None, host_id=amal.id)
    session.add(guest)
    session.commit()
    sit(session, apart, amal, 3)
    session.commit()
    session.refresh(guest)
    assert guest.table == 3
    sit(session, apart, amal, None)
    session.commit()
    session.refresh(guest)
    assert guest.table is None
