"""From somebody's list into the directory: draft, report per row, one import, one undo."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from agency.funding import keeping
from agency.funding.columns import Line, Words, guess_columns, read_lines
from agency.funding.keeping import Entry, entry_of
from agency.funding.models import Programme, ProgrammeList
from core.errors import FormUsedTwice, Refusal, message
from core.models import insert_once
from people.columns import Note
from people.models import Project
from people.naming import fold

MOST = 1_000  # rows
KEPT = timedelta(days=1)
CHECKED = ("verified", "last_checked", "checked_by")


class NoRows(Refusal):
    reason = message("This file has no rows. Please choose a list with one row per programme.")


class TooManyRows(Refusal):
    reason = message("This list has more than 1,000 rows. Please divide it.")


class State(StrEnum):
    """What will become of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    TWICE = "twice"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Row:
    """A row of the list beside the directory."""

    line: Line
    state: State
    note: Note | None = None
    programme: Programme | None = None


def begin(
    session: Session,
    project: Project,
    table: Sequence[Sequence[str]],
    filename: str,
    words: Words,
    form_key: str,
    now: datetime,
) -> ProgrammeList:
    """Keep a list and guess what its columns hold.

    :raise NoRows: when nothing is in it
    :raise TooManyRows: when it is too long
    :raise FormUsedTwice: when the same form brings another list
    """
    filled = sum(1 for row in table if any(row))
    if not filled:
        raise NoRows
    if filled > MOST + 1:
        raise TooManyRows
    old = ProgrammeList.begun < now - KEPT
    session.execute(delete(ProgrammeList).where(old, ProgrammeList.imported.is_(None)))
    columns, head = guess_columns(table, words)
    rows = [[*row] for row in table]
    known = {"project_id": project.id, "form_key": form_key}
    told = {"filename": filename, "table": rows, "columns": columns, "head": head}
    made = insert_once(session, ProgrammeList, **known, **told, begun=now)
    if made:
        return made
    earlier = session.scalars(select(ProgrammeList).filter_by(**known)).one()
    if earlier.table != rows:
        raise FormUsedTwice
    return earlier


def preview(
    session: Session, project: Project, draft: ProgrammeList, words: Words
) -> list[Row]:
    """Say of every row what would become of it; nothing is written."""
    lines = read_lines(draft.table, draft.columns, draft.head, words)
    programmes = keeping.listed(session, project)
    by_code = {each.code: each for each in programmes}
    by_name = {_name(each.name, each.funder): each for each in programmes}
    by_bare_name = {fold(each.name): each for each in programmes}
    seen: dict[object, int] = {}
    rows = []
    for line in lines:
        there = by_code.get(str(line.values.get("code", "")))
        funder = line.values.get("funder")
        there = there or by_name.get(_name(line.name, str(funder or "")))
        there = there or (None if funder else by_bare_name.get(fold(line.name)))
        rows.append(_judge(line, there, seen))
    return rows


def counted(rows: Iterable[Row]) -> dict[str, int]:
    """Return how many rows are in each state."""
    states = [row.state for row in rows]
    return {state.value: states.count(state) for state in State}


def bring_in(
    session: Session, project: Project, draft: ProgrammeList, words: Words, by: str,
    now: datetime,
) -> None:  # fmt: skip
    """Enter the rows into the directory, all or none; asking twice imports once."""
    first = update(ProgrammeList).filter_by(id=draft.id, imported=None).values(imported=now)
    if session.scalar(first.returning(ProgrammeList.id)) is None:
        return
    rows = preview(session, project, draft, words)
    way_back: list[dict[str, Any]] = []
    for row in rows:
        if row.state == State.NEW:
            code = str(row.line.values.get("code", ""))
            entry = merged(Entry(name=row.line.name), row.line)
            it = keeping.add(session, project, entry, by, now, code=code)
            _note_check(it, row.line)
            session.flush()
            way_back.append({"id": it.id, "version": it.version})
        elif row.state == State.CHANGED and row.programme:
            it = row.programme
            past = {"entry": keeping.as_json(entry_of(it)), "check": _check_of(it)}
            _note_check(it, row.line)
            session.flush()
            keeping.change(session, it, merged(entry_of(it), row.line), it.version, by, now)
            way_back.append({"id": it.id, "version": it.version, **past})
    draft.report, draft.way_back = counted(rows), way_back


def undo(session: Session, draft: ProgrammeList, by: str, now: datetime) -> list[str]:
    """Take an import back as a whole; return the names of what was changed since and stays."""
    first = update(ProgrammeList).filter_by(id=draft.id, undone=None)
    first = first.where(ProgrammeList.imported.is_not(None)).values(undone=now)
    if session.scalar(first.returning(ProgrammeList.id)) is None:
        return []
    kept = []
    for step in draft.way_back:
        it = session.get(Programme, step["id"])
        if not it or it.version != step["version"]:
            kept += [it.name] if it else []
        elif "entry" in step:
            day, it.checked_by, it.verified = step["check"]
            it.last_checked = date.fromisoformat(day) if day else None
            session.flush()
            keeping.change(session, it, keeping.from_json(step["entry"]), it.version, by, now)
        else:
            keeping.remove(it, now)
    return kept


def merged(past: Entry, line: Line) -> Entry:
    """Return *past* with what the row says; what is blank there changes nothing."""
    values = {name: each for name, each in line.values.items() if name in _NAMES}
    if values.get("deadlines") and "due" not in values:
        values["due"] = "dates"
    return replace(past, **values)


_NAMES = {*Entry.__dataclass_fields__}


def _judge(line: Line, there: Programme | None, seen: dict[object, int]) -> Row:
    if line.problem:
        return Row(line, State.PROBLEM, line.problem)
    key = there.id if there else _name(line.name, str(line.values.get("funder", "")))
    if key in seen:
        note = message("The same programme stands in row %(row)s already; that row counts.")
        return Row(line, State.TWICE, Note(note, {"row": seen[key]}), there)
    seen[key] = line.number
    if not there:
        return Row(line, State.NEW)
    past = entry_of(there)
    told = {name: line.values[name] for name in CHECKED if name in line.values}
    checked = any(getattr(there, name) != value for name, value in told.items())
    is_same = merged(past, line) == past and not checked
    return Row(line, State.SAME if is_same else State.CHANGED, None, there)


def _note_check(it: Programme, line: Line) -> None:
    for name in CHECKED:
        if name in line.values:
            setattr(it, name, line.values[name])


def _check_of(it: Programme) -> list[str | None]:
    day = it.last_checked.isoformat() if it.last_checked else None
    return [day, it.checked_by, it.verified]


def _name(name: str, funder: str) -> tuple[str, str]:
    return fold(name), fold(funder)
