"""Closing a round: its ballots become a nameless list, its result is written down for ever."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.keys import Keyring
from workshop.paper.models import Typing
from workshop.voting.choosing import choose
from workshop.voting.models import Ballot, Mark, Round
from workshop.voting.opening import hash_of

K = 5  # fewer people than this are told of with others only


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
    result: dict[str, Any] = {
        "winners": choice.winners,
        "lots": choice.lots,
        "people": sum(channels.values()),
        "channels": {str(channel): number for channel, number in sorted(channels.items())},
        "coverage": _coverage(cast, marks, choice.winners),
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
    closed = session.scalars(select(Round).where(Round.closed.is_not(None)))
    for round in closed.all():
        if round.papers is None:
            keys.destroy(round.key_name)
            session.delete(round)
        elif round.is_secret and keys.has(round.key_name):
            session.execute(delete(Mark).filter_by(round_id=round.id))
            session.execute(delete(Ballot).filter_by(round_id=round.id))
            session.execute(delete(Typing).filter_by(round_id=round.id))
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
    cast: Sequence[Ballot], marks: Mapping[str, Mapping[str, int]], winners: Sequence[str]
) -> dict[str, Any]:
    """Count who has at least one of their choices among the *winners*, also by sector.

    Each entry is [people with one, people]. Sectors of fewer than five are left out, and
    one more where the rest could be worked out.
    """
    one_each = [ballot for ballot in cast if ballot.people == 1]
    pleased = {
        b.receipt for b in one_each if any(marks[b.receipt].get(w, 0) > 0 for w in winners)
    }
    sizes = Counter(str(b.sector) for b in one_each if b.sector)
    happy = Counter(str(b.sector) for b in one_each if b.sector and b.receipt in pleased)
    shown = [sector for sector, size in sizes.most_common() if size >= K]
    if shown and 0 < len(one_each) - sum(sizes[sector] for sector in shown) < K:
        shown.pop()
    return {
        "all": [len(pleased), len(one_each)],
        "sectors": {sector: [happy[sector], sizes[sector]] for sector in sorted(shown)},
    }
