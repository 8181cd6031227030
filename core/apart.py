"""Rows that a backup holds apart, sealed with a key of their own while that key lives.

Who compares the backups of two days sees which rows came in between. Once the key of a group
of rows is destroyed, no backup made before tells of them any more, wherever its copies lie.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, insert, inspect, select

from core.keys import Keyring

FILE = "apart.json"
PLACE = "rows in a backup"

Rows = Sequence[Mapping[str, Any]]
KeyOf = Callable[[Keyring, Rows], str]  # the name of the key of a group of rows, or nothing
Kept = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Apart:
    """A table, the column that makes groups of its rows, and which key seals a group.

    *group_is* says to the operator what a group is, as in "conversation under way".
    """

    table: str
    group: str
    key_of: KeyOf
    group_is: str


TABLES: dict[str, Apart] = {}


def keep(table: str, group: str, key_of: KeyOf, group_is: str) -> None:
    """Let the rows of a table stand apart in every backup; no other row may refer to them."""
    TABLES[table] = Apart(table, group, key_of, group_is)


def take(connection: Connection, keys: Keyring) -> Kept:
    """Return the rows, by table and group, in an order without meaning."""
    found: list[Mapping[str, Any]] = []
    for apart in TABLES.values():
        if not inspect(connection).has_table(apart.table):
            continue
        table = _as_it_is(apart.table, connection)
        first = (table.c[apart.group], *table.primary_key)
        rows = [
            dict(row._mapping) for row in connection.execute(select(table).order_by(*first))
        ]
        for _, some in groupby(rows, key=lambda row: row[apart.group]):
            group = [*some]
            text = json.dumps(group, default=_said)
            key = apart.key_of(keys, group)
            said = keys.seal(key, text, PLACE) if key else text
            found.append({"table": apart.table, "key": key, "rows": said})
    return found


def _said(moment: date) -> str:
    return moment.isoformat()  # a datetime says its time as well; ``date.isoformat`` would not


def put_back(engine: Engine, keys: Keyring, kept: Kept) -> dict[str, int]:
    """Write the rows into the tables again; return by table how many groups nobody can read."""
    unread: Counter[str] = Counter()
    with engine.begin() as connection:
        for each in kept:
            key, text = each["key"], each["rows"]
            if key:
                text = keys.unseal(key, text, PLACE) if keys.has(key) else ""
            if not text:
                unread[each["table"]] += 1
                continue
            table = _as_it_is(each["table"], connection)
            connection.execute(insert(table), [_typed(table, row) for row in json.loads(text)])
    return dict(unread)


def write(folder: Path, kept: Kept) -> Path:
    """Write the rows into a file of *folder*."""
    path = folder / FILE
    path.write_text(json.dumps(kept), "utf-8")
    return path


def read(folder: Path) -> Kept:
    """Return the rows from the file in *folder*; backups of old have none."""
    path = folder / FILE
    kept: Kept = json.loads(path.read_text("utf-8")) if path.exists() else []
    return kept


def _as_it_is(name: str, connection: Connection) -> Table:
    """Return a table as this database has it: it may be older than the models."""
    return Table(name, MetaData(), autoload_with=connection, resolve_fks=False)


def _typed(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    times = {c.name: c.type.python_type for c in table.columns}
    return {
        name: times[name].fromisoformat(value)
        if times[name] in (date, datetime) and value
        else value
        for name, value in row.items()
    }
