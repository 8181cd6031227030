"""Answers for Stata: a CSV for each table with the do-file that reads it.

The rules are those of the Stata manuals ([U] 11.3 Naming conventions, [D] import delimited,
[D] label, [D] mvdecode, [D] Datetime): names have 32 letters and are no reserved word, labels
of variables 80, only whole numbers have labels, and a text in a do-file may hold neither a
macro nor a comment. So choices become numbers, those of the form where they are whole.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from core.sheets import Cell, plain
from surveys.exporting import spss
from surveys.exporting.observing import Seen, written
from surveys.exporting.packing import Archive
from surveys.exporting.spreadsheets import Described, codebook
from surveys.exporting.spss import flags
from surveys.exporting.tables import CODEBOOK, Labels, Taking, distinct
from surveys.exporting.variables import MISSING, Variable, variables_of

LONGEST = 32  # letters of a name
LABEL, VALUE_LABEL, NOTE = 80, 2_000, 2_000
RESERVED = re.compile(
    r"(byte|double|float|if|in|int|long|strl|using|with|str\d+|_.*)", re.IGNORECASE
)
HARMLESS = str.maketrans(
    {'"': "”", "`": "‘", "$": "＄"}
)  # what would end a text, or begin a macro
COMMENT = re.compile(r"/(?=[/*])|(?<=[/*])/")  # where one would begin or end
NEW = "_new"  # no variable is called so
TIMES: Mapping[str, tuple[str, str]] = {
    "date": ('daily({}, "YMD")', "%td"),
    "datetime": ('clock({}, "DMYhms")', "%tc"),
    "time": ('clock(substr({}, 1, 5), "hm")', "%tcHH:MM"),
}


def as_zip(taking: Taking) -> bytes:
    """Return a ZIP of CSV, the do-file for each, and the codebook."""
    labels, archive = taking.labels, Archive()
    known: list[Described] = []
    for table in taking.tables():
        variables = named(variables_of(labels, table))
        seen = [Seen(each) for each in variables]
        archive.add_table(table.name, written(seen, table.rows(), _cell), marked=True)
        archive.add(f"{table.name}.do", syntax(table.name, seen, labels).encode())
        known += (_described(table.name, each, labels) for each in variables)
    archive.add_table(CODEBOOK, codebook(labels, known))
    return archive.content()


def named(variables: Sequence[Variable]) -> list[Variable]:
    """Return variables with names that Stata takes."""
    short = (each.name[:LONGEST].rstrip("_") for each in variables)
    free = (f"v_{name}"[:LONGEST] if RESERVED.fullmatch(name) else name for name in short)
    names = distinct(free, LONGEST)
    return [replace(each, name=name) for each, name in zip(variables, names, strict=True)]


def numbers_of(variable: Variable) -> dict[str, int]:
    """Return the whole number that stands for each answer: of the form, or else its place.

    Answers that are none have the same negative number everywhere, see ``MISSING``.
    """
    said = [each for each in variable.answers if not each.is_missing]
    given = [each.number for each in said if isinstance(each.number, int)]
    whole = len(given) == len(said) and not {*given} & {*MISSING.values()}
    numbers = dict(
        zip((each.code for each in said), given if whole else range(1, 10**6), strict=False)
    )
    return {
        each.code: numbers.get(each.code, MISSING.get(each.code, 0))
        for each in variable.answers
    }


def syntax(table: str, seen: Sequence[Seen], labels: Labels) -> str:
    """Return the commands that read a table and say what is in it."""
    lines = [
        "* Unpack all files into one folder, and change to it before you run this file:",
        '*   cd "folder"',
        "version 14",
        f'import delimited using "{table}.csv", delimiters(";") varnames(nonames) rowrange(2) '
        'stringcols(_all) bindquotes(strict) encoding("utf-8") clear',
        *(f"rename v{number} {each.variable.name}" for number, each in enumerate(seen, 1)),
        *_texts(seen),
        *(line for each in seen for line in _describing(each)),
        *_flagging(seen, labels),
        f"order {' '.join(each.variable.name for each in seen)}",
        f'save "{table}.dta", replace',
    ]
    return "\n".join(lines) + "\n"


def text(words: str, longest: int) -> str:
    """Return a text as it may stand in a do-file, of at most so many letters."""
    line = " ".join(plain(words).translate(HARMLESS).split())
    line = COMMENT.sub("∕", line)
    return f'"{line if len(line) <= longest else f"{line[: longest - 1]}…"}"'


def _cell(variable: Variable, value: Cell) -> Cell:
    if variable.kind == "choice":
        return numbers_of(variable).get(str(value))
    return spss.cell(variable, value)


def _texts(seen: Sequence[Seen]) -> Iterator[str]:
    """Make texts whole: quotes are doubled in the file, and an apostrophe guards some."""
    for each in seen:
        if each.variable.kind == "text" and not each.is_number:
            name = each.variable.name
            yield f"replace {name} = subinstr({name}, char(34) + char(34), char(34), .)"
            if each.is_marked:
                guarded = f"substr({name}, 1, 1) == char(39)"
                yield f"replace {name} = substr({name}, 2, .) if {guarded}"


def _describing(seen: Seen) -> Iterator[str]:
    variable, name = seen.variable, seen.variable.name
    if variable.kind in TIMES:
        read, shape = TIMES[variable.kind]
        yield f"generate double {NEW} = {read.format(name)}"
        yield f"drop {name}"
        yield f"rename {NEW} {name}"
        yield f"format {name} {shape}"
    elif variable.kind == "choice" or seen.is_number:
        yield f"destring {name}, replace"
    yield f"label variable {name} {text(variable.label, LABEL)}"
    if len(variable.label) > LABEL:
        yield f"notes {name} : {text(variable.label, NOTE)[1:-1]}"
    if variable.answers:
        yield from _values(variable)


def _values(variable: Variable) -> Iterator[str]:
    """Label the numbers; those that are no answer become missing values of their own."""
    name, letters = variable.name, dict(zip(MISSING, "abcde", strict=True))
    for answer in variable.answers:
        number = numbers_of(variable)[answer.code]
        if answer.is_missing:
            yield f"mvdecode {name}, mv({number} = .{letters[answer.code]})"
        shown = f".{letters[answer.code]}" if answer.is_missing else str(number)
        yield f"label define {name} {shown} {text(answer.label, VALUE_LABEL)}, add"
    yield f"label values {name} {name}"


def _flagging(seen: Sequence[Seen], labels: Labels) -> Iterator[str]:
    names = [each.variable.name for each in seen if each.variable.kind == "flag"]
    if names:
        said = " ".join(
            f"{code} {text(word, VALUE_LABEL)}" for code, word in flags(labels).items()
        )
        yield f"label define _chosen {said}"
        yield f"label values {' '.join(names)} _chosen"


def _described(table: str, variable: Variable, labels: Labels) -> Described:
    numbers = numbers_of(variable)
    codes: Mapping[Cell, str] = {numbers[each.code]: each.label for each in variable.answers}
    choices = flags(labels) if variable.kind == "flag" else codes
    return Described(table, variable.name, variable.item, variable.label, choices)
