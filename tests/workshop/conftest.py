"""The room of the tests: Amal and Ben have come in, and two cards hang on the wall."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from core.keys import Keyring
from people.models import Project
from tests.story import NOON
from tests.workshop.room import a_participant, an_idea, browser_in, go_to
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.preparing import open_room, prepare


@pytest.fixture
def workshop(session: Session, project: Project) -> Workshop:
    workshop = prepare(
        session,
        project,
        "form",
        "buch",
        "An evening in Buch",
        ["What does Buch need?"],
        NOON,
        dots_each=3,
        dots_per_idea=2,
    )
    open_room(session, workshop, True)
    session.commit()
    return workshop


@pytest.fixture
def board(workshop: Workshop) -> Board:
    return workshop.board


@pytest.fixture
def voting(session: Session, keys: Keyring, board: Board, bikes: Idea, sewing: Idea) -> Board:
    """The board, once the cards hang and dots are placed."""
    go_to(session, keys, board, Phase.VOTE)
    return board


@pytest.fixture
def amal(keep: Callable[[Participant], Participant], workshop: Workshop) -> Participant:
    return keep(a_participant(workshop, "Amal"))


@pytest.fixture
def ben(keep: Callable[[Participant], Participant], workshop: Workshop) -> Participant:
    return keep(a_participant(workshop, "Ben"))


@pytest.fixture
def bikes(keep: Callable[[Idea], Idea], board: Board, amal: Participant) -> Idea:
    return keep(an_idea(board, amal, "A bike workshop"))


@pytest.fixture
def sewing(keep: Callable[[Idea], Idea], board: Board, ben: Participant) -> Idea:
    return keep(an_idea(board, ben, "A sewing workshop"))


@pytest.fixture
def phone(app: Flask, workshop: Workshop) -> Iterator[FlaskClient]:
    """A phone on which somebody has joined under the name of Linden."""
    yield browser_in(workshop, app, "Linden")
