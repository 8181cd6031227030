"""Grouping: cards come under headings, by hand or as proposed, and may go back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.models import Board, Cluster, Idea
from workshop.moving import Act
from workshop.sorting.stepping import Change, begin_step, finish_step

TITLE_LIMIT = 60


@dataclass(frozen=True)
class Heading:
    """A cluster that is to be made, and the numbers of its cards."""

    title: str
    cards: tuple[int, ...] = ()


def make_clusters(
    session: Session, board: Board, form_key: str, headings: Sequence[Heading], now: datetime
) -> None:
    """Make clusters with their cards, unless the form with this key has done so before.

    :raise FormUsedTwice: when the same key comes with something else
    :raise SomebodyElse: when somebody sorts at the same moment
    :raise NotNow: when cards are not sorted at the moment
    """
    asked = {"headings": [[heading.title, *heading.cards] for heading in headings]}
    step = begin_step(session, board, Act.GROUP, now, asked, form_key)
    if not step:
        return
    last = select(func.max(Cluster.position)).filter_by(board_id=board.id)
    position = session.scalar(last) or 0
    clusters: dict[int, tuple[str, bool]] = {}
    cards: dict[int, int | None] = {}
    for number, heading in enumerate(headings, position + 1):
        owner = {"project_id": board.project_id, "board_id": board.id}
        made = Cluster(title=heading.title, position=number, is_gone=True, **owner)
        session.add(made)
        session.flush()
        clusters[made.id] = (heading.title, False)
        cards |= dict.fromkeys(heading.cards, made.id)
    finish_step(session, board, step, Change(clusters, cards))


def move_cards(
    session: Session,
    board: Board,
    cards: Iterable[Idea],
    cluster: Cluster | None,
    now: datetime,
) -> None:
    """Put *cards* into *cluster*, or out of all; those that are there stay there.

    :raise SomebodyElse: when somebody sorts at the same moment
    :raise NotNow: when cards are not sorted at the moment
    """
    to = cluster.id if cluster else None
    moved = {card.id: to for card in cards if card.cluster_id != to}
    if not moved:
        return
    _take(session, board, Change(cards=moved), now)


def rename(session: Session, board: Board, cluster: Cluster, title: str, now: datetime) -> None:
    """Give *cluster* another heading.

    :raise SomebodyElse: when somebody sorts at the same moment
    :raise NotNow: when cards are not sorted at the moment
    """
    if title != cluster.title:
        _take(session, board, Change({cluster.id: (title, cluster.is_gone)}), now)


def dissolve(session: Session, board: Board, cluster: Cluster, now: datetime) -> None:
    """Take the heading away; its cards hang alone again.

    :raise SomebodyElse: when somebody sorts at the same moment
    :raise NotNow: when cards are not sorted at the moment
    """
    if cluster.is_gone:
        return
    within = session.scalars(select(Idea.id).filter_by(cluster_id=cluster.id)).all()
    gone = Change({cluster.id: (cluster.title, True)}, dict.fromkeys(within))
    _take(session, board, gone, now)


def clusters_on(session: Session, board: Board) -> Sequence[Cluster]:
    """List the clusters of *board* in their order."""
    clusters = select(Cluster).filter_by(board_id=board.id, is_gone=False)
    return session.scalars(clusters.order_by(Cluster.position, Cluster.id)).all()


def _take(session: Session, board: Board, wanted: Change, now: datetime) -> None:
    step = begin_step(session, board, Act.GROUP, now, {})
    if step:
        finish_step(session, board, step, wanted)
