"""What everyone reads of a result."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Sector
from tests.workshop.room import a_participant, go_to, lay_dots
from workshop.models import Board, Idea, Phase, Workshop
from workshop.voting.opening import latest_round


@pytest.mark.parametrize(("size", "is_told"), [(5, True), (4, False)])
def test_everyone_reads_which_sectors_have_something_and_nothing_of_small_ones(
    app: Flask, session: Session, keys: Keyring, phone: FlaskClient, workshop: Workshop,
    voting: Board, bikes: Idea, sewing: Idea, size: int, is_told: bool,
) -> None:  # fmt: skip
    round = latest_round(session, voting)
    assert round
    round.seats = 1
    for sector, number, idea in (
        (Sector.SOCIETY, 6, bikes),
        (Sector.ECONOMY, size, sewing),
        (Sector.SCIENCE, 5, sewing),
    ):
        for n in range(number):
            person = a_participant(workshop, f"{sector} {n}", sector=sector)
            session.add(person)
            session.flush()
            lay_dots(session, keys, voting, idea, person, 1)
    session.commit()
    go_to(session, keys, voting, Phase.RESULT)
    page = phone.get(f"/w/{workshop.code}?language=de").text
    assert ("Wirtschaft 100\xa0%" in page) is is_told
    assert "Zivilgesellschaft 0\xa0%" in page
