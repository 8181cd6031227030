"""Counting: who is here, how many have voted, and, once voting is over, what came out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, bindparam, func, select
from sqlalchemy.orm import Session

from core.quick import Question
from workshop.models import Board, Channel, Idea, Participant
from workshop.moving import AFTER
from workshop.trees import TREES
from workshop.voting.models import Ballot, Round
from workshop.voting.opening import latest_round
from workshop.voting.results import Place, places


@dataclass(frozen=True)
class Turnout:
    """How many take part; it says nothing about any one idea."""

    people: int
    hosted: int  # of them at a table, without a phone
    ready: int  # of them have said that they are done
    voters: int  # with a mark on their ballot
    placed: int
    given: int


def turnout(session: Session, board: Board) -> Turnout:
    """Count who is here and how much of what they may spend is spent."""
    here = select(Participant.channel, func.count()).filter_by(workshop_id=board.workshop_id)
    channels = dict(session.execute(here.group_by(Participant.channel)).all())
    done = select(func.count(Participant.id)).filter_by(workshop_id=board.workshop_id)
    people, round = sum(channels.values()), latest_round(session, board)
    return Turnout(
        people=people,
        hosted=channels.get(Channel.HOSTED, 0),
        ready=session.scalar(done.filter_by(ready=board.step)) or 0,
        voters=_voters(session, round) if round else 0,
        placed=board.placed,
        given=people * (round.each if round else board.dots_each)
        + _given_on_paper(session, round),
    )


def _voters(session: Session, round: Round) -> int:
    if round.result:
        return int(round.result["people"])
    cast = select(func.coalesce(func.sum(Ballot.people), 0)).filter_by(round_id=round.id)
    return session.scalar(cast.where(Ballot.marks > 0)) or 0


def _given_on_paper(session: Session, round: Round | None) -> int:
    if not round:
        return 0
    given = select(func.coalesce(func.sum(Ballot.given), 0)).filter_by(round_id=round.id)
    return (
        session.scalar(given.where(Ballot.channel.in_((Channel.PAPER, Channel.COUNTED)))) or 0
    )


def result(session: Session, board: Board) -> Sequence[Place]:
    """Rank what was voted on; before voting is over there is nothing to see.

    So no page, part, export or order of cards can tell what others have chosen.
    """
    round = latest_round(session, board) if board.phase in AFTER else None
    return outcome(session, board, round) if round else []


def outcome(session: Session, board: Board, round: Round) -> Sequence[Place]:
    """Rank the options of a counted *round*, as ideas were merged since."""
    if round.papers is None or round.result is None:
        return []
    return places(round, round.papers, round.result["winners"], merged_on(session, board))


def merged_on(session: Session, board: Board) -> Mapping[str, str]:
    """Return into which idea others of *board* were merged, as they are called on ballots."""
    columns = select(Idea.id, Idea.ballot_key, Idea.merged_into_id)
    found = session.execute(columns.filter_by(board_id=board.id)).all()
    called = {number: key or f"i{number}" for number, key, _ in found}
    into = {number: kept for number, _, kept in found if kept is not None}
    return {called[absorbed]: called[_last(into, absorbed)] for absorbed in into}


def people_of(session: Session, board: Board) -> Sequence[Participant]:
    """List who has joined with a phone of their own, the newest first."""
    people = select(Participant).filter_by(workshop_id=board.workshop_id, channel=Channel.OWN)
    return session.scalars(people.order_by(Participant.id.desc())).all()


_BORNE = Question(
    select(Participant.name)
    .where(
        Participant.workshop_id == bindparam("workshop_id"),
        Participant.name.in_([bindparam(f"name{number}") for number in range(len(TREES))]),
    )
    .distinct()
)


def trees_borne(place: Engine | Session, workshop_id: int, trees: Sequence[str]) -> set[str]:
    """Return which of the *trees* somebody in the room is called after already."""
    asked = {f"name{number}": tree for number, tree in enumerate(trees)}
    return {
        name for (name,) in _BORNE.ask_all(place, len(trees), workshop_id=workshop_id, **asked)
    }


def _last(into: Mapping[int, int], idea_id: int) -> int:
    while idea_id in into:
        idea_id = into[idea_id]
    return idea_id
