from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from tests.story import NOON, at_once
from workshop.following.deciding import (
    NothingDecided,
    ReasonMissing,
    Verdict,
    decide,
    decisions,
    histories,
    lines,
    undo,
)
from workshop.following.models import Decision, Outcome
from workshop.models import Board, Idea
from workshop.moving import NotNow

YES = Verdict(Outcome.ADOPTED, due=date(2027, 1, 31))
NO = Verdict(Outcome.NO, "No room for it")
pytestmark = pytest.mark.both_engines


def test_the_chosen_idea_is_the_first_to_be_decided_on(
    session: Session, deciding: Board, bikes: Idea, sewing: Idea
) -> None:
    assert [line.idea for line in lines(session, deciding)] == [sewing, bikes]


def test_the_newest_decision_counts_and_the_others_stay_readable(
    session: Session, deciding: Board, bikes: Idea
) -> None:
    decide(session, bikes, YES, "Birte", NOON)
    decide(session, bikes, NO, "Birte", NOON)
    assert decisions(session, [bikes.id])[bikes.id].outcome == Outcome.NO
    history = histories(session, [bikes.id])[bikes.id]
    assert [each.outcome for each in history] == [Outcome.NO, Outcome.ADOPTED]


def test_saying_the_same_again_adds_nothing(
    session: Session, deciding: Board, bikes: Idea
) -> None:
    first = decide(session, bikes, YES, "Birte", NOON)
    assert decide(session, bikes, YES, "Tarik", NOON) is first


def test_undo_puts_back_what_was_decided_before(
    session: Session, deciding: Board, bikes: Idea
) -> None:
    decide(session, bikes, YES, "Birte", NOON)
    decide(session, bikes, NO, "Birte", NOON)
    assert undo(session, bikes, 2, "Birte", NOON)
    assert decisions(session, [bikes.id])[bikes.id].due == YES.due
    assert len(histories(session, [bikes.id])[bikes.id]) == 3


def test_undoing_the_first_decision_leaves_the_idea_open(
    session: Session, deciding: Board, bikes: Idea
) -> None:
    decide(session, bikes, YES, "Birte", NOON)
    assert undo(session, bikes, 1, "Birte", NOON)
    assert decisions(session, [bikes.id]) == {}
    with pytest.raises(NothingDecided):
        undo(session, lines(session, deciding)[0].idea, 1, "Birte", NOON)


def test_undo_takes_back_one_decision_once_and_nothing_that_came_after_it(
    session: Session, deciding: Board, bikes: Idea
) -> None:
    decide(session, bikes, YES, "Birte", NOON)
    decide(session, bikes, NO, "Birte", NOON)
    assert [undo(session, bikes, 2, "Birte", NOON) for _ in range(2)] == [True, False]
    assert decisions(session, [bikes.id])[bikes.id].outcome == Outcome.ADOPTED
    decide(session, bikes, NO, "Tarik", NOON)
    assert not undo(session, bikes, 3, "Birte", NOON)
    assert decisions(session, [bikes.id])[bikes.id].by == "Tarik"


@pytest.mark.parametrize("outcome", [Outcome.LATER, Outcome.NO])
def test_whoever_says_no_says_why(
    session: Session, deciding: Board, bikes: Idea, outcome: Outcome
) -> None:
    with pytest.raises(ReasonMissing):
        decide(session, bikes, Verdict(outcome), "Birte", NOON)
    told = {"idea_id": bikes.id, "project_id": bikes.project_id, "number": 1}
    session.add(Decision(**told, outcome=outcome, by="Birte", at=NOON))
    with pytest.raises(IntegrityError):
        session.flush()


def test_nothing_is_decided_before_its_time(
    session: Session, counted: Board, bikes: Idea
) -> None:
    with pytest.raises(NotNow):
        decide(session, bikes, YES, "Birte", NOON)


def test_decisions_made_at_once_are_all_in_the_history(
    sessions: sessionmaker[Session], session: Session, deciding: Board, bikes: Idea
) -> None:
    number = bikes.id

    def say(which: int) -> None:
        with sessions() as own:
            idea = own.get_one(Idea, number)
            decide(own, idea, Verdict(Outcome.LATER, f"reason {which}"), "Birte", NOON)
            own.commit()

    at_once(8, say)
    found = session.scalars(select(Decision.number).filter_by(idea_id=number)).all()
    assert sorted(found) == [*range(1, 9)]
