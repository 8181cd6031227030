from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice
from people.models import Project
from tests.story import NOON
from workshop.following.deciding import Verdict, decide
from workshop.following.following import (
    NOT_YET,
    backed_by,
    courses,
    followed,
    note,
    withdraw,
    withdrawn,
)
from workshop.following.models import Outcome, State
from workshop.models import Board, Idea, Participant
from workshop.moving import NotNow

DAY = date(2026, 12, 1)
BEGUN: dict[str, Any] = {"state": State.BEGUN, "text": "A room is found", "day": DAY}
DONE: dict[str, Any] = {"state": State.DONE, "text": "It is open", "day": DAY}


@pytest.fixture
def adopted(session: Session, developing: Board, bikes: Idea) -> Idea:
    decide(session, bikes, Verdict(Outcome.ADOPTED), "Birte", NOON)
    session.commit()
    return bikes


@pytest.mark.both_engines
def test_a_note_sent_twice_is_there_once(session: Session, adopted: Idea) -> None:
    for _ in range(2):
        note(session, adopted, "k", "Birte", NOON, **BEGUN)
    assert len(courses(session, [adopted])[0].notes) == 1
    with pytest.raises(FormUsedTwice):
        note(session, adopted, "k", "Birte", NOON, **DONE)


def test_the_newest_note_says_how_far_it_has_come(session: Session, adopted: Idea) -> None:
    note(session, adopted, "a", "Birte", NOON, **BEGUN)
    last = note(session, adopted, "b", "Birte", NOON, **DONE)
    assert courses(session, [adopted])[0].state == State.DONE
    assert withdraw(session, adopted, last.id)
    assert courses(session, [adopted])[0].state == State.BEGUN
    assert [each.id for each in withdrawn(session, adopted)] == [last.id]
    assert not withdraw(session, adopted, last.id + 1)


def test_nobody_follows_an_idea_in_the_room(
    session: Session, deciding: Board, bikes: Idea
) -> None:
    with pytest.raises(NotNow):
        note(session, bikes, "k", "Birte", NOON, **BEGUN)


@pytest.mark.parametrize(
    ("q", "state", "number"),
    [("", "", 1), ("BIKE", "", 1), ("room is", "", 1), ("chess", "", 0),
     ("", "begun", 1), ("", "done", 0), ("", NOT_YET, 0), ("", "nonsense", 0)],
)  # fmt: skip
def test_ideas_of_all_workshops_are_found_by_words_and_state(
    session: Session, project: Project, adopted: Idea, sewing: Idea,
    q: str, state: str, number: int,
) -> None:  # fmt: skip
    note(session, adopted, "a", "Birte", NOON, **BEGUN)
    assert len(followed(session, project, q, state)) == number


def test_whoever_wrote_or_chose_an_idea_sees_it(
    session: Session, developing: Board, bikes: Idea, sewing: Idea,
    amal: Participant, ben: Participant,
) -> None:  # fmt: skip
    assert backed_by(session, developing, amal) == [bikes]
    assert backed_by(session, developing, amal, [f"i{sewing.id}"]) == [bikes, sewing]
    bikes.merged_into_id = sewing.id
    session.flush()
    assert backed_by(session, developing, amal) == [sewing]
