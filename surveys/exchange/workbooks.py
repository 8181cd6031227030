"""Reading a workbook (XLSX) as rows of text, after a look at how large it would become."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from core.errors import message
from surveys.exchange.findings import Findings, Level

LARGEST = 10_000_000  # bytes of the file
LARGEST_UNPACKED = 10_000_000  # bytes of all its parts; a bomb says so in its directory
MOST_ROWS = 20_000
MOST_COLUMNS = 300
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Row:
    """A row of a sheet: its number there, and its cells by the header above them."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def read_workbook(data: bytes, names: Sequence[str], findings: Findings) -> dict[str, Sheet]:
    """Return the sheets with these *names*, or none and an error among the findings."""
    if problem := _refused(data):
        findings.add(Level.ERROR, problem)
        return {}
    import openpyxl  # noqa: PLC0415 - heavy

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        found = {sheet.title.strip().lower(): sheet for sheet in book.worksheets}
        return {name: _sheet(found[name], name, findings) for name in names if name in found}
    except Exception:
        findings.add(Level.ERROR, message("The workbook is damaged and cannot be read."))
        return {}


def _refused(data: bytes) -> str:
    """Why a file is not even opened."""
    if len(data) > LARGEST:
        return message("The file is larger than 10 MB.")
    if data.startswith(_OLD_EXCEL):
        return message(
            "This is an old Excel file (.xls). Please open it and save it as .xlsx first."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return message("This is no Excel workbook (.xlsx).")
    if unpacked > LARGEST_UNPACKED:
        return message("The workbook would become too large when it is unpacked.")
    return ""


def _sheet(sheet: Any, name: str, findings: Findings) -> Sheet:
    sheet.reset_dimensions()  # files of some tools name a wrong size
    rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
    headers: list[str] = []
    filled: list[Row] = []
    for number, values in enumerate(rows, 1):
        texts = ["" if value is None else _text(value) for value in values]
        if not headers:
            headers = _headers(texts, name, findings)
            continue
        cells = {header: text for header, text in zip(headers, texts, strict=False) if text}
        cells.pop("", None)
        if cells:
            filled.append(Row(number, cells))
    return Sheet(tuple(header for header in headers if header), tuple(filled))


def _headers(texts: Sequence[str], sheet: str, findings: Findings) -> list[str]:
    """The headers, each once; of two columns with the same one the first counts."""
    headers: list[str] = []
    for text in texts:
        if text and text in headers:
            twice = message("There are two columns named %(name)s; only the first is read.")
            findings.add(Level.UNSUPPORTED, twice, sheet, 1, text, name=text)
            text = ""
        headers.append(text)
    return headers if any(headers) else []


def _text(value: object) -> str:
    """A cell as people see it: a number without needless decimals, a date in ISO form."""
    match value:
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time.min:
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
    return "".join(_clean(str(value))).strip()


def _clean(text: str) -> Iterator[str]:
    """Without control characters, which no database and no page would take."""
    for character in text.replace("\r\n", "\n").replace("_x000D_", ""):
        if character >= " " or character in "\n\t":
            yield character
