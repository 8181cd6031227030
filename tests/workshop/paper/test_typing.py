from contextlib import suppress

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from core.errors import Refusal
from core.keys import Keyring
from tests.story import NOON, at_once
from workshop.models import Board, Channel, Idea, Phase
from workshop.moving import BEFORE, DotsAreLying, NotNow
from workshop.paper.models import Sheet, Typing
from workshop.paper.numbering import name_of, number_of, receipt_on
from workshop.paper.typing import (
    CountedDifferently,
    Fate,
    NotTypedSo,
    TypedBefore,
    agree,
    pending,
    standing,
    take_out,
    type_in,
    voter_on,
)
from workshop.stepping import step
from workshop.voting.marking import NoDotsLeft, marks_of
from workshop.voting.models import Ballot, Mark, Round
from workshop.voting.opening import hash_of, key_of

ANNA, BELA, CEM = "staff 1", "seat 2", "seat 3"
ROUNDS = 20


@pytest.fixture
def marks(bikes: Idea, sewing: Idea) -> dict[str, int]:
    return {key_of(bikes): 2, key_of(sewing): 1}


@pytest.mark.both_engines
def test_a_ballot_counts_once_two_people_have_read_the_same(
    session: Session, keys: Keyring, board: Board, round: Round, marks: dict[str, int]
) -> None:
    assert type_in(session, keys, board, round, 7, ANNA, marks) is Fate.WAITS
    assert session.scalar(select(func.count()).select_from(Ballot)) == 0
    assert type_in(session, keys, board, round, 7, BELA, marks) is Fate.COUNTED
    session.commit()
    ballot = session.scalars(select(Ballot)).one()
    assert (ballot.channel, ballot.receipt) == (Channel.PAPER, receipt_on(keys, round, 7))
    assert marks_of(session, round, voter_on(keys, round, 7)) == marks


def test_typing_twice_does_not_confirm_oneself(
    session: Session, keys: Keyring, board: Board, round: Round, marks: dict[str, int]
) -> None:
    for _ in range(3):
        assert type_in(session, keys, board, round, 7, ANNA, marks) is Fate.WAITS
    assert standing(session, round) == (1, 0)


def test_nobody_overwrites_what_they_typed_by_mistake(
    session: Session, keys: Keyring, board: Board, round: Round, marks: dict[str, int]
) -> None:
    type_in(session, keys, board, round, 7, ANNA, marks)
    session.commit()
    with pytest.raises(TypedBefore):
        type_in(session, keys, board, round, 7, ANNA, {})
    session.rollback()
    type_in(session, keys, board, round, 7, ANNA, {}, again=True)
    assert type_in(session, keys, board, round, 7, BELA, {}) is Fate.COUNTED


@pytest.mark.both_engines
def test_what_differs_is_settled_when_two_agree(
    session: Session, keys: Keyring, board: Board, round: Round, marks: dict[str, int]
) -> None:
    one_less = dict.fromkeys(marks, 1)
    type_in(session, keys, board, round, 7, ANNA, marks)
    assert type_in(session, keys, board, round, 7, BELA, one_less) is Fate.DIFFERS
    assert [(each.number, each.differs) for each in pending(session, keys, round, CEM)] == [
        (7, True)
    ]
    session.commit()
    with pytest.raises(NotTypedSo):
        agree(session, keys, board, round, 7, ANNA, hash_of(marks))
    session.rollback()
    assert agree(session, keys, board, round, 7, ANNA, hash_of(one_less)) is Fate.COUNTED
    assert marks_of(session, round, voter_on(keys, round, 7)) == one_less


@pytest.mark.both_engines
def test_whoever_agrees_agrees_to_what_they_saw_and_to_nothing_typed_since(
    session: Session, keys: Keyring, board: Board, round: Round, marks: dict[str, int]
) -> None:
    seen, since = dict.fromkeys(marks, 1), {next(iter(marks)): 1}
    type_in(session, keys, board, round, 7, ANNA, marks)
    type_in(session, keys, board, round, 7, BELA, seen)
    type_in(session, keys, board, round, 7, BELA, since, again=True)
    session.commit()
    with pytest.raises(NotTypedSo):
        agree(session, keys, board, round, 7, ANNA, hash_of(seen))
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Ballot)) == 0
    assert agree(session, keys, board, round, 7, ANNA, hash_of(since)) is Fate.COUNTED


@pytest.mark.both_engines
@pytest.mark.parametrize("scribes", [(ANNA,), (ANNA, BELA)])
def test_the_way_back_from_a_vote_ends_with_the_first_paper_that_was_typed(
    session: Session, keys: Keyring, board: Board, round: Round, marks: dict[str, int],
    scribes: tuple[str, ...],
) -> None:  # fmt: skip
    for scribe in scribes:
        type_in(session, keys, board, round, 7, scribe, marks)
    session.commit()
    for phase in BEFORE:
        with pytest.raises(DotsAreLying):
            step(session, keys, board, Phase.VOTE, phase, NOON)
        session.rollback()
    session.expire_all()
    assert (board.phase, round.closed) == (Phase.VOTE, None)
    assert sum(standing(session, round)) == 1


def test_a_third_person_settles_it_by_typing(
    session: Session, keys: Keyring, board: Board, round: Round, marks: dict[str, int]
) -> None:
    type_in(session, keys, board, round, 7, ANNA, marks)
    type_in(session, keys, board, round, 7, BELA, {})
    assert type_in(session, keys, board, round, 7, CEM, marks) is Fate.COUNTED


