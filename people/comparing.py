"""The rows of an address list beside the register: new, there already, twice, or unclear."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.errors import message
from people.columns import Line, Note
from people.models import Organisation
from people.naming import Known, alike, same_in, spellings

NEAR_ENOUGH = 70  # of 100: below, the same code means another organisation of elsewhere


class State(StrEnum):
    """What will become of a row."""

    NEW = "new"
    SAME = "same"
    TWICE = "twice"
    PROBLEM = "problem"


@dataclass
class Row:
    """A row of the list beside the register."""

    line: Line
    state: State
    note: Note | None = None
    organisation: Organisation | None = None


def compare(lines: Iterable[Line], register: list[Organisation], sector: str = "") -> list[Row]:
    """Say of every line what will become of it; *sector* is for those that tell none."""
    known, by_code = Known(register), {each.code: each for each in register}
    seen: dict[str, int] = {}
    rows = []
    for line in lines:
        same = None if line.problem else _same(line, known, by_code)
        rows.append(_twice(line, same, seen) or _judge(line, same, known, sector))
    return rows


def counted(rows: Iterable[Row]) -> dict[str, int]:
    """Return how many rows are in each state."""
    counts = dict.fromkeys([*map(str, State)], 0)
    for row in rows:
        counts[row.state] += 1
    return counts


def _same(line: Line, known: Known, by_code: dict[str, Organisation]) -> Organisation | None:
    there = by_code.get(line.code)
    if there and alike(there.name, line.name) >= NEAR_ENOUGH:
        return there
    return same_in(known, line.name)


def _twice(line: Line, same: Organisation | None, seen: dict[str, int]) -> Row | None:
    if line.problem:
        return None
    keys = [same.code] if same else sorted(spellings(line.name)) or [line.name]
    first = next((seen[key] for key in keys if key in seen), None)
    seen.update(dict.fromkeys(keys, first or line.number))
    if first is None:
        return None
    note = message("The same organisation stands in row %(row)s already; that row counts.")
    return Row(line, State.TWICE, Note(note, {"row": first}), same)


def _judge(line: Line, same: Organisation | None, known: Known, sector: str) -> Row:
    if line.problem:
        return Row(line, State.PROBLEM, line.problem)
    if same:
        return Row(line, State.SAME, None, same)
    line.values["sector"] = line.values["sector"] or sector
    if not line.values["sector"]:
        note = message("The sector is missing. Choose one for all such rows, or add a column.")
        return Row(line, State.PROBLEM, Note(note))
    if near := known.nearest(line.name):
        note = message("Perhaps the same as %(code)s, “%(name)s”. It becomes a new one.")
        line.notes.append(Note(note, {"code": near.code, "name": near.name}))
    return Row(line, State.NEW)
