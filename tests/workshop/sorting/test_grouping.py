from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice
from tests.story import NOON
from tests.workshop.room import an_idea
from workshop.models import Board, Cluster, Idea, Participant, Phase
from workshop.moving import NotNow
from workshop.sorting.grouping import (
    Heading,
    clusters_on,
    dissolve,
    make_clusters,
    move_cards,
    rename,
)
from workshop.sorting.merging import merge, split
from workshop.sorting.models import Step
from workshop.sorting.piling import piles
from workshop.sorting.stepping import SomebodyElse, last_step, undo


@pytest.fixture
def sorting(session: Session, board: Board) -> Board:
    """The board, once all cards hang and are sorted."""
    board.phase = Phase.CLUSTER
    session.commit()
    return board


@pytest.fixture
def cards(session: Session, sorting: Board, amal: Participant) -> list[Idea]:
    found = [an_idea(sorting, amal, f"Idea {n}") for n in range(6)]
    session.add_all(found)
    session.commit()
    return found


def hanging(session: Session, board: Board) -> object:
    """What can be seen of the sorting: headings, their cards, and what was merged."""
    session.expire_all()
    headings = [(each.id, each.title, each.position) for each in clusters_on(session, board)]
    there = {each[0] for each in headings}
    ideas = session.scalars(select(Idea).filter_by(board_id=board.id).order_by(Idea.id))
    rows = [
        (i.id, i.cluster_id if i.cluster_id in there else None, i.merged_into_id) for i in ideas
    ]
    return headings, rows


def make(session: Session, board: Board, title: str, *cards: Idea, key: str = "") -> Cluster:
    heading = Heading(title, tuple(card.id for card in cards))
    make_clusters(session, board, key or title, [heading], NOON)
    session.commit()
    return clusters_on(session, board)[-1]


def test_cards_come_under_a_heading(
    session: Session, sorting: Board, cards: list[Idea]
) -> None:
    cluster = make(session, sorting, "Bikes", cards[0], cards[2])
    first, rest = piles(sorting, cards, [cluster])
    assert (first.title, first.ideas) == ("Bikes", [cards[0], cards[2]])
    assert rest.ideas == [cards[1], *cards[3:]]


def test_a_heading_that_is_sent_twice_stands_once(
    session: Session, sorting: Board, cards: list[Idea]
) -> None:
    make(session, sorting, "Bikes", cards[0], key="key")
    make(session, sorting, "Bikes", cards[0], key="key")
    assert len(clusters_on(session, sorting)) == 1
    with pytest.raises(FormUsedTwice):
        make(session, sorting, "Sewing", cards[0], key="key")


def test_everyone_sees_what_was_sorted(
    session: Session, sorting: Board, cards: list[Idea]
) -> None:
    before = sorting.version
    make(session, sorting, "Bikes", cards[0])
    session.refresh(sorting)
    assert sorting.version > before


def test_what_stays_where_it_is_is_no_step(
    session: Session, sorting: Board, cards: list[Idea]
) -> None:
    cluster = make(session, sorting, "Bikes", cards[0])
    step = last_step(session, sorting)
    move_cards(session, sorting, [cards[0]], cluster, NOON)
    rename(session, sorting, cluster, "Bikes", NOON)
    move_cards(session, sorting, [cards[1]], None, NOON)
    assert last_step(session, sorting) == step


def test_a_step_is_taken_back_once_however_often_it_is_asked(
    session: Session, sorting: Board, cards: list[Idea]
) -> None:
    cluster = make(session, sorting, "Bikes", cards[0])
    rename(session, sorting, cluster, "Two wheels", NOON)
    session.commit()
    step = last_step(session, sorting)
    assert step
    undo(session, sorting, step.number, NOON)
    undo(session, sorting, step.number, NOON)
    session.commit()
    assert [each.title for each in clusters_on(session, sorting)] == ["Bikes"]


def test_only_the_last_step_is_taken_back(
    session: Session, sorting: Board, cards: list[Idea]
) -> None:
    cluster = make(session, sorting, "Bikes", cards[0])
    rename(session, sorting, cluster, "Two wheels", NOON)
    session.commit()
    with pytest.raises(SomebodyElse):
        undo(session, sorting, 1, NOON)


@pytest.mark.parametrize(
    "phase", [Phase.LOBBY, Phase.COLLECT, Phase.REVEAL, Phase.VOTE, Phase.RESULT, Phase.CLOSED]
)
def test_cards_are_sorted_only_while_the_room_sorts_or_discusses(
    session: Session, sorting: Board, cards: list[Idea], phase: Phase
) -> None:
    cluster = make(session, sorting, "Bikes", cards[0])
    session.execute(update(Board).values(phase=phase))
    session.commit()
    acts: list[Callable[[], None]] = [
        lambda: make_clusters(session, sorting, "other", [Heading("Sewing")], NOON),
        lambda: move_cards(session, sorting, [cards[1]], cluster, NOON),
        lambda: rename(session, sorting, cluster, "Else", NOON),
        lambda: dissolve(session, sorting, cluster, NOON),
        lambda: undo(session, sorting, 1, NOON),
    ]
    for act in acts:
        with pytest.raises(NotNow):
            act()
        session.rollback()


def test_a_dissolved_cluster_lets_its_cards_hang_alone(
    session: Session, sorting: Board, cards: list[Idea]
) -> None:
    cluster = make(session, sorting, "Bikes", *cards[:3])
    dissolve(session, sorting, cluster, NOON)
    session.commit()
    assert clusters_on(session, sorting) == []
    (all_of_them,) = piles(sorting, cards, [])
    assert all_of_them.ideas == cards


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["make", "move", "out", "rename", "dissolve", "merge", "split"]),
        st.integers(0, 5),
        st.integers(0, 5),
    ),
    max_size=12,
)


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ACTS)
def test_taking_all_steps_back_restores_exactly_what_hung(
    session: Session,
    sorting: Board,
    cards: list[Idea],
    acts: list[tuple[str, int, int]],
) -> None:
    clean = hanging(session, sorting)
    seen = []
    for act, one, other in acts:
        before = hanging(session, sorting)
        number = last.number if (last := last_step(session, sorting)) else 0
        _act(session, sorting, cards, act, one, other)
        if (last := last_step(session, sorting)) and last.number != number:
            seen.append(before)
    for before in reversed(seen):
        last = last_step(session, sorting)
        assert last
        undo(session, sorting, last.number, NOON + timedelta(minutes=1))
        session.commit()
        assert hanging(session, sorting) == before
    assert last_step(session, sorting) is None
    assert hanging(session, sorting) == clean


def _act(
    session: Session, board: Board, cards: list[Idea], act: str, one: int, other: int
) -> None:
    clusters = clusters_on(session, board)
    cluster = clusters[other % len(clusters)] if clusters else None
    card, second = cards[one], cards[other]
    free = card.merged_into_id is None and second.merged_into_id is None and card != second
    match act:
        case "make":
            key = str(len(session.scalars(select(Step)).all()))
            make_clusters(session, board, key, [Heading(f"H{one}", (card.id,))], NOON)
        case "move":
            move_cards(session, board, [card, second], cluster, NOON)
        case "out":
            move_cards(session, board, [card], None, NOON)
        case "rename" if cluster:
            rename(session, board, cluster, f"New {one}", NOON)
        case "dissolve" if cluster:
            dissolve(session, board, cluster, NOON)
        case "merge" if free:
            merge(session, board, card, [second], NOON)
        case "split":
            split(session, board, card, NOON)
    session.commit()
    session.expire_all()
