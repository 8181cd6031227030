"""Deciding: what becomes of each idea, and why; what was decided before stays readable."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, event, select, update
from sqlalchemy.orm import Session, joinedload

from core.errors import Refusal, message
from people.models import NamingDecision, Organisation
from workshop.counting import result
from workshop.following.models import Decision, Outcome
from workshop.models import Board, Idea
from workshop.moving import Act, change
from workshop.posting import ideas_on
from workshop.voting.opening import key_of
from workshop.voting.results import Place

REASONED = {Outcome.LATER, Outcome.NO}


class ReasonMissing(Refusal):
    reason = message("Please say why: those who wrote and chose the idea will read it.")


class NothingDecided(Refusal):
    reason = message("Nothing has been decided on this idea yet.")


@dataclass(frozen=True)
class Verdict:
    """What is decided on an idea; without an outcome nothing is."""

    outcome: Outcome | None
    reason: str = ""
    partner: Idea | None = None
    owner: Organisation | None = None
    due: date | None = None


@dataclass(frozen=True)
class Line:
    """An idea in the order of the result, with its place, if it was voted on."""

    idea: Idea
    place: Place | None
    history: Sequence[Decision]  # the newest first

    @property
    def decision(self) -> Decision | None:
        """The decision that counts."""
        newest = self.history[0] if self.history else None
        return newest if newest and newest.outcome else None


def decide(
    session: Session, idea: Idea, verdict: Verdict, by: str, now: datetime
) -> Decision | None:
    """Decide on *idea*; to say the same once more adds nothing to its history.

    :raise ReasonMissing: when it shall wait or not be done, and nobody says why
    :raise NotNow: when its board is in a phase without decisions
    """
    if verdict.outcome in REASONED and not verdict.reason:
        raise ReasonMissing
    change(session, idea.board, Act.DECIDE)  # from here on nobody else decides on this board
    newest = _newest(session, idea)
    if verdict == (_verdict(newest) if newest else Verdict(None)):
        return newest
    decision = Decision(
        project_id=idea.project_id,
        idea_id=idea.id,
        number=newest.number + 1 if newest else 1,
        by=by,
        at=now,
        **vars(verdict),
    )
    session.add(decision)
    session.flush()
    return decision


def undo(session: Session, idea: Idea, number: int, by: str, now: datetime) -> bool:
    """Put back what was decided on *idea* before decision *number*; the history tells of both.

    False when that decision is not the newest: it was undone, or somebody decided anew.

    :raise NothingDecided: when nothing was
    :raise NotNow: when its board is in a phase without decisions
    """
    change(session, idea.board, Act.DECIDE)
    newest = _newest(session, idea)
    if not newest:
        raise NothingDecided
    if newest.number != number:
        return False
    before = select(Decision).filter_by(idea_id=idea.id, number=newest.number - 1)
    earlier = session.scalar(before)
    decide(session, idea, _verdict(earlier) if earlier else Verdict(None), by, now)
    return True


@event.listens_for(NamingDecision, "after_insert")
def _call_by_consent(_mapper: object, connection: Connection, made: NamingDecision) -> None:
    """Show walls anew on which an organisation is named, or was until now."""
    owned = select(Idea.board_id).join(Decision, Decision.idea_id == Idea.id)
    owned = owned.where(Decision.owner_id == made.organisation_id)
    news = {"version": Board.version + 1, "pulse": Board.pulse + 1}
    connection.execute(update(Board).where(Board.id.in_(owned)).values(**news))


def lines(session: Session, board: Board) -> list[Line]:
    """List the ideas of *board*: the chosen first, then by rank, then those nobody voted on."""
    ideas = {key_of(idea): idea for idea in ideas_on(session, board)}
    places = {place.option.key: place for place in result(session, board)}
    order = sorted(
        (key for key in places if key in ideas), key=lambda key: not places[key].wins
    )
    order += [key for key in ideas if key not in places]
    told = histories(session, (idea.id for idea in ideas.values()))
    return [Line(ideas[k], places.get(k), told.get(ideas[k].id, [])) for k in order]


def histories(session: Session, ideas: Iterable[int]) -> dict[int, list[Decision]]:
    """Return all decisions on ideas by their numbers, the newest first."""
    found = select(Decision).where(Decision.idea_id.in_([*ideas]))
    found = found.options(joinedload(Decision.owner), joinedload(Decision.partner))
    told: dict[int, list[Decision]] = {}
    for decision in session.scalars(found.order_by(Decision.number.desc())):
        told.setdefault(decision.idea_id, []).append(decision)
    return told


def decisions(session: Session, ideas: Iterable[int]) -> dict[int, Decision]:
    """Return the decisions that count, by the numbers of their ideas."""
    told = histories(session, ideas)
    return {idea: history[0] for idea, history in told.items() if history[0].outcome}


def _newest(session: Session, idea: Idea) -> Decision | None:
    found = select(Decision).filter_by(idea_id=idea.id)
    return session.scalar(found.order_by(Decision.number.desc()).limit(1))


def _verdict(decision: Decision) -> Verdict:
    return Verdict(
        decision.outcome, decision.reason, decision.partner, decision.owner, decision.due
    )
