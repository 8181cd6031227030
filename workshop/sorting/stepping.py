"""Steps of sorting: each is done at once or not at all, and can be taken back exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from workshop.models import Board, Cluster, Idea
from workshop.moving import Act, change
from workshop.sorting.models import Step

State = dict[str, Any]  # by the numbers of rows, as JSON keeps them


class SomebodyElse(Refusal):
    """Somebody else sorted at the same moment, or since the page was shown."""

    reason = message("Somebody else has just sorted cards. Please look again.")


@dataclass(frozen=True)
class Change:
    """How clusters and cards shall be, by their numbers; what is not named stays."""

    clusters: Mapping[int, tuple[str, bool]] = field(default_factory=dict)  # title, is gone
    cards: Mapping[int, int | None] = field(default_factory=dict)  # in which cluster
    merged: Mapping[int, int | None] = field(default_factory=dict)  # into which card

    def as_json(self) -> State:
        parts = {"clusters": self.clusters, "cards": self.cards, "merged": self.merged}
        return {name: {str(n): v for n, v in part.items()} for name, part in parts.items()}


def begin_step(
    session: Session,
    board: Board,
    act: Act,
    now: datetime,
    asked: State,
    form_key: str | None = None,
    undoes: int | None = None,
) -> Step | None:
    """Begin a step, or return nothing when the form with this key has done it before.

    :raise SomebodyElse: when somebody sorts at the same moment
    :raise FormUsedTwice: when the same key comes with something else
    """
    number = select(func.coalesce(func.max(Step.number), 0) + 1).filter_by(board_id=board.id)
    owner = {"project_id": board.project_id, "board_id": board.id}
    facts = {"act": str(act), "asked": asked, "before": {}, "taken": now, "undoes": undoes}
    step = insert_once(
        session, Step, **owner, number=number.scalar_subquery(), form_key=form_key, **facts
    )
    if step:
        return step
    earlier = select(Step).filter_by(board_id=board.id, form_key=form_key)
    done = session.scalar(earlier) if form_key else None
    if not done:
        raise SomebodyElse
    if done.asked != asked:
        raise FormUsedTwice
    return None


def finish_step(session: Session, board: Board, step: Step, wanted: Change) -> None:
    """Do what is *wanted* and remember how it was.

    :raise NotNow: when the phase of *board* does not allow it
    """
    before = _now(session, board, wanted)
    _put(session, before, wanted)
    step.before = before.as_json()
    session.flush()
    change(session, board, Act(step.act))


def last_step(session: Session, board: Board) -> Step | None:
    """Return the step that would be taken back next."""
    steps = select(Step).filter_by(board_id=board.id, is_undone=False, undoes=None)
    return session.scalar(steps.order_by(Step.number.desc()).limit(1))


def undo(session: Session, board: Board, number: int, now: datetime) -> None:
    """Take the last step back; asking twice is asking once.

    :raise SomebodyElse: when it is not the last one any more
    :raise NotNow: when the phase of *board* does not allow it
    """
    last = last_step(session, board)
    if not last or last.number != number:
        done = select(Step.id).filter_by(board_id=board.id, number=number, is_undone=True)
        if session.scalar(done):
            return
        raise SomebodyElse
    step = begin_step(session, board, Act(last.act), now, {}, undoes=number)
    undoing = update(Step).filter_by(id=last.id, is_undone=False).values(is_undone=True)
    if not step or session.scalar(undoing.returning(Step.id)) is None:
        raise SomebodyElse
    finish_step(session, board, step, _possible(session, board, _change(last.before)))


def _possible(session: Session, board: Board, wanted: Change) -> Change:
    """Leave out what would go into something that is not there any more."""
    there = {None, *session.scalars(select(Idea.id).filter_by(board_id=board.id))}
    merged = {number: into for number, into in wanted.merged.items() if into in there}
    return replace(wanted, merged=merged)


def _now(session: Session, board: Board, wanted: Change) -> Change:
    """Return how things are that shall be changed."""
    ideas = select(Idea.id, Idea.cluster_id, Idea.merged_into_id).filter_by(board_id=board.id)
    rows = session.execute(ideas).all()
    clusters = select(Cluster.id, Cluster.title, Cluster.is_gone).filter_by(board_id=board.id)
    return Change(
        {
            n: (title, gone)
            for n, title, gone in session.execute(clusters)
            if n in wanted.clusters
        },
        {n: cluster for n, cluster, _ in rows if n in wanted.cards},
        {n: merged for n, _, merged in rows if n in wanted.merged},
    )


def _put(session: Session, before: Change, wanted: Change) -> None:
    """Write what differs, row by row in their order."""
    for number in sorted(before.cards.keys() | before.merged.keys()):
        values = {}
        if number in wanted.cards:
            values["cluster_id"] = wanted.cards[number]
        if number in wanted.merged:
            values["merged_into_id"] = wanted.merged[number]
        session.execute(update(Idea).filter_by(id=number).values(**values))
    for number in sorted(before.clusters):
        title, is_gone = wanted.clusters[number]
        row = update(Cluster).filter_by(id=number)
        session.execute(row.values(title=title, is_gone=is_gone))


def _change(state: State) -> Change:
    parts: Sequence[Mapping[int, Any]] = [
        {int(number): value for number, value in state.get(name, {}).items()}
        for name in ("clusters", "cards", "merged")
    ]
    titles = {number: (str(title), bool(gone)) for number, (title, gone) in parts[0].items()}
    return Change(titles, parts[1], parts[2])
