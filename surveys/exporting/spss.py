"""Answers for SPSS: a CSV for each table with the syntax that reads it.

The rules are those of the IBM SPSS Statistics Command Syntax Reference (Universals, GET DATA,
VARIABLE LABELS, VALUE LABELS, MISSING VALUES, MRSETS) and of the GNU PSPP manual, so that the
free program runs the same: commands begin in the first column and end with a period, lines
that go on are indented and below 256 bytes, a text stays on one line and goes on after a plus
sign, a quote in it is doubled; labels of variables have 256 bytes, those of values 120.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from core.sheets import Cell, plain
from surveys.exporting.observing import Seen, written
from surveys.exporting.packing import Archive
from surveys.exporting.spreadsheets import Described, codebook
from surveys.exporting.tables import CODEBOOK, Labels, Taking, distinct
from surveys.exporting.variables import (
    CHOSEN,
    LONGEST,
    NOT_CHOSEN,
    Answer,
    Variable,
    described,
    legal,
    several,
    variables_of,
)

LINE = 200  # bytes, of 256
PIECE = 60  # characters of a text before it goes on in the next line
VARIABLE_LABEL, VALUE_LABEL = 255, 120  # bytes
WIDEST = 32_767  # bytes of a text
DISCRETE = 3  # missing values that can be listed
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
FORMATS = {"date": "SDATE10", "datetime": "DATETIME20", "time": "TIME8"}


def as_zip(taking: Taking) -> bytes:
    """Return a ZIP of CSV, the syntax for each, and the codebook."""
    labels, archive = taking.labels, Archive()
    known: list[Described] = []
    for table in taking.tables():
        variables = variables_of(labels, table)
        seen = [Seen(each) for each in variables]
        archive.add_table(table.name, written(seen, table.rows(), cell), marked=True)
        archive.add(f"{table.name}.sps", syntax(table.name, seen, labels).encode("utf-8-sig"))
        known += described(table.name, variables, flags(labels), numbered=True)
    archive.add_table(CODEBOOK, codebook(labels, known))
    return archive.content()


def cell(variable: Variable, value: Cell) -> Cell:
    """Return a value as the syntax reads it: on one line, a choice as its number, if any."""
    if variable.kind == "choice":
        return variable.numbers.get(str(value)) if variable.is_numbered else value
    if variable.kind == "datetime":
        return _moment(str(value or ""))
    return _line(value) if isinstance(value, str) else value


def syntax(table: str, seen: Sequence[Seen], labels: Labels) -> str:
    """Return the commands that read a table and say what is in it."""
    variables = [each.variable for each in seen]
    lines = [
        "* Encoding: UTF-8.",
        "* Unpack all files into one folder and name it here, without the star in front.",
        "* CD 'C:\\folder'.",
        "PRESERVE.",
        "SET DECIMAL=DOT.",
        *_reading(table, seen),
        *_unmarking(seen),
        *(line for each in seen for line in _describing(each)),
        *_flagging(variables, labels),
        *sets(variables, labels),
        "EXECUTE.",
        "RESTORE.",
        *command("SAVE", f"OUTFILE={literal(f'{table}.sav')}"),
    ]
    return "\n".join(lines) + "\n"


def flags(labels: Labels) -> dict[Cell, str]:
    """Return what 0 and 1 say of a choice."""
    return {0: labels.text(NOT_CHOSEN), 1: labels.text(CHOSEN)}


def command(*words: str) -> list[str]:
    """Return a command of these *words*, in lines that are not too long."""
    lines, line = [], words[0]
    for word in (*words[1:-1], f"{words[-1]}."):
        if len(f"{line} {word}".encode()) > LINE:
            lines.append(line)
            line = f"  {word}"
        else:
            line = f"{line} {word}"
    return [*lines, line]


def quoted(text: str, longest: int = VARIABLE_LABEL) -> list[str]:
    """Return the words that stand for a text: one, or pieces joined by plus signs."""
    short = cut(_line(text), longest)
    pieces = [short[start : start + PIECE] for start in range(0, len(short), PIECE)] or [""]
    words = ["'{}'".format(piece.replace("'", "''")) for piece in pieces]
    return [word for each in words for word in ("+", each)][1:]


def cut(text: str, longest: int) -> str:
    """Return a text of at most so many bytes."""
    if len(text.encode()) <= longest:
        return text
    return text.encode()[: longest - len("…".encode())].decode(errors="ignore") + "…"


def is_number(seen: Seen) -> bool:
    variable = seen.variable
    return variable.is_numbered if variable.kind == "choice" else seen.is_number


def level(seen: Seen) -> str:
    """Return the level of measurement, as SPSS calls it."""
    variable = seen.variable
    if variable.kind == "flag" or not (is_number(seen) or variable.kind in FORMATS):
        return "NOMINAL"
    if variable.kind == "choice":
        return "ORDINAL" if variable.is_ordered else "NOMINAL"
    return "SCALE"


def value_of(variable: Variable, answer: Answer) -> Cell:
    """Return what stands for an answer in the file."""
    return answer.number if variable.is_numbered else answer.code


def missing_values(seen: Seen) -> list[Cell]:
    """Return what is no answer; of a text also that nothing is written. SPSS takes three."""
    variable = seen.variable
    values = [value_of(variable, each) for each in variable.answers if each.is_missing]
    is_text = not is_number(seen) and variable.kind not in FORMATS
    return [*([" "] if is_text else []), *values][:DISCRETE]


def _reading(table: str, seen: Sequence[Seen]) -> Iterator[str]:
    yield from ("GET DATA", "  /TYPE=TXT", f"  /FILE={literal(f'{table}.csv')}")
    yield from ("  /ENCODING='UTF8'", "  /ARRANGEMENT=DELIMITED", "  /DELCASE=LINE")
    yield from ("  /FIRSTCASE=2", "  /DELIMITERS=';'", "  /QUALIFIER='\"'", "  /VARIABLES=")
    for number, each in enumerate(seen, start=1):
        end = "." if number == len(seen) else ""
        yield f"    {each.variable.name} {_format(each)}{end}"


def _format(seen: Seen) -> str:
    """Return the format in which a variable is read."""
    variable = seen.variable
    if variable.kind in FORMATS:
        return FORMATS[variable.kind]
    if is_number(seen):
        return "F20.0"
    codes = [len(answer.code.encode()) for answer in variable.answers]
    return f"A{min(max([1, seen.longest, *codes]), WIDEST)}"


def _unmarking(seen: Sequence[Seen]) -> Iterator[str]:
    """Take away the apostrophes that keep a spreadsheet from computing a text."""
    for each in seen:
        if each.is_marked and not is_number(each):
            name = each.variable.name
            yield from command(
                "IF", f"(SUBSTR({name},1,1)", "=", '"\'")', name, "=", f"SUBSTR({name},2)"
            )


def _describing(seen: Seen) -> Iterator[str]:
    variable, name = seen.variable, seen.variable.name
    yield from command("VARIABLE LABELS", name, *quoted(variable.label))
    if variable.answers:
        yield from _value_labels(variable)
    if missing := missing_values(seen):
        yield from command("MISSING VALUES", name, f"({', '.join(map(literal, missing))})")
    if is_number(seen):
        yield from command("FORMATS", name, f"(F{12 + seen.decimals}.{seen.decimals})")
    yield from command("VARIABLE LEVEL", name, f"({level(seen)})")


def _value_labels(variable: Variable) -> Iterator[str]:
    words: list[str] = []
    for answer in variable.answers:
        words += [literal(value_of(variable, answer)), *quoted(answer.label, VALUE_LABEL)]
    yield from command("VALUE LABELS", variable.name, *words)


def literal(value: Cell) -> str:
    return "'{}'".format(value.replace("'", "''")) if isinstance(value, str) else str(value)


def _flagging(variables: Sequence[Variable], labels: Labels) -> Iterator[str]:
    names = [variable.name for variable in variables if variable.kind == "flag"]
    if names:
        words = [[str(code), *quoted(text)] for code, text in flags(labels).items()]
        yield from command("VALUE LABELS", *names, *words[0], *words[1])


def sets(variables: Sequence[Variable], labels: Labels) -> Iterator[str]:
    """Tell which variables are the choices of one question; SPSS wants two at least."""
    found = several(variables)
    names = distinct((f"${legal(name)}" for name in found), LONGEST)
    for name, flags in zip(names, found.values(), strict=True):
        if len(flags) > 1:
            label = quoted(labels.text(flags[0].item.label) or name)
            yield from command(
                "MRSETS /MDGROUP", f"NAME={name}", f"LABEL={label[0]}", *label[1:],
                "CATEGORYLABELS=VARLABELS", f"VARIABLES={flags[0].name}",
                *(flag.name for flag in flags[1:]), "VALUE=1",
            )  # fmt: skip


def _line(text: str) -> str:
    return " ".join(plain(text).splitlines()).replace("\t", " ")  # also at U+2028


def _moment(text: str) -> str | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return f"{moment.day:02}-{MONTHS[moment.month - 1]}-{moment.year} {moment:%H:%M:%S}"
