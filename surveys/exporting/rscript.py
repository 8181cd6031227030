"""Answers for R: a CSV for each table, and a script that reads them all.

The script holds ASCII only, other letters as R's ``\\u`` escapes, so that it reads the same
whatever encoding a computer believes in.
"""

from collections.abc import Iterator, Sequence

from core.sheets import Cell, plain
from surveys.exporting.observing import Seen, written
from surveys.exporting.packing import Archive
from surveys.exporting.spreadsheets import Described, codebook
from surveys.exporting.spss import flags
from surveys.exporting.tables import CODEBOOK, RESPONSES, Taking, distinct
from surveys.exporting.variables import Variable, described, legal, variables_of

READ = """\
# Reads the answers. Unpack all files into one folder and run this script in it:
#   setwd("folder"); source("read.R")
# The question of a column is its attribute "label", as in attr(responses$language, "label").

read_table <- function(file, names) {
  data <- read.csv(file, sep = ";", header = FALSE, skip = 1, col.names = names,
                   colClasses = "character", na.strings = "", quote = "\\"",
                   comment.char = "", encoding = "UTF-8", check.names = FALSE)
  data[] <- lapply(data, function(text) sub("^'", "", text))  # guards against formulas
  data
}
"""
KEY = 'c("response", "organisation")'
TIMES = {
    "date": "as.Date({})",
    "datetime": 'as.POSIXct({}, format = "%Y-%m-%dT%H:%M", tz = "Europe/Berlin")',
}


def as_zip(taking: Taking) -> bytes:
    """Return a ZIP of CSV, the script that reads them, and the codebook."""
    labels, archive, tables = taking.labels, Archive(), taking.tables()
    known: list[Described] = []
    frames = distinct(legal(table.name) for table in tables)
    script = [READ]
    for table, frame in zip(tables, frames, strict=True):
        variables = variables_of(labels, table)
        seen = [Seen(each) for each in variables]
        archive.add_table(table.name, written(seen, table.rows(), _cell), marked=True)
        script += _reading(frame, table.name, seen)
        known += described(table.name, variables, flags(labels), numbered=False)
    script += [
        f"# with what the response says: merge({frame}, {RESPONSES}, by = {KEY})"
        for frame in frames[1:]
    ]
    archive.add("read.R", "\n".join([*script, ""]).encode("ascii"))
    archive.add_table(CODEBOOK, codebook(labels, known))
    return archive.content()


def text(words: str) -> str:
    """Return a text as R writes it."""
    return f'"{"".join(map(_letter, plain(words)))}"'


def _cell(_variable: Variable, value: Cell) -> Cell:
    return value


def _reading(frame: str, table: str, seen: Sequence[Seen]) -> Iterator[str]:
    names = ",\n".join(f"  {text(each.variable.name)}" for each in seen)
    yield f"{frame} <- read_table({text(f'{table}.csv')}, c(\n{names}))"
    for each in seen:
        column = f"{frame}${each.variable.name}"
        if (value := _value(each, column)) != column:
            yield f"{column} <- {value}"
        yield f'attr({column}, "label") <- {text(each.variable.label)}'
    yield ""


def _value(seen: Seen, column: str) -> str:
    """Return what makes a column of texts the kind of value that it is."""
    variable = seen.variable
    if variable.kind == "flag":
        return f'{column} == "1"'
    if variable.kind == "choice":
        levels = ", ".join(text(answer.code) for answer in variable.answers)
        labels = ",\n  ".join(text(answer.label) for answer in variable.answers)
        whole = variable.is_ordered and not any(each.is_missing for each in variable.answers)
        more = ", ordered = TRUE" if whole else ""
        return f"factor({column}, levels = c({levels}), labels = c(\n  {labels}){more})"
    if variable.kind in TIMES:
        return TIMES[variable.kind].format(column)
    return f"as.numeric({column})" if seen.is_number else column


def _letter(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    if " " <= letter <= "~":
        return letter
    return f"\\u{ord(letter):04x}" if ord(letter) < 0x10000 else f"\\U{ord(letter):08x}"
