"""Answers for spreadsheets: a workbook, or a CSV for each table; and what columns mean.

The writers of ``core.sheets`` see to it that no cell is a formula.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from core.sheets import Cell, write_xlsx
from surveys.definition import Item
from surveys.exporting.packing import Archive
from surveys.exporting.tables import CODEBOOK, RESPONSES, Labels, Options, Table, Taking

Row = Sequence[Cell]
HEAD = [
    "table", "column", "question", "type", "label", "hint", "choice", "choice label",
    "required", "relevant", "calculation",
]  # fmt: skip


@dataclass(frozen=True)
class Described:
    """What a codebook says of a column."""

    table: str
    name: str
    item: Item
    label: str
    choices: Mapping[Cell, str]


def as_xlsx(taking: Taking) -> bytes:
    """Return a workbook: responses, codebook, then a sheet for each repeat."""
    writing = Writing(taking.labels, taking.options)
    first, *others = taking.tables()
    sheets: dict[str, Iterable[Row]] = {first.name: writing.rows(first)}
    sheets[CODEBOOK] = writing.codebook([first, *others])
    return write_xlsx(sheets | {table.name: writing.rows(table) for table in others})


def as_csv(taking: Taking) -> bytes:
    """Return a ZIP: a CSV for the responses, one for each repeat, and the codebook."""
    writing = Writing(taking.labels, taking.options)
    tables, archive = taking.tables(), Archive()
    for table in tables:
        archive.add_table(table.name, writing.rows(table))
    archive.add_table(CODEBOOK, writing.codebook(tables))
    return archive.content()


def table_alone(packed: bytes) -> bytes:
    """Return the CSV of the responses when there are no repeats, else the ZIP as it is."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = {f"{RESPONSES}.csv", f"{CODEBOOK}.csv"}
        return archive.read(f"{RESPONSES}.csv") if {*archive.namelist()} == names else packed


@dataclass(frozen=True)
class Writing:
    """Rows as people read them."""

    labels: Labels
    options: Options

    def rows(self, table: Table) -> Iterator[Row]:
        """Yield the head and the rows of a table."""
        items = [column.item for column in table.columns]
        yield self.head(table)
        for row in table.rows():
            yield [self.cell(item, value) for item, value in zip(items, row, strict=True)]

    def head(self, table: Table) -> list[Cell]:
        """Return the heads of the columns: their names, or questions where cells are words.

        What asks nothing, or the same as another, is told by its name.
        """
        names = [column.name for column in table.columns]
        if not self.options.labels:
            return [*names]
        labels = [
            " ".join(self.labels.text(column.item.label).split()) for column in table.columns
        ]
        told = Counter(labels)
        pairs = zip(names, labels, strict=True)
        return [
            label if label and told[label] == 1 else f"{label} ({name})" if label else name
            for name, label in pairs
        ]

    def cell(self, item: Item, value: Any) -> Cell:
        if isinstance(value, list):
            between = "; " if self.options.labels else " "
            return between.join(self._said(item, each) for each in value)
        if value is None or isinstance(value, int | float):
            return value
        return self._said(item, value)

    def codebook(self, tables: Iterable[Table]) -> Iterator[Row]:
        return codebook(self.labels, self._described(tables))

    def _described(self, tables: Iterable[Table]) -> Iterator[Described]:
        for table in tables:
            for name, item in ((column.name, column.item) for column in table.columns):
                choices: dict[Cell, str] = dict(self.labels.choices(item).items())
                label = self.labels.text(item.label)
                yield Described(table.name, name, item, label, choices)

    def _said(self, item: Item, value: Any) -> str:
        code = str(value)
        return self.labels.choices(item).get(code, code) if self.options.labels else code


def codebook(labels: Labels, columns: Iterable[Described]) -> Iterator[Row]:
    """Yield what each column means, with a row for each choice."""
    yield HEAD
    for each in columns:
        item = each.item
        place = [each.table, each.name, item.name, item.type or item.kind]
        conditions = [item.required, item.relevant, item.calculation]
        yield [*place, each.label, labels.text(item.hint), "", "", *conditions]
        for code, label in each.choices.items():
            yield [*place, "", "", code, label, "", "", ""]