def test_two_papers_with_one_number_are_noticed(
    session: Session, keys: Keyring, board: Board, round: Round, marks: dict[str, int]
) -> None:
    for scribe in (ANNA, BELA):
        type_in(session, keys, board, round, 7, scribe, marks)
    session.commit()
    assert type_in(session, keys, board, round, 7, CEM, marks) is Fate.COUNTED
    with pytest.raises(CountedDifferently):
        type_in(session, keys, board, round, 7, CEM, {})
    session.rollback()
    assert session.scalar(select(func.sum(Mark.value))) == 3


def test_a_ballot_is_taken_out_and_typed_anew(
    session: Session, keys: Keyring, board: Board, round: Round, marks: dict[str, int]
) -> None:
    for scribe in (ANNA, BELA):
        type_in(session, keys, board, round, 7, scribe, marks)
    take_out(session, keys, board, round, 7)
    session.commit()
    assert session.scalar(select(Board.placed)) == 0
    assert session.scalar(select(func.count()).select_from(Mark)) == 0
    assert type_in(session, keys, board, round, 7, ANNA, {}) is Fate.WAITS


def test_a_ballot_holds_no_more_on_paper(
    session: Session, keys: Keyring, board: Board, round: Round, marks: dict[str, int]
) -> None:
    too_many = dict.fromkeys(marks, 2)
    type_in(session, keys, board, round, 7, ANNA, too_many)
    with pytest.raises(NoDotsLeft):
        type_in(session, keys, board, round, 7, BELA, too_many)


def test_what_nobody_confirmed_does_not_count(
    session: Session, keys: Keyring, board: Board, round: Round, marks: dict[str, int]
) -> None:
    for scribe in (ANNA, BELA):
        type_in(session, keys, board, round, 7, scribe, marks)
    type_in(session, keys, board, round, 8, ANNA, marks)
    step(session, keys, board, Phase.VOTE, Phase.RESULT, NOON)
    session.commit()
    assert round.result
    assert round.result["channels"] == {"paper": 1}
    with pytest.raises(NotNow):
        type_in(session, keys, board, round, 9, BELA, marks)


def test_a_number_tells_that_it_is_of_this_round(keys: Keyring, round: Round) -> None:
    name = name_of(keys, round, 17)
    assert name.startswith("17-")
    for typed in (name, name.lower(), name.replace("-", ""), f" {name.replace('-', ' ')} "):
        assert number_of(keys, round, typed) == 17
    for typed in ("", "17", "17-", "x", "-", name[:-1], f"1{name}", "٣", "9" * 40):
        assert number_of(keys, round, typed) is None


@pytest.mark.both_engines
@pytest.mark.parametrize("scribes", [2, 3, 5, 8])
def test_however_many_type_at_once_one_ballot_comes_of_it(
    session: Session, sessions: sessionmaker[Session], keys: Keyring, board: Board,
    round: Round, marks: dict[str, int], scribes: int,
) -> None:  # fmt: skip
    board_id, round_id, refused = board.id, round.id, []
    session.commit()

    def typing(number: int, which: int) -> None:
        with sessions() as own:
            try:
                place = own.get_one(Board, board_id), own.get_one(Round, round_id)
                said = marks if which % 3 else dict.fromkeys(marks, 1)
                type_in(own, keys, *place, number, f"seat {which}", said)
                own.commit()
            except CountedDifferently as refusal:
                refused.append(refusal)

    for number in range(ROUNDS):
        at_once(scribes, lambda which, number=number: typing(number, which))  # type: ignore[misc]
    session.expire_all()
    counted = session.scalars(select(Sheet.number).filter_by(is_counted=True)).all()
    ballots = session.scalars(select(Ballot)).all()
    assert len(counted) == len(ballots) == (0 if scribes == 2 else ROUNDS)
    assert session.scalar(select(Board.placed)) == sum(each.spent for each in ballots)
    lying = session.scalar(select(func.coalesce(func.sum(Mark.value), 0)))
    assert lying == sum(each.spent for each in ballots)
    assert all(each.spent in (2, 3) for each in ballots)
    if scribes == 2:
        assert session.scalar(select(func.count()).select_from(Typing)) == 2 * ROUNDS


@pytest.mark.both_engines
def test_nobody_counts_into_a_closed_vote(
    session: Session, sessions: sessionmaker[Session], keys: Keyring, board: Board,
    round: Round, marks: dict[str, int],
) -> None:  # fmt: skip
    for number in range(6):
        type_in(session, keys, board, round, number, ANNA, marks)
    session.commit()
    board_id, round_id = board.id, round.id

    def act(which: int) -> None:
        with sessions() as own, suppress(Refusal):
            place = own.get_one(Board, board_id), own.get_one(Round, round_id)
            if which == 6:
                step(own, keys, place[0], Phase.VOTE, Phase.RESULT, NOON)
            else:
                type_in(own, keys, *place, which, BELA, marks)
            own.commit()

    at_once(7, act)
    session.expire_all()
    assert round.result
    counted = session.scalar(select(func.count(Sheet.number)).where(Sheet.is_counted))
    assert round.result["people"] == counted == len(session.scalars(select(Ballot)).all())
