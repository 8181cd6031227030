from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from core.keys import Keyring
from tests.story import NOON
from tests.workshop.room import a_participant, an_idea
from workshop.counting import result
from workshop.models import Board, Idea, Participant, Phase, Workshop
from workshop.moving import NotNow
from workshop.posting import ideas_on
from workshop.sorting.merging import NotTwo, absorbed_on, merge, split
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
