"""Answers for SPSS as its own files, where the library that writes them is installed.

It knows no sets of answers, so these come as syntax beside each file. While a file is written
it lies in a folder of its own among the temporary files.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from math import nan
from pathlib import Path

from core.sheets import Cell, plain
from surveys.exporting import spss
from surveys.exporting.observing import Seen, written
from surveys.exporting.packing import Archive
from surveys.exporting.spreadsheets import Described, codebook
from surveys.exporting.tables import CODEBOOK, Table, Taking
from surveys.exporting.variables import Variable, described, several, variables_of

NEEDED = ("pyreadstat", "pandas")
EPOCH = datetime(1582, 10, 14)  # of SPSS


@dataclass
class File:
    """What is written: values by variable, and what is known of them."""

    columns: dict[str, list[Cell]]
    labels: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[Cell, str]] = field(default_factory=dict)
    missing: dict[str, list[Cell]] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)
    formats: dict[str, str] = field(default_factory=dict)


Write = Callable[[File, Path], None]


def writer() -> Write | None:
    """Return what writes a file, if it is installed."""
    return _write if all(map(find_spec, NEEDED)) else None


def as_zip(taking: Taking, write: Write) -> bytes:
    """Return a ZIP of files for SPSS, and the codebook."""
    labels, archive = taking.labels, Archive()
    known: list[Described] = []
    with tempfile.TemporaryDirectory() as folder:
        for table in taking.tables():
            variables, path = variables_of(labels, table), Path(folder, f"{table.name}.sav")
            write(_file(table, variables, spss.flags(labels)), path)
            archive.add(path.name, path.read_bytes())
            if any(len(flags) > 1 for flags in several(variables).values()):
                name = spss.literal(path.name)
                lines = [f"GET FILE={name}.", *spss.sets(variables, labels)]
                text = "\n".join([*lines, f"SAVE OUTFILE={name}.", ""])
                archive.add(f"{table.name}-sets.sps", text.encode("utf-8-sig"))
            known += described(table.name, variables, spss.flags(labels), numbered=True)
    archive.add_table(CODEBOOK, codebook(labels, known))
    return archive.content()


def _file(table: Table, variables: list[Variable], flags: dict[Cell, str]) -> File:
    seen = [Seen(each) for each in variables]
    file = File({each.name: [] for each in variables})
    rows = written(seen, table.rows(), _value)
    next(rows)  # the head
    for row in rows:
        for variable, value in zip(variables, row, strict=True):
            file.columns[variable.name].append(value)
    for each in seen:
        _describe(file, each, flags)
    return file


def _describe(file: File, seen: Seen, flags: dict[Cell, str]) -> None:
    variable, name = seen.variable, seen.variable.name
    file.labels[name] = spss.cut(plain(variable.label), spss.VARIABLE_LABEL)
    file.levels[name] = spss.level(seen).lower()
    if variable.kind == "flag":
        file.values[name] = flags
    elif variable.answers:
        file.values[name] = {
            spss.value_of(variable, each): spss.cut(plain(each.label), spss.VALUE_LABEL)
            for each in variable.answers
        }
    if missing := [value for value in spss.missing_values(seen) if value != " "]:
        file.missing[name] = missing
    values = file.columns[name]
    if spss.is_number(seen) or variable.kind in spss.FORMATS:
        fitting = f"F{12 + seen.decimals}.{seen.decimals}"
        file.formats[name] = spss.FORMATS.get(variable.kind, fitting)
        file.columns[name] = [nan if value is None else float(value) for value in values]
    else:  # of a text nothing is missing, it is empty
        texts = (plain(str(value or "")) for value in values)
        file.columns[name] = [spss.cut(text, spss.WIDEST) for text in texts]


def _value(variable: Variable, value: Cell) -> Cell:
    """Return a value as SPSS keeps it: moments as seconds."""
    if variable.kind == "choice":
        return variable.numbers.get(str(value)) if variable.is_numbered else value
    if variable.kind not in spss.FORMATS or value is None:
        return value
    try:
        day = f"{EPOCH:%Y-%m-%d}T" if variable.kind == "time" else ""
        return (datetime.fromisoformat(f"{day}{value}") - EPOCH).total_seconds()
    except (TypeError, ValueError):
        return None


def _write(file: File, path: Path) -> None:
    pandas, pyreadstat = import_module("pandas"), import_module("pyreadstat")
    pyreadstat.write_sav(
        pandas.DataFrame(file.columns),
        path,
        column_labels=file.labels,
        variable_value_labels=file.values,
        missing_ranges=file.missing,
        variable_measure=file.levels,
        variable_format=file.formats,
    )
