"""A calendar file on its way in: looked at first, brought in, and taken back in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from agency.calendar import occupying
from agency.calendar.models import Import, Kind, Occasion, Slot
from agency.calendar.occupying import Entry
from agency.calendar.reading import Found
from agency.calendar.repeating import Span
from core.models import insert_once
from people.models import Organisation, Project


class State(StrEnum):
    """What becomes of an entry."""

    NEW = "new"
    KNOWN = "known"  # it came in before
    TAKEN = "taken"  # the room is, on all or some of its dates
    PROBLEM = "problem"


@dataclass(frozen=True)
class Row:
    """An entry of the file, what becomes of it, and what is in its way."""

    found: Found
    state: State
    clashes: Sequence[Slot] = ()


def begin(
    session: Session,
    project: Project,
    found: Sequence[Found],
    filename: str,
    organisation: Organisation,
    room_id: int | None,
    by: str,
    now: datetime,
    form_key: str,
) -> Import:
    """Keep what a file says until somebody has looked at it; nothing is entered yet."""
    key = {"project_id": project.id, "form_key": form_key}
    begun = insert_once(
        session, Import, **key, filename=filename, organisation_id=organisation.id,
        room_id=room_id, found=[_to_json(each) for each in found], report={}, by=by, at=now,
    )  # fmt: skip
    return begun or session.scalars(select(Import).filter_by(**key)).one()


def preview(session: Session, draft: Import) -> list[Row]:
    """Tell of every entry what would become of it."""
    query = select(Occasion.uid).filter_by(project_id=draft.project_id, deleted=None)
    query = query.filter_by(organisation_id=draft.organisation_id)
    known = set(session.scalars(query.where(Occasion.uid.is_not(None))))
    rows = []
    for each in map(_from_json, draft.found):
        taken: Sequence[Slot] = ()
        if each.trouble:
            state = State.PROBLEM
        elif each.uid in known:
            state = State.KNOWN
        else:
            taken = occupying.clashes(session, draft.room_id, each.spans)
            state = State.TAKEN if taken else State.NEW
        known.add(each.uid)
        rows.append(Row(each, state, taken))
    return rows


def bring_in(
    session: Session, project: Project, draft: Import, by: str, now: datetime
) -> dict[str, int]:
    """Enter what is new and clashes with nothing; doing so twice does it once."""
    mine = update(Import).where(Import.id == draft.id, Import.imported.is_(None))
    mine = mine.values(imported=now).execution_options(synchronize_session=False)
    if session.scalar(mine.returning(Import.id)) is None:
        session.expire(draft)
        return draft.report
    report = dict.fromkeys(State, 0)
    for row in preview(session, draft):
        state = row.state
        if state == State.NEW:
            state = _enter(session, project, draft, row.found, by, now)
        report[state] += 1
    session.expire(draft)
    draft.report = {str(state): number for state, number in report.items()}
    return draft.report


def undo(session: Session, draft: Import, now: datetime) -> int:
    """Take back what came in; what somebody has changed or reserved since stays: how many."""
    if draft.imported is None or draft.undone:
        return 0
    ours = update(Occasion).where(Occasion.import_id == draft.id, Occasion.deleted.is_(None))
    untouched = ours.where(Occasion.version == 1, Occasion.taken == 0).values(deleted=now)
    session.execute(untouched.execution_options(synchronize_session=False))
    draft.undone = now
    session.flush()
    left = select(Occasion).filter_by(import_id=draft.id, deleted=None)
    session.expire_all()
    return len(session.scalars(left).unique().all())


def _enter(
    session: Session, project: Project, draft: Import, found: Found, by: str, now: datetime
) -> State:
    first = found.spans[0]
    entry = Entry(
        kind=Kind.OTHER if draft.room_id else Kind.COURSE,
        title=found.title,
        organisation_id=draft.organisation_id,
        starts=first.starts,
        minutes=int((first.ends - first.starts).total_seconds() // 60),
        room_id=draft.room_id,
        elsewhere="" if draft.room_id else found.place,
        note=found.note,
    )
    try:
        occupying.add(
            session, project, entry, by, now, spans=found.spans, uid=found.uid,
            import_id=draft.id,
        )  # fmt: skip
    except occupying.RoomTaken:  # by another entry of the same file
        return State.TAKEN
    return State.NEW


def _to_json(found: Found) -> dict[str, Any]:
    spans = [[each.starts.isoformat(), each.ends.isoformat()] for each in found.spans]
    return vars(found) | {"spans": spans}


def _from_json(kept: dict[str, Any]) -> Found:
    spans = [Span(*map(datetime.fromisoformat, each)) for each in kept["spans"]]
    return Found(**{**kept, "spans": (*spans,)})
