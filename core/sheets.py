"""Tables in and out: CSV and XLSX in which no cell is a formula and "+49 30" survives.

What people typed is always written as text. A CSV has no types, so a text that a program
would compute gets an apostrophe before it, which :func:`read_table` takes away again.
"""

import codecs
import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from math import isfinite
from typing import Any

from core.errors import Refusal, message

Cell = str | int | float | Decimal | bool | None
Rows = Iterable[Sequence[Cell]]

LONGEST = 32_767  # characters in a cell of Excel
MOST = 10**15  # Excel keeps 15 digits; longer numbers are written as text
COMPUTED = r"=+\-@|%\t＝＋－＠"  # what makes a spreadsheet compute a text
TO_ESCAPE = re.compile(rf"[\s']*[{COMPUTED}]")
MARKED = re.compile(rf"'|{TO_ESCAPE.pattern}")
ESCAPED = re.compile(rf"'[\s']*[{COMPUTED}]")
DELIMITERS = ";,\t|"
UNPACKED = 40_000_000  # bytes of all files in a workbook together
FILES = 1_000  # in a workbook
ROWS, COLUMNS = 50_000, 200  # looked at, empty ones too
MADE = datetime(2000, 1, 1)  # as every workbook says: the same rows, the same file
FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


class NotATable(Refusal):
    reason = message(
        "This file cannot be read as a table. Please save it as XLSX or CSV and try again."
    )


class OldWorkbook(Refusal):
    reason = message("This is an old Excel file (.xls). Please save it as .xlsx and try again.")


class TableTooLarge(Refusal):
    reason = message("This file unpacks to too much. Please keep only the sheet you need.")


def read_table(content: bytes, filename: str = "") -> list[list[str]]:
    """Read the first filled sheet of a workbook, or a CSV of any delimiter and encoding.

    Rows keep their place, so that row 7 of the file is row 7 here; a blank one is empty.

    :raise NotATable: when it is neither
    :raise OldWorkbook: when it is an .xls
    :raise TableTooLarge: when unpacking it would take too much
    """
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise OldWorkbook
    if content.startswith(b"PK") or filename.lower().endswith((".xlsx", ".xlsm")):
        rows = _read_xlsx(content)
    else:
        rows = _read_csv(as_text(content))
    table = [_without_blank_end([plain(cell).strip() for cell in row]) for row in rows]
    while table and not table[-1]:
        table.pop()
    return table


def write_csv(rows: Rows) -> bytes:
    """Write what Excel, LibreOffice and R read as it is: UTF-8 with its mark, semicolons."""
    return b"".join(csv_pieces(rows))


def csv_pieces(rows: Rows, marked: bool = False, delimiter: str = ";") -> Iterator[bytes]:
    """Yield a CSV row by row, so that it is never in memory as a whole.

    *marked* is for programs that take every apostrophe at the beginning of a text away:
    texts that begin with one of their own get one more.
    """
    to_escape = MARKED if marked else TO_ESCAPE
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    yield codecs.BOM_UTF8
    for row in rows:
        writer.writerow([_in_csv(cell, to_escape) for cell in row])
        yield file.getvalue().encode()
        file.seek(0)
        file.truncate()


def write_xlsx(sheets: Mapping[str, Rows]) -> bytes:
    """Write sheets by their name; the first row of each is its head and stays in view."""
    import xlsxwriter  # noqa: PLC0415 - heavy

    file = io.BytesIO()
    inert = {"strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False, **inert})
    book.set_properties({"created": MADE})
    bold = book.add_format({"bold": True})
    taken: set[str] = set()
    for name, rows in sheets.items():
        sheet = book.add_worksheet(_sheet_name(name, taken))
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, None, bold)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell)
    book.close()
    return file.getvalue()


def plain(text: str) -> str:
    """Return *text* composed, its lines ended in one way, without what XML cannot hold."""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text  # as most are
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c in "\t\n" or _can_be_written(c))


def _can_be_written(character: str) -> bool:
    return (
        unicodedata.category(character) not in {"Cc", "Cs"} and character not in "\ufffe\uffff"
    )


def _in_csv(cell: Cell, to_escape: re.Pattern[str]) -> str:
    if not isinstance(cell, str):
        return "" if cell is None else str(cell)
    text = plain(cell)
    return f"'{text}" if to_escape.match(text) else text


