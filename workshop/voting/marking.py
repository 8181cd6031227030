"""Marking ballots: each rule is decided inside the statement that writes.

Someone's ballot is also their queue: of two tabs, whoever counts it up first goes first,
and the other one waits.
"""

from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.keys import Keyring
from core.models import insert_once
from workshop.models import Board, Method, Participant
from workshop.moving import Act, change_turnout
from workshop.voting.ballots import Voter, voter_of
from workshop.voting.models import Ballot, Mark, Round
from workshop.voting.opening import latest_round

SPENDING = {Method.DOTS, Method.APPROVAL, Method.BUDGET}  # a ballot holds only so much


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
    _write(session, round, voter, option, value)
    marks = (value is not None) - (before is not None)
    more = (value or 0) - (before or 0) if round.method in SPENDING else 0
    _spend(session, round, voter, more, marks)
    placed = more if round.method in SPENDING else marks
    change_turnout(session, board, Act.VOTE, placed=Board.placed + placed)


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


def left(session: Session, round: Round, voter: Voter) -> int:
    """Return how much the ballot of *voter* still holds."""
    rest = select(Ballot.given - Ballot.spent)
    found = session.scalar(rest.filter_by(round_id=round.id, receipt=voter.receipt))
    return given(round, voter.people) if found is None else found


def marks_of(session: Session, round: Round, voter: Voter) -> Mapping[str, int]:
    """Return what the ballot of *voter* says of which option."""
    marks = select(Mark.option, Mark.value)
    marks = marks.filter_by(round_id=round.id, receipt=voter.receipt)
    return dict(session.execute(marks).all())


def given(round: Round, people: int = 1) -> int:
    """Return how much a ballot of *people* holds in *round*."""
    return round.each * people


def _take_turn(session: Session, round: Round, voter: Voter) -> None:
    own = {"round_id": round.id, "receipt": voter.receipt}
    facts = {"channel": voter.channel, "sector": voter.sector, "people": voter.people}
    insert_once(session, Ballot, **own, **facts, given=given(round, voter.people))
    session.execute(update(Ballot).filter_by(**own).values(moves=Ballot.moves + 1))


def _value(session: Session, round: Round, voter: Voter, option: str) -> int | None:
    own = {"round_id": round.id, "receipt": voter.receipt, "option": option}
    return session.scalar(select(Mark.value).filter_by(**own))


def _write(
    session: Session, round: Round, voter: Voter, option: str, value: int | None
) -> None:
    own = {"round_id": round.id, "receipt": voter.receipt, "option": option}
    if value is None:
        session.execute(delete(Mark).filter_by(**own))
        return
    least, most = -1 if round.method is Method.OPINION else 0, round.most * voter.people
    if not least <= value <= most:
        raise EnoughOnThisIdea
    insert_once(session, Mark, **own, value=value, least=least, most=most)
    session.execute(update(Mark).filter_by(**own).values(value=value))


def _spend(session: Session, round: Round, voter: Voter, more: int, marks: int) -> None:
    spent = Ballot.spent + more
    spending = update(Ballot).filter_by(round_id=round.id, receipt=voter.receipt)
    spending = spending.where(spent.between(0, Ballot.given))
    spending = spending.values(spent=spent, marks=Ballot.marks + marks)
    if session.scalar(spending.returning(Ballot.spent)) is None:
        raise NoDotsLeft
