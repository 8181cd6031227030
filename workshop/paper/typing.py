"""Typing paper ballots: one counts once two different people have typed the same.

A sheet is the queue of all who type it: whoever counts it up first goes first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.keys import Keyring
from core.models import insert_once
from workshop.models import Board, Channel, Phase, Workshop
from workshop.moving import Act, change_turnout
from workshop.paper.models import Sheet, Typing
from workshop.paper.numbering import name_of, receipt_on
from workshop.voting.ballots import Voter
from workshop.voting.marking import SPENDING, mark, marks_of
from workshop.voting.models import Round
from workshop.voting.opening import hash_of, latest_round

Marks = Mapping[str, int]


class CountedDifferently(Refusal):
    """Somebody typed a ballot that is counted, and read something else on it."""

    reason = message(
        "Ballot %(name)s is counted already, and two people read something else on it. Are "
        "there two papers with this number?"
    )


class TypedBefore(Refusal):
    """Somebody typed a ballot that they had typed before, differently."""

    reason = message("You have typed this ballot before, differently.")


class NotTypedSo(Refusal):
    """Somebody agreed to what nobody says any more."""

    reason = message("This ballot was typed anew meanwhile. Please look once more.")


class Fate(StrEnum):
    """What has become of a sheet."""

    WAITS = "waits"  # for a second person
    DIFFERS = "differs"
    COUNTED = "counted"


@dataclass(frozen=True)
class Pending:
    """A sheet that was typed and does not count yet."""

    number: int
    name: str
    typings: int
    is_mine: bool

    @property
    def differs(self) -> bool:
        return self.typings > 1


def type_in(
    session: Session,
    keys: Keyring,
    board: Board,
    round: Round,
    number: int,
    scribe: str,
    marks: Marks,
    again: bool = False,
) -> Fate:
    """Note what *scribe* reads on a sheet; it counts when somebody else reads the same.

    :raise TypedBefore: when they have read something else on it, unless they say *again*
    :raise CountedDifferently: when two others have
    :raise NotNow: when nobody votes at the moment
    """
    marks = {
        key: value for key, value in marks.items() if value or round.method not in SPENDING
    }
    sheet = {"round_id": round.id, "number": number}
    insert_once(session, Sheet, **sheet)
    turn = update(Sheet).filter_by(**sheet, is_counted=False).values(moves=Sheet.moves + 1)
    if session.scalar(turn.returning(Sheet.number)) is None:
        if _said(session, round, number, marks):
            return Fate.COUNTED
        raise CountedDifferently(name=name_of(keys, round, number))
    _note(session, round, number, scribe, marks, again)
    if len(_said(session, round, number, marks)) > 1:
        _count(session, keys, board, round, number, marks)
    change_turnout(session, board, Act.VOTE)
    return fate_of(session, round, number)


def agree(
    session: Session,
    keys: Keyring,
    board: Board,
    round: Round,
    number: int,
    scribe: str,
    seen: str,
) -> Fate:
    """Let *scribe*, who has looked at the paper, say the same as another; *seen* is its hash.

    :raise NotTypedSo: when nobody else says so any more
    """
    others = [t.marks for t in typings_of(session, round, number) if t.scribe != scribe]
    same = [marks for marks in others if hash_of(marks) == seen]
    if not same:
        raise NotTypedSo
    return type_in(session, keys, board, round, number, scribe, same[0], again=True)


def take_out(session: Session, keys: Keyring, board: Board, round: Round, number: int) -> None:
    """Forget what was typed of a sheet, also if it counts; it may be typed anew.

    :raise NotNow: when nobody votes at the moment
    """
    sheet = {"round_id": round.id, "number": number}
    turn = update(Sheet).filter_by(**sheet).values(moves=Sheet.moves + 1)
    if session.scalar(turn.returning(Sheet.number)) is not None:
        voter = voter_on(keys, round, number)
        for option in [*marks_of(session, round, voter)]:
            mark(session, board, round, voter, option, None)
        session.execute(delete(Typing).filter_by(**sheet))
        session.execute(delete(Sheet).filter_by(**sheet))
    change_turnout(session, board, Act.VOTE)


def voter_on(keys: Keyring, round: Round, number: int) -> Voter:
    """Return whoever filled in a sheet, as a voter."""
    return Voter(receipt_on(keys, round, number), Channel.PAPER)


def fate_of(session: Session, round: Round, number: int) -> Fate:
    """Tell what has become of a sheet that was typed."""
    sheet = {"round_id": round.id, "number": number}
    if session.scalar(select(Sheet.is_counted).filter_by(**sheet)):
        return Fate.COUNTED
    return Fate.DIFFERS if len(typings_of(session, round, number)) > 1 else Fate.WAITS


def typings_of(session: Session, round: Round, number: int) -> Sequence[Typing]:
    """List what scribes read on a sheet."""
    typings = select(Typing).filter_by(round_id=round.id, number=number)
    typings = typings.order_by(Typing.scribe).execution_options(populate_existing=True)
    return session.scalars(typings).all()


def pending(session: Session, keys: Keyring, round: Round, scribe: str) -> list[Pending]:
    """List the sheets that were typed and do not count yet, those that differ first."""
    mine = func.sum(case((Typing.scribe == scribe, 1), else_=0))
    sheets = select(Sheet.number, func.count(), mine).join(Typing)
    sheets = sheets.where(Sheet.round_id == round.id, ~Sheet.is_counted).group_by(Sheet.number)
    found = [
        Pending(number, name_of(keys, round, number), typings, bool(is_mine))
        for number, typings, is_mine in session.execute(sheets)
    ]
    return sorted(found, key=lambda each: (not each.differs, each.number))


def standing(session: Session, round: Round) -> tuple[int, int]:
    """Count the sheets that were typed and wait, and those that count."""
    sheets = select(Sheet.is_counted, func.count()).filter_by(round_id=round.id)
    counts = dict(session.execute(sheets.group_by(Sheet.is_counted)).all())
    return counts.get(False, 0), counts.get(True, 0)


def unconfirmed(session: Session, workshop: Workshop) -> int:
    """Count the sheets that wait in the vote under way."""
    board = workshop.board
    round = latest_round(session, board) if board.phase is Phase.VOTE else None
    return standing(session, round)[0] if round else 0


def _note(
    session: Session, round: Round, number: int, scribe: str, marks: Marks, again: bool
) -> None:
    own = {"round_id": round.id, "number": number, "scribe": scribe}
    if insert_once(session, Typing, **own, marks=marks):
        return
    if session.scalar(select(Typing.marks).filter_by(**own)) == marks:
        return
    if not again:
        raise TypedBefore
    session.execute(update(Typing).filter_by(**own).values(marks=marks))


def _said(session: Session, round: Round, number: int, marks: Marks) -> list[str]:
    """List the scribes who read *marks*."""
    typings = typings_of(session, round, number)
    return [each.scribe for each in typings if each.marks == marks]


def _count(
    session: Session, keys: Keyring, board: Board, round: Round, number: int, marks: Marks
) -> None:
    voter = voter_on(keys, round, number)
    for option, value in marks.items():
        mark(session, board, round, voter, option, value)
    counting = update(Sheet).filter_by(round_id=round.id, number=number)
    session.execute(counting.values(is_counted=True))
