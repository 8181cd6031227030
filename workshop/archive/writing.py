"""Writing a workshop into one file: everything but keys, and names only if they are wanted."""

import io
import json
import zipfile
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.clock import ZONE
from core.models import Row
from people.models import Sector
from workshop.archive.shape import FORMAT, KINDS, OF_WORKSHOP, Kind, written
from workshop.cards.models import Comment, Picture, Translation
from workshop.following.models import Decision, FollowUp, Outlook
from workshop.minutes.composing import attendance
from workshop.models import Board, Challenge, Cluster, Idea, Participant, Workshop
from workshop.voting.models import Round
from workshop.voting.opening import key_of

INSIDE = "workshop.json"
NOON = time(12)  # people came on a day: the minute would tell who is who


def write(session: Session, workshop: Workshop, *, with_names: bool = False) -> bytes:
    """Write *workshop* as a ZIP with one JSON file.

    Of votes only nameless ballots are in it, so it tells of nobody what they chose. Who wrote
    what is in it where cards hang with names.
    """
    content = {
        "format": FORMAT,
        **{name: written(getattr(workshop, name)) for name in OF_WORKSHOP},
        "rows": _rows(session, workshop, with_names),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(INSIDE, json.dumps(content, ensure_ascii=False, indent=1))
    return file.getvalue()


def _rows(
    session: Session, workshop: Workshop, with_names: bool
) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    found = _found(session, workshop)
    kept = {kind.name: {row.id for row in found[kind.name]} for kind in KINDS}
    sectors = {*Sector} if with_names else {*attendance(session, workshop)}
    return {
        kind.name: [
            _row(kind, row, kept, with_names) | _untold(row, sectors)
            for row in found[kind.name]
        ]
        for kind in KINDS
    }


def _row(
    kind: Kind, row: Row, kept: Mapping[str, set[int]], with_names: bool
) -> dict[str, Any]:
    values: dict[str, Any] = {"id": row.id}
    for column in kind.columns:
        value = getattr(row, column.key)
        target = kind.target(column)
        if target and value not in kept[target]:
            value = None  # what it refers to is not in the file
        if column.name in kind.names and not with_names:
            value = ""
        values[column.name] = written(value)
    if isinstance(row, Idea):
        values["ballot_key"] = key_of(row)
    if isinstance(row, Decision):
        values["owner"] = row.owner.name if row.owner and with_names else ""
    return values


def _untold(row: Row, sectors: Collection[str]) -> dict[str, Any]:
    """Return what stands in the file instead of what tells who somebody is."""
    match row:
        case Participant():
            day = row.joined.astimezone(ZONE).date()
            noon = datetime.combine(day, NOON, UTC)
            sector = row.sector if row.sector in sectors else None
            return {"joined": written(noon), "sector": sector}
        case Idea() if not row.board.shows_names:
            return {"author_id": None}
        case Comment() if not row.idea.board.shows_names:
            return {"author_id": None}
    return {}


def _found(session: Session, workshop: Workshop) -> Mapping[str, Sequence[Row]]:
    boards = [board.id for board in workshop.boards]
    hanging = Idea.board_id.in_(boards), ~Idea.taken_down, ~Idea.is_waiting
    ideas = select(Idea.id).where(*hanging)
    queries = {
        Participant: select(Participant).filter_by(workshop_id=workshop.id),
        Board: select(Board).filter_by(workshop_id=workshop.id),
        Challenge: select(Challenge).where(Challenge.board_id.in_(boards)),
        Cluster: select(Cluster).where(Cluster.board_id.in_(boards)),
        Idea: select(Idea).where(*hanging),
        Translation: select(Translation).where(Translation.idea_id.in_(ideas)),
        Comment: select(Comment).where(
            Comment.idea_id.in_(ideas), ~Comment.taken_down, ~Comment.taken_back
        ),
        Picture: select(Picture).where(Picture.idea_id.in_(ideas)),
        Round: select(Round).where(Round.board_id.in_(boards), Round.papers.is_not(None)),
        Decision: select(Decision).where(Decision.idea_id.in_(ideas)),
        FollowUp: select(FollowUp).where(FollowUp.idea_id.in_(ideas), ~FollowUp.is_withdrawn),
        Outlook: select(Outlook).filter_by(workshop_id=workshop.id),
    }
    return {
        kind.name: session.scalars(queries[kind.model].order_by(kind.model.id)).all()
        for kind in KINDS
    }
