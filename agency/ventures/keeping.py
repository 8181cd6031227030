"""Keeping the lines of plans, and the history that tells who did what to a venture."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from agency.ventures.models import (
    Act,
    Backing,
    Event,
    Flow,
    Funding,
    Job,
    Line,
    Member,
    Milestone,
    PilotMonth,
    Venture,
)
from core.errors import FormUsedTwice
from core.models import change_as_seen, insert_once

T = TypeVar("T", bound=Line)
KINDS: Mapping[str, type[Line]] = {  # as addresses name them
    "team": Member,
    "backing": Backing,
    "months": PilotMonth,
    "milestones": Milestone,
    "jobs": Job,
    "funding": Funding,
    "flows": Flow,
}
Values = Mapping[str, Any]


def add(
    session: Session, kind: str, venture: Venture, key: str, values: Values, by: str,
    now: datetime,
) -> Line:  # fmt: skip
    """Add a line, once for each form.

    :raise FormUsedTwice: when the same form brings another
    """
    model = KINDS[kind]
    place = {"venture_id": venture.id, "form_key": key}
    owned = {"project_id": venture.project_id, "by": by, "at": now}
    line = insert_once(session, model, **place, **owned, **values)
    if line:
        note(session, venture, Act.ADDED, by, now, kind=kind, subject=line.title)
        return line
    earlier: Line = session.scalars(select(model).filter_by(**place)).one()
    if any(getattr(earlier, name) != value for name, value in values.items()):
        raise FormUsedTwice
    return earlier


def change(
    session: Session, venture: Venture, row: Venture | Line, version: int, values: Values,
    by: str, now: datetime, kind: str = "",
) -> None:  # fmt: skip
    """Replace what is said of a venture or a line, unless somebody has since *version*.

    A line that was deleted comes back with it.

    :raise ChangedMeanwhile: when somebody has
    """
    before = {name: getattr(row, name) for name in values}
    change_as_seen(session, row, version, **values)
    bring_back(session, venture, row, by, now, kind=kind)
    changes = [
        [name, _plain(before[name]), _plain(value)]
        for name, value in values.items()
        if before[name] != value
    ]
    if changes:
        said = {"kind": kind, "subject": row.title, "changes": changes}
        note(session, venture, Act.CHANGED, by, now, **said)


def remove(
    session: Session, venture: Venture, row: Venture | Line, by: str, now: datetime,
    kind: str = "",
) -> None:  # fmt: skip
    """Take a venture or a line out of every list."""
    if row.deleted is None:
        row.deleted = now
        row.changed()
        note(session, venture, Act.REMOVED, by, now, kind=kind, subject=row.title)


def bring_back(
    session: Session, venture: Venture, row: Venture | Line, by: str, now: datetime,
    kind: str = "",
) -> None:  # fmt: skip
    """Undo that something was removed."""
    if row.deleted is not None:
        row.deleted = None
        row.changed()
        note(session, venture, Act.RETURNED, by, now, kind=kind, subject=row.title)


def titled(session: Session, venture: Venture, kind: str, title: str) -> Line:
    """Return the line of a plan with this title."""
    line: Line = session.scalars(
        select(KINDS[kind]).filter_by(venture_id=venture.id, title=title, deleted=None)
    ).one()
    return line


def note(
    session: Session, venture: Venture, act: Act, by: str, now: datetime, **more: object
) -> None:
    """Write down who did what."""
    where = {"project_id": venture.project_id, "venture_id": venture.id}
    session.add(Event(**where, act=act, by=by, at=now, **more))


def history(session: Session, venture: Venture) -> list[Event]:
    """List all that was done, the latest first."""
    query = select(Event).filter_by(venture_id=venture.id)
    return list(session.scalars(query.order_by(Event.at.desc(), Event.id.desc())))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