def unescape(text: str) -> str:
    """Take away the apostrophe that :func:`write_csv` and other programs put before."""
    return text[1:] if ESCAPED.match(text) else text


def _write(sheet: Any, row: int, column: int, cell: Cell) -> None:
    match cell:
        case None:
            return
        case bool():
            sheet.write_boolean(row, column, cell)
        case int() | float() | Decimal() if isfinite(cell) and -MOST < cell < MOST:
            sheet.write_number(row, column, cell)
        case _:
            text = plain(str(cell))
            fits = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
            sheet.write_string(row, column, fits)


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel takes: short, without its signs, and unlike the others."""
    short = FORBIDDEN_IN_NAMES.sub(" ", plain(name)).strip(" '")[:31] or "Sheet"
    number, unlike = 1, short
    while unlike.casefold() in taken or unlike.casefold() == "history":
        number += 1
        unlike = f"{short[:27]} {number}"
    taken.add(unlike.casefold())
    return unlike


def _without_blank_end(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row.pop()
    return row


def as_text(content: bytes) -> str:
    """Read UTF-8, UTF-16 with or without its mark, or what Windows in Europe writes.

    :raise NotATable: when it is no text
    """
    head = content[:4_000]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif head[1::2].count(0) * 2 > len(head[1::2]):
        encoding = "utf-16-le"
    elif head[::2].count(0) * 2 > len(head[::2]):
        encoding = "utf-16-be"
    else:
        encoding = "utf-8-sig" if is_utf8(content) else "cp1252"
    text = content.decode(encoding, "replace")
    if "\0" in text:
        raise NotATable
    return text


def is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _read_csv(text: str) -> list[list[str]]:
    lines, delimiter = delimited(text)
    try:
        rows = list(islice(csv.reader(io.StringIO(lines), delimiter=delimiter), ROWS))
    except csv.Error:
        raise NotATable from None
    return [[unescape(cell) for cell in row[:COLUMNS]] for row in rows]


def delimited(text: str) -> tuple[str, str]:
    """Return the lines of a CSV, ended in one way, and what divides their columns."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if told := re.match(r'"?sep=(.)"?\n', lines):  # a first line that only Excel knows
        return lines[told.end() :], told[1]
    return lines, max(DELIMITERS, key=lambda each: _fits(lines, each))


def _fits(text: str, delimiter: str) -> tuple[float, int]:
    """Say how evenly *delimiter* divides the first rows, and into how many columns."""
    try:
        rows = list(islice(csv.reader(io.StringIO(text), delimiter=delimiter), 50))
    except csv.Error:
        return 0, 0
    widths = [len(row) for row in rows if row]
    usual = max(widths, key=widths.count, default=1)
    even = widths.count(usual) / len(widths) if usual > 1 and widths[0] > 1 else 0
    return even, usual


def _read_xlsx(content: bytes) -> list[list[str]]:
    return next((rows for _, rows in _sheets(content) if any(any(row) for row in rows)), [])


def read_sheets(content: bytes) -> dict[str, list[list[str]]]:
    """Read every sheet of a workbook, by its name.

    :raise NotATable: when it is none
    :raise TableTooLarge: when unpacking it would take too much
    """
    return dict(_sheets(content))


def _sheets(content: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    import openpyxl  # noqa: PLC0415 - heavy

    _check_archive(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a file says of its size need not be true
            found = sheet.iter_rows(max_row=ROWS, max_col=COLUMNS, values_only=True)
            rows = [[_shown(cell) for cell in row] for row in islice(found, ROWS)]
            yield sheet.title, rows
    except Exception:  # whatever openpyxl stumbles over in a broken file
        raise NotATable from None


def _check_archive(content: bytes) -> None:
    """Look at an archive before anything is unpacked.

    :raise NotATable: when it is none, or brings entities of its own
    :raise TableTooLarge: when it would grow too much
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = archive.infolist()
            if len(files) > FILES or sum(file.file_size for file in files) > UNPACKED:
                raise TableTooLarge
            for file in files:
                if b"<!DOCTYPE" in archive.open(file).read(2_000):
                    raise NotATable
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        raise NotATable from None


def _shown(cell: object) -> str:
    """Return what the cell shows: 13125, not 13125.0; a day without midnight."""
    match cell:
        case None:
            return ""
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime(hour=0, minute=0, second=0):
            return cell.date().isoformat()
        case _:
            return str(cell)
