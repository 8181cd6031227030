import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice
from core.keys import Keyring
from tests.story import NOON
from tests.workshop.room import browser_in, dots_left, lay_dots
from workshop.hosting import NotAHost, appoint, seat_someone, table_of, tables, whose_turn
from workshop.models import Board, Channel, Idea, Participant, Workshop
from workshop.voting.marking import NoDotsLeft


@pytest.fixture
def host(session: Session, amal: Participant) -> Participant:
    appoint(session, amal)
    session.commit()
    return amal


@pytest.mark.both_engines
def test_a_host_adds_people(session: Session, host: Participant) -> None:
    one = seat_someone(session, host, "a", NOON)
    assert seat_someone(session, host, "a", NOON) is one
    two = seat_someone(session, host, "b", NOON, "Mrs Haddad")
    session.commit()
    assert table_of(session, host) == [one, two]
    assert {person.channel for person in (one, two)} == {Channel.HOSTED}
    assert (host.workshop.hall, tables(session, host.workshop)) == (2, {host.id: 2})


@pytest.mark.both_engines
def test_only_hosts_add_people(session: Session, ben: Participant) -> None:
    with pytest.raises(NotAHost):
        seat_someone(session, ben, "a", NOON)


@pytest.mark.both_engines
def test_everyone_at_a_table_has_dots_of_their_own(
    session: Session, keys: Keyring, voting: Board, host: Participant, bikes: Idea, sewing: Idea
) -> None:
    guest = seat_someone(session, host, "a", NOON)
    lay_dots(session, keys, voting, bikes, guest, 2)
    lay_dots(session, keys, voting, sewing, guest, 1)
    session.commit()
    with pytest.raises(NoDotsLeft):
        lay_dots(session, keys, voting, sewing, guest, 2)
    session.rollback()
    assert (
        dots_left(session, keys, voting, guest),
        dots_left(session, keys, voting, host),
    ) == (0, 3)


def test_a_host_acts_for_their_own_table_only(
    session: Session, host: Participant, ben: Participant
) -> None:
    guest = seat_someone(session, host, "a", NOON)
    assert whose_turn(session, host, None) is host
    assert whose_turn(session, host, guest.id) is guest
    assert whose_turn(session, ben, guest.id) is None
    assert whose_turn(session, host, ben.id) is None


def test_one_tablet_goes_around(
    app: Flask, session: Session, workshop: Workshop, voting: Board, bikes: Idea
) -> None:
    tablet = browser_in(workshop, app, "Table 3")
    host = session.scalars(select(Participant).filter_by(name="Table 3")).one()
    appoint(session, host)
    session.commit()
    page = f"/w/{workshop.code}"
    turn = tablet.post(f"{page}/table", data={"key": "k", "name": "Mrs Haddad"}).location
    assert "Mrs Haddad" in tablet.get(turn).text

    dots = f"{page}/ballot/i{bikes.id}?{turn.partition('?')[2]}"
    assert tablet.post(dots, data={"value": 2}).location == f"{turn}#option-i{bikes.id}"
    assert "Noch 1 Punkt<" in tablet.get(turn).text
    assert "Noch 3 Punkte<" in tablet.get(page).text


def test_nobody_acts_for_a_stranger(
    session: Session, keys: Keyring, workshop: Workshop, voting: Board, phone: FlaskClient,
    bikes: Idea,
    ben: Participant,
) -> None:  # fmt: skip
    dots = f"/w/{workshop.code}/ballot/i{bikes.id}?turn={ben.id}"
    assert phone.post(dots, data={"value": 1}).status_code == 404
    assert dots_left(session, keys, voting, ben) == 3


def test_a_form_seats_nobody_else(session: Session, host: Participant) -> None:
    seat_someone(session, host, "form", NOON, "Weide")
    with pytest.raises(FormUsedTwice):
        seat_someone(session, host, "form", NOON, "Ulme")
    assert [person.name for person in table_of(session, host)] == ["Weide"]
