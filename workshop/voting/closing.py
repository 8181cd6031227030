"""Closing a round: its ballots become a nameless list, its result is written down for ever."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from workshop.paper.models import Typing
from workshop.rules.coverage import coverage, coverage_by_group
from workshop.voting.choosing import choose, profile_of
from workshop.voting.models import Ballot, Mark, Round
from workshop.voting.opening import hash_of
from workshop.voting.results import Papers

Json = dict[str, Any]


def close_round(session: Session, round: Round, now: datetime) -> None:
    """Count *round*; call it once nobody can mark a ballot any more."""
    ballots, marks = _ballots(session, round), _marks(session, round)
    cast = [ballot for ballot in ballots if marks.get(ballot.receipt)]
    papers = [
        {"receipt": each.receipt, "people": each.people, "marks": marks[each.receipt]}
        for each in cast
    ]
    papers_hash = hash_of(papers)
    choice = choose(round, papers, papers_hash)
    channels = Counter({each.channel: 0 for each in cast})
    for each in cast:
        channels[each.channel] += each.people
    result: Json = {
        "winners": choice.winners,
        "lots": choice.lots,
        "people": sum(channels.values()),
        "channels": {str(channel): number for channel, number in sorted(channels.items())},
        "coverage": _coverage(round, cast, papers, choice.winners),
        "papers_hash": papers_hash,
    }
    round.closed, round.papers, round.result = now, papers, result
    round.result_hash = hash_of(result)


def discard_round(session: Session, round: Round, now: datetime) -> None:
    """End a round in which nobody has voted; nothing of it stays."""
    round.closed = now


def forget(session: Session, keys: Keyring) -> None:
    """Let go of what closed rounds no longer need: who held which ballot, if it was secret.

    In a transaction of its own, after closing: votes on their way wait for the board then
    and would wait for this, too.
    """
    closed = select(Round).where(Round.closed.is_not(None))
    for round in session.scalars(closed.where(Round.papers.is_(None))).all():
        session.delete(round)
        session.flush()
        keys.destroy(round.key_name)
    for round in session.scalars(closed.filter_by(is_secret=True, is_forgotten=False)).all():
        for model in (Mark, Ballot, Typing):
            session.execute(delete(model).filter_by(round_id=round.id))
        round.is_forgotten = True
        session.flush()
        keys.destroy(round.key_name)


def _ballots(session: Session, round: Round) -> Sequence[Ballot]:
    ballots = select(Ballot).filter_by(round_id=round.id).order_by(Ballot.receipt)
    return session.scalars(ballots.execution_options(populate_existing=True)).all()


def _marks(session: Session, round: Round) -> Mapping[str, Mapping[str, int]]:
    found = select(Mark.receipt, Mark.option, Mark.value).filter_by(round_id=round.id)
    marks: dict[str, dict[str, int]] = defaultdict(dict)
    for receipt, option, value in session.execute(found.order_by(Mark.receipt, Mark.option)):
        marks[receipt][option] = value
    return marks


def _coverage(
    round: Round, cast: Sequence[Ballot], papers: Papers, winners: Sequence[str]
) -> Json:
    """Count who has at least one of their choices among the *winners*, also by sector.

    Each entry is [people with one, people]; dots counted by hand for several people tell
    nothing of anyone. Of small sectors nothing is said.
    """
    single = [
        (ballot, paper)
        for ballot, paper in zip(cast, papers, strict=True)
        if ballot.people == 1
    ]
    profile = profile_of(round, [paper for _ballot, paper in single])
    whole = coverage(profile, winners)
    groups = [str(ballot.sector or "") for ballot, _paper in single]
    parts = coverage_by_group(profile, winners, groups)
    shown = {str(name): part for name, part in parts.items() if part and name}
    return {
        "all": [whole.covered, whole.voters],
        "sectors": {name: [part.covered, part.voters] for name, part in sorted(shown.items())},
    }
