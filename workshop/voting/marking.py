"""Marking ballots: each rule is decided inside the statement that writes.

Someone's ballot is also their queue: of two tabs, whoever counts it up first goes first,
and the other one waits.
"""

from collections.abc import Mapping

from sqlalchemy import (
    Engine,
    Integer,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.keys import Keyring
from core.models import insert_once
from core.quick import Question
from workshop.models import Board, Method, Participant
from workshop.moving import place
from workshop.voting.ballots import Voter, voter_of
from workshop.voting.models import Ballot, Mark, Round
from workshop.voting.opening import latest_round

SPENDING = {Method.DOTS, Method.APPROVAL, Method.BUDGET}  # a ballot holds only so much

# Hundreds mark in the same minute, so what each asks and writes is prepared.
_BALLOT = Ballot.round_id == bindparam("round_id"), Ballot.receipt == bindparam("receipt")
_LIST = Mark.round_id == bindparam("round_id"), Mark.receipt == bindparam("receipt")
_MARK = *_LIST, Mark.option == bindparam("option")
_SPENT = Ballot.spent + bindparam("more", type_=Integer)
_LEFT = Question(select(Ballot.given - Ballot.spent).where(*_BALLOT))
_MARKS = Question(select(Mark.option, Mark.value).where(*_LIST))
_VALUE = Question(select(Mark.value).where(*_MARK))
_TURN = Question(
    update(Ballot)
    .where(*_BALLOT)
    .values(moves=Ballot.moves + literal_column("1"))
    .returning(Ballot.moves)
)
_NEW = Question(
    insert(Mark)
    .values({c.name: bindparam(c.name) for c in Mark.__table__.columns})
    .returning(Mark.value)
)
_OTHER = Question(
    update(Mark).where(*_MARK).values(value=bindparam("new")).returning(Mark.value)
)
_REMOVAL = Question(delete(Mark).where(*_MARK).returning(Mark.value))
_SPENDING = Question(
    update(Ballot)
    .where(*_BALLOT, _SPENT.between(bindparam("least", type_=Integer), Ballot.given))
    .values(spent=_SPENT, marks=Ballot.marks + bindparam("bear", type_=Integer))
    .returning(Ballot.spent)
)


class NoDotsLeft(Refusal):
    """Someone tried to spend more than their ballot holds."""

    reason = message("No dots left. Take one back first.")


class EnoughOnThisIdea(Refusal):
    """Someone tried to give one option more than the round allows."""

    reason = message("No more dots fit on this idea.")


class NothingThere(Refusal):
    """Someone tried to mark what is not on the ballot."""

    reason = message("This card no longer hangs on the wall.")


class NoVote(Refusal):
    """Somebody marked a ballot of a round that is closed."""

    reason = message("This vote is over.")


def mark(
    session: Session, board: Board, round: Round, voter: Voter, option: str, value: int | None
) -> None:
    """Let the ballot of *voter* give *option* exactly *value*; nothing takes the mark back.

    Saying so twice changes nothing more.

    :raise NoDotsLeft: when the ballot does not hold as much
    :raise EnoughOnThisIdea: when one option may not be given as much
    :raise NothingThere: when the option is not on the ballot
    :raise NoVote: when *round* is closed
    :raise NotNow: when nobody votes at the moment
    """
    if option not in {each["key"] for each in round.options}:
        raise NothingThere
    if round.closed:
        raise NoVote
    _take_turn(session, round, voter)
    before = _value(session, round, voter, option)
    if value == before or (not value and before is None and round.method in SPENDING):
        return
    if not value and round.method in SPENDING:
        value = None
    _write(session, round, voter, option, value, before is None)
    marks = (value is not None) - (before is not None)
    more = (value or 0) - (before or 0) if round.method in SPENDING else 0
    _spend(session, round, voter, more, marks)
    placed = more if round.method in SPENDING else marks
    place(session, board, placed)


def vote(
    session: Session,
    keys: Keyring,
    board: Board,
    person: Participant,
    option: str,
    value: int | None,
) -> None:
    """Mark the ballot of *person* in the open round of *board*, as :func:`mark` does.

    :raise NoVote: when no round is open
    """
    round = latest_round(session, board)
    if not round:
        raise NoVote
    mark(session, board, round, voter_of(keys, round, person), option, value)


def mark_at_once(
    engine: Engine, board: Board, round: Round, voter: Voter, option: str, value: int | None
) -> tuple[int, Mapping[str, int]] | None:
    """Mark a ballot and commit it; return what it still holds, and all that it says.

    Nothing is done when that is refused, or when something is left only before or after:
    then all options look different from now on.
    """
    try:
        with Session(engine) as session:
            before = left(session, round, voter)
            mark(session, board, round, voter, option, value)
            rest, marks = left(session, round, voter), marks_of(session, round, voter)
            if bool(before) is not bool(rest):
                return None
            session.commit()
    except (Refusal, SQLAlchemyError):
        return None
    return rest, marks


def left(session: Session, round: Round, voter: Voter) -> int:
    """Return how much the ballot of *voter* still holds."""
    found = _LEFT.ask(session, round_id=round.id, receipt=voter.receipt)
    return int(found[0]) if found else given(round, voter.people)


def marks_of(session: Session, round: Round, voter: Voter) -> Mapping[str, int]:
    """Return what the ballot of *voter* says of which option."""
    marks = _MARKS.ask_all(session, round_id=round.id, receipt=voter.receipt)
    return dict(marks)


def marks_under(engine: Engine, round_id: int, receipt: str) -> dict[str, int]:
    """Return what the ballot with this receipt says of which option."""
    return dict(_MARKS.ask_all(engine, round_id=round_id, receipt=receipt))


def given(round: Round, people: int = 1) -> int:
    """Return how much a ballot of *people* holds in *round*."""
    return round.each * people


def _take_turn(session: Session, round: Round, voter: Voter) -> None:
    own = {"round_id": round.id, "receipt": voter.receipt}
    if _TURN.ask(session, **own):
        return
    facts = {"channel": voter.channel, "sector": voter.sector, "people": voter.people}
    insert_once(session, Ballot, **own, **facts, given=given(round, voter.people))
    _TURN.ask(session, **own)


def _value(session: Session, round: Round, voter: Voter, option: str) -> int | None:
    found = _VALUE.ask(session, round_id=round.id, receipt=voter.receipt, option=option)
    return int(found[0]) if found else None


def _write(
    session: Session, round: Round, voter: Voter, option: str, value: int | None, is_new: bool
) -> None:
    own = {"round_id": round.id, "receipt": voter.receipt, "option": option}
    if value is None:
        _REMOVAL.ask(session, **own)
        return
    least, most = -1 if round.method is Method.OPINION else 0, round.most * voter.people
    if not least <= value <= most:
        raise EnoughOnThisIdea
    if is_new:
        _NEW.ask(session, **own, value=value, least=least, most=most)
    else:
        _OTHER.ask(session, **own, new=value)


def _spend(session: Session, round: Round, voter: Voter, more: int, marks: int) -> None:
    own = {"round_id": round.id, "receipt": voter.receipt}
    if not _SPENDING.ask(session, **own, more=more, least=0, bear=marks):
        raise NoDotsLeft
