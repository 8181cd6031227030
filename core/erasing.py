"""Erased is erased: a list outside the database, replayed when a backup is put back.

The list ``DATA/erasures.jsonl`` holds what is gone by keys that mean nothing to others, and
nothing of what it said. A backup made before may hold it still; restoring erases it again.
"""

import json
import os
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

LIST = "erasures.jsonl"

Entry = Mapping[str, str]
Act = Callable[[Session, Entry], None]
Over = Callable[[Session, Path, datetime], int]
REPLAYED: dict[str, Act] = {}
OVER: dict[str, Over] = {}  # by the table in which something stands for a time only


def replayed(what: str) -> Callable[[Act], Act]:
    """Say how entries about *what* are erased once more."""

    def keep(act: Act) -> Act:
        REPLAYED[what] = act
        return act

    return keep


def when_over(table: str) -> Callable[[Over], Over]:
    """Say how what is kept no longer is erased from a table."""

    def keep(act: Over) -> Over:
        OVER[table] = act
        return act

    return keep


def erase_what_is_over(session: Session, data: Path, now: datetime) -> int:
    """Erase all that is kept no longer; return how many rows that are."""
    return sum(act(session, data, now) for act in OVER.values())


def note(data: Path, **entry: str) -> None:
    """Write an entry to the list; it is on the disk before the erasure is committed."""
    data.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(data / LIST, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as file:
        file.write(json.dumps(entry) + "\n")
        file.flush()
        os.fsync(file.fileno())


def is_noted(data: Path, what: str, key: str) -> bool:
    """Whether something was erased, so that it is not stored anew."""
    return any(each.get("what") == what and each.get("key") == key for each in _entries(data))


def keys_of(data: Path, what: str) -> list[str]:
    """List the keys of all that was erased of a kind."""
    return [each["key"] for each in _entries(data) if each.get("what") == what]


def replay(session: Session, data: Path) -> int:
    """Erase again what a backup brought back; return how many entries there are."""
    entries = _entries(data)
    for entry in entries:
        if act := REPLAYED.get(entry.get("what", "")):
            act(session, entry)
    return len(entries)


def _entries(data: Path) -> list[Entry]:
    path = data / LIST
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines if line.endswith("}")]
