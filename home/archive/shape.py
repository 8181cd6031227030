"""The shape of an archive: which tables, which of their columns, and who hangs on whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from sqlalchemy import Column, ColumnElement, LargeBinary, Select, Table, and_, select
from sqlalchemy.schema import sort_tables

from core.models import Base
from home.archive.deciding import CONDITIONS, GONE, KEPT_GONE, SEALED, is_left, is_told
from home.archive.marking import MARKED
from home.archive.pointing import POINTS

FORMAT = 1
MANIFEST = "manifest.json"
TABLES, FILES = "tables", "files"
MARK, OPENED = "mark", "content"  # columns of archives that no table has


@dataclass(frozen=True)
class Plan:
    """How a table stands in an archive: rows have an ``id`` from 1, and refer by it."""

    table: Table
    columns: tuple[Column[Any], ...]
    refers: Mapping[str, str]  # column: table

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def path(self) -> str:
        return f"{TABLES}/{self.name}.jsonl"

    @cached_property
    def names(self) -> list[str]:
        """What the columns are called in the file, in their order."""
        told = ["id", *(column.name for column in self.columns)]
        told += [MARK] * (self.name in MARKED)
        return told + [OPENED] * (self.name in SEALED)

    @cached_property
    def files(self) -> list[Column[Any]]:
        return [column for column in self.columns if isinstance(column.type, LargeBinary)]

    @cached_property
    def unsaid(self) -> list[Column[Any]]:
        """List the columns that no archive tells, and that need a value nevertheless."""
        return [
            column
            for column in self.table.columns
            if not is_told(self.name, column.name)
            and column.name not in ("id", "project_id")
            and not column.nullable
            and column.default is None
        ]

    @cached_property
    def to_itself(self) -> list[str]:
        return [name for name, table in self.refers.items() if table == self.name]

    def takes_along(self, column: str) -> bool:
        """Whether a row goes when what this column refers to goes."""
        found = self.table.c[column]
        return not found.nullable or any(k.ondelete == "CASCADE" for k in found.foreign_keys)

    def query(self, project_id: int) -> Select[Any]:
        """Select the rows of a project that go in, in the order of their numbers."""
        return select(self.table).where(self._of(project_id)).order_by(self.table.c.id)

    def counted(self, project_id: int) -> Select[Any]:
        return select(self.table.c.id).where(self._of(project_id))

    def _of(self, project_id: int) -> ColumnElement[bool]:
        found = [*self._conditions(project_id)]
        return and_(*found)

    def _conditions(self, project_id: int) -> Iterator[ColumnElement[bool]]:
        table = self.table
        owned = "project_id" in table.c
        if owned:
            yield table.c.project_id == project_id
        if self.name in CONDITIONS:
            yield CONDITIONS[self.name](table)
        if self.name not in KEPT_GONE:
            yield from (_is_there(table.c[name]) for name in sorted(GONE & {*table.c.keys()}))
        for name, target in self.refers.items():
            if target == self.name or not self.takes_along(name):
                continue
            if owned and not _is_choosy(target):
                continue
            there = table.c[name].in_(plans()[target].counted(project_id))
            yield there | table.c[name].is_(None) if table.c[name].nullable else there


@cache
def plans() -> Mapping[str, Plan]:
    """Return the plans of all tables that go in, those that others refer to first."""
    found: dict[str, Plan] = {}
    tables = Base.metadata.tables
    named = [(tables[at], tables[name]) for name, of in POINTS.items() for at in of]
    inside = {table.name for table in tables.values() if not is_left(table)}
    for table in sort_tables([tables[name] for name in sorted(tables)], None, named):
        if table.name in inside:
            found[table.name] = _plan(table, inside)
    return found


def wanted(with_contacts: bool) -> Sequence[Plan]:
    """Return the plans of an archive with or without contact data."""
    return [plan for plan in plans().values() if with_contacts or plan.name not in SEALED]


def _plan(table: Table, inside: set[str]) -> Plan:
    columns, refers = [], {}
    for column in table.columns:
        if not is_told(table.name, column.name):
            continue
        targets = {k.column.table.name for k in column.foreign_keys if k.column.name == "id"}
        if targets - inside:
            continue  # to an account, or to what stays
        columns.append(column)
        if targets:
            refers[column.name] = targets.pop()
    return Plan(table, tuple(columns), refers)


def _is_there(column: Column[Any]) -> ColumnElement[bool]:
    return column.is_(None) if column.nullable else ~column


def _is_choosy(name: str) -> bool:
    """Whether some rows of a table stay out."""
    plan = plans()[name]
    if plan.name in CONDITIONS or (GONE & {*plan.table.c.keys()} and name not in KEPT_GONE):
        return True
    others = (t for c, t in plan.refers.items() if t != name and plan.takes_along(c))
    return any(_is_choosy(other) for other in others)
