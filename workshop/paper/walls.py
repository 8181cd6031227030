"""Dots on a paper wall, counted by hand: one ballot of several people, until the count."""

from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core.errors import Refusal, message
from core.keys import Keyring
from core.models import insert_once
from workshop.models import Board, Channel, Method
from workshop.moving import Act, change_turnout
from workshop.paper.models import Tally
from workshop.voting.ballots import Voter, receipt_of
from workshop.voting.marking import mark, marks_of
from workshop.voting.models import Ballot, Round

COUNTABLE = {Method.DOTS, Method.APPROVAL}  # by looking at a wall, or at raised hands


class NotCountable(Refusal):
    """By this rule it matters what each person chose, which no wall tells."""

    reason = message("This vote cannot be counted on a wall. Please use paper ballots.")


def count_wall(
    session: Session,
    keys: Keyring,
    board: Board,
    round: Round,
    people: int,
    dots: Mapping[str, int],
) -> None:
    """Let the wall say exactly that *people* placed these *dots*; nobody takes it back.

    :raise NotCountable: when the rule of the round needs a ballot of each person
    :raise NoDotsLeft: when so many people have fewer dots
    :raise EnoughOnThisIdea: when so many people may not place as many on one idea
    :raise NotNow: when nobody votes at the moment
    """
    if round.method not in COUNTABLE:
        raise NotCountable
    insert_once(session, Tally, round_id=round.id)
    turn = update(Tally).filter_by(round_id=round.id)
    session.execute(turn.values(moves=Tally.moves + 1, people=people))
    receipt = receipt_of(keys, round, "wall")
    before = Voter(receipt, Channel.COUNTED)
    for option in [*marks_of(session, round, before)]:
        mark(session, board, round, before, option, None)
    session.execute(delete(Ballot).filter_by(round_id=round.id, receipt=receipt))
    for option, count in dots.items():
        if count:
            voter = Voter(receipt, Channel.COUNTED, people=max(people, 1))
            mark(session, board, round, voter, option, count)
    change_turnout(session, board, Act.VOTE)


def wall_of(session: Session, keys: Keyring, round: Round) -> tuple[int, Mapping[str, int]]:
    """Return for how many people the wall was counted, and what lies on it."""
    people = session.scalar(select(Tally.people).filter_by(round_id=round.id)) or 0
    voter = Voter(receipt_of(keys, round, "wall"), Channel.COUNTED)
    return people, marks_of(session, round, voter)
