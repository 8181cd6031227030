from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from core.keys import Keyring
from tests.story import NOON, at_once
from tests.workshop.room import a_participant, an_idea
from workshop.cards.bringing import take_along
from workshop.counting import result
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.moving import NotNow
from workshop.posting import ideas_on
from workshop.sorting.merging import NotTwo, absorbed_on, merge, split
from workshop.sorting.models import Step
from workshop.sorting.stepping import SomebodyElse, last_step, undo
from workshop.stepping import step
from workshop.voting.marking import vote


@pytest.fixture
def sorting(session: Session, board: Board, bikes: Idea, sewing: Idea) -> Board:
    board.phase = Phase.CLUSTER
    session.commit()
    return board


def test_a_merged_card_hangs_no_longer_but_can_still_be_read(
    session: Session, sorting: Board, bikes: Idea, sewing: Idea
) -> None:
    merge(session, sorting, bikes, [sewing], NOON)
    session.commit()
    assert ideas_on(session, sorting) == [bikes]
    assert absorbed_on(session, sorting) == {bikes.id: [sewing]}
    split(session, sorting, sewing, NOON)
    session.commit()
    assert ideas_on(session, sorting) == [bikes, sewing]
    assert absorbed_on(session, sorting) == {}


def test_a_card_stands_for_all_that_came_into_it_on_the_way(
    session: Session, sorting: Board, bikes: Idea, sewing: Idea, amal: Participant
) -> None:
    garden = an_idea(sorting, amal, "A garden")
    session.add(garden)
    session.commit()
    merge(session, sorting, bikes, [sewing], NOON)
    merge(session, sorting, garden, [bikes], NOON)
    session.commit()
    assert absorbed_on(session, sorting) == {garden.id: [bikes, sewing]}
    split(session, sorting, bikes, NOON)
    assert absorbed_on(session, sorting) == {bikes.id: [sewing]}


@pytest.mark.both_engines
def test_a_step_is_taken_back_as_far_as_its_cards_are_still_there(
    session: Session, sorting: Board, bikes: Idea, sewing: Idea
) -> None:
    merge(session, sorting, bikes, [sewing], NOON)
    split(session, sorting, sewing, NOON)
    session.commit()
    take_along(session, [bikes])
    session.commit()
    last = last_step(session, sorting)
    assert last
    undo(session, sorting, last.number, NOON)
    session.commit()
    assert ideas_on(session, sorting) == [sewing]


def test_merging_twice_is_merging_once(
    session: Session, sorting: Board, bikes: Idea, sewing: Idea
) -> None:
    merge(session, sorting, bikes, [sewing], NOON)
    session.commit()
    version = sorting.version
    merge(session, sorting, bikes, [sewing], NOON)
    session.refresh(sorting)
    assert sorting.version == version


def test_cards_never_run_into_each_other(
    session: Session, sorting: Board, bikes: Idea, sewing: Idea
) -> None:
    merge(session, sorting, bikes, [sewing], NOON)
    session.commit()
    for kept, absorbed in ((sewing, [bikes]), (bikes, [bikes]), (bikes, [])):
        with pytest.raises(NotTwo):
            merge(session, sorting, kept, absorbed, NOON)
        session.rollback()


def test_what_does_not_hang_is_not_merged(
    session: Session, sorting: Board, bikes: Idea, sewing: Idea
) -> None:
    sewing.taken_down = True
    session.commit()
    with pytest.raises(NotTwo):
        merge(session, sorting, bikes, [sewing], NOON)


def test_nothing_is_merged_while_people_vote(
    session: Session, sorting: Board, bikes: Idea, sewing: Idea
) -> None:
    merge(session, sorting, bikes, [sewing], NOON)
    session.execute(update(Board).values(phase=Phase.VOTE))
    session.commit()
    with pytest.raises(NotNow):
        split(session, sorting, sewing, NOON)


@pytest.mark.parametrize("then", [Phase.RESULT, Phase.DECIDE, Phase.DEVELOP, Phase.CLOSED])
def test_whoever_backed_both_counts_once_and_splitting_restores_the_result(
    session: Session,
    keys: Keyring,
    workshop: Workshop,
    sorting: Board,
    bikes: Idea,
    sewing: Idea,
    then: Phase,
) -> None:
    voters = [a_participant(workshop, name) for name in ("Ada", "Bo", "Cem")]
    session.add_all(voters)
    session.commit()
    step(session, keys, sorting, Phase.CLUSTER, Phase.VOTE, NOON)
    for voter, idea, dots in (
        (voters[0], bikes, 1),
        (voters[0], sewing, 2),
        (voters[1], sewing, 1),
        (voters[2], bikes, 1),
    ):
        vote(session, keys, sorting, voter, f"i{idea.id}", dots)
    step(session, keys, sorting, Phase.VOTE, Phase.RESULT, NOON + timedelta(minutes=5))
    session.execute(update(Board).values(phase=then))
    session.commit()
    session.refresh(sorting)
    before = result(session, sorting)
    assert [(p.option.title, p.points, p.voters) for p in before] == [
        ("A sewing workshop", 3, 2),
        ("A bike workshop", 2, 2),
    ]

    merge(session, sorting, bikes, [sewing], NOON)
    session.commit()
    (merged,) = result(session, sorting)
    assert merged.option.title == "A bike workshop"
    assert (merged.points, merged.voters) == (4, 3)  # of Ada's three dots two fit on one card

    split(session, sorting, sewing, NOON)
    session.commit()
    assert result(session, sorting) == before


@pytest.mark.both_engines
@pytest.mark.parametrize("people", [2, 3, 5, 8])
def test_cards_merged_by_many_at_once_never_run_in_a_circle(
    session: Session,
    sessions: sessionmaker[Session],
    sorting: Board,
    amal: Participant,
    people: int,
) -> None:
    for attempt in range(5):
        ring = [an_idea(sorting, amal, f"Card {n} of {attempt}") for n in range(people)]
        session.add_all(ring)
        session.commit()
        numbers = [card.id for card in ring]

        def act(which: int, numbers: list[int] = numbers) -> None:
            with sessions() as own:
                board = own.get_one(Board, sorting.id)
                kept, absorbed = (own.get_one(Idea, numbers[which - n]) for n in (0, 1))
                with suppress(NotTwo, SomebodyElse):
                    merge(own, board, kept, [absorbed], NOON)
                    own.commit()

        at_once(people, act)
        session.rollback()
        into = {card.id: card.merged_into_id for card in ring}
        ends = [number for number in numbers if into[number] is None]
        assert 1 <= len(ends) < people
        steps = session.scalars(select(Step.number).order_by(Step.number)).all()
        assert [*steps] == [*range(1, len(steps) + 1)]
