import csv
import io
import zipfile
from datetime import datetime
from time import process_time

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.sheets import (
    NotATable,
    OldWorkbook,
    Rows,
    TableTooLarge,
    csv_pieces,
    plain,
    read_table,
    write_csv,
    write_xlsx,
)
from tests.hostile import THEIRS

OURS = [
    "=1+1",
    "+49 30 1234567",
    "-2+3",
    "@SUM(A1)",
    '=HYPERLINK("http://boese.invalid","x")',
    "\t=1+1",
    " =1+1",
    "'=1+1",
    "''+1",
    "＝1+1",
    "%0A",
    "=cmd|' /C calc'!A0",
    'a"b;c,d|e\tf',
    "zwei\nZeilen",
    "_x0041_",
    "mailto:a@example.org",
    "internal:Sheet!A1",
    "00123",
]
STRINGS = OURS + [entry["value"] for entry in THEIRS if "export_inert" in entry["expect"]]


@pytest.mark.parametrize("text", STRINGS)
def test_a_text_in_a_csv_is_never_computed_and_comes_back(text: str) -> None:
    content = write_csv([["head", "more"], [text, text]])
    cells = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), ""), delimiter=";"))[1]
    assert all(cell.lstrip()[:1] not in "=+-@＝" for cell in cells if cell.strip())
    assert read_table(content)[1] == [plain(text).strip()] * 2


@pytest.mark.parametrize("text", STRINGS)
def test_a_text_in_a_workbook_is_a_text_and_comes_back(text: str) -> None:
    content = write_xlsx({"Organisationen": [["head"], [text]]})
    cell = openpyxl.load_workbook(io.BytesIO(content)).active["A2"]  # type: ignore[index]
    assert cell.data_type == "s" and not cell.hyperlink
    assert read_table(content, "x.xlsx")[1] == [plain(text).strip()]


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=4), max_size=5))
@settings(deadline=None, max_examples=150)
def test_what_was_typed_comes_back_from_both_kinds_of_file(rows: list[list[str]]) -> None:
    table = [["a", "b", "c", "d"], *([*row, "end"] for row in rows)]
    expected = [[plain(cell).strip() for cell in row] for row in table]
    assert read_table(write_csv(table)) == expected
    assert read_table(write_xlsx({"s": table})) == expected


def test_numbers_stay_numbers() -> None:
    rows: Rows = [["n"], [3], [2.5], [-7], [None], [True], [float("nan")]]
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx({"s": rows}))).active
    assert sheet is not None
    cells = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert cells == [3, 2.5, -7, None, True, "nan"]
    assert b"-7" in write_csv(rows) and b"'-7" not in write_csv(rows)


def test_sheets_get_names_that_excel_takes() -> None:
    content = write_xlsx({"A/B": [], "a:b": [], "x" * 40: [], "'": [], "History": []})
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert names == ["A B", "a b 2", "x" * 31, "Sheet", "History 2"]


def test_a_very_long_text_is_cut_where_it_can_be_seen() -> None:
    assert read_table(write_xlsx({"s": [["x" * 40_000]]}))[0][0].endswith("x…")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_a_csv_is_read_whatever_wrote_it(delimiter: str, encoding: str) -> None:
    file = io.StringIO()
    rows = [
        ["Name", "Straße", "Anmerkung"],
        ["Wäscherei, Buch", "Karower Chaussee 1; Hof", "eins\nzwei"],
        ["„Küche“ | eG", "", "sagt „ja“"],
    ]
    csv.writer(file, delimiter=delimiter).writerows(rows)
    if encoding == "cp1252":
        assert not file.getvalue().isascii()
    assert read_table(file.getvalue().encode(encoding), "liste.csv") == rows


def test_excels_own_first_line_names_the_delimiter() -> None:
    assert read_table(b"sep=,\na;b,c\n") == [["a;b", "c"]]


def test_a_list_of_one_column_stays_one_column() -> None:
    assert read_table(b"Name\nKorn & Co., Berlin\nRadhaus\n") == [
        ["Name"], ["Korn & Co., Berlin"], ["Radhaus"],
    ]  # fmt: skip


def test_rows_keep_their_place() -> None:
    assert read_table(b"a;b\n\n1;2\n;\n\n") == [["a", "b"], [], ["1", "2"]]


def test_cells_are_read_as_they_show() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([13125.0, datetime(2026, 1, 2), datetime(2026, 1, 2, 9, 30), 2.5, None, "x"])
    file = io.BytesIO()
    book.save(file)
    shown = ["13125", "2026-01-02", "2026-01-02 09:30:00", "2.5", "", "x"]
    assert read_table(file.getvalue()) == [shown]


def test_an_empty_first_sheet_is_passed_over() -> None:
    assert read_table(write_xlsx({"leer": [], "Liste": [["Name"]]})) == [["Name"]]


@pytest.mark.parametrize("content", [b"PK\x03\x04 no zip", b"a\0b;c\n", b"x" * 200_000 + b'"'])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(NotATable):
        read_table(content)


def test_an_old_workbook_is_refused_with_its_name() -> None:
    with pytest.raises(OldWorkbook):
        read_table(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100)


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"<c/>" * 25_000_000)
    began = process_time()
    with pytest.raises(TableTooLarge):
        read_table(file.getvalue())
    assert process_time() - began < 0.2


def test_too_many_files_in_a_workbook_are_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(1_500):
            archive.writestr(str(number), "")
    with pytest.raises(TableTooLarge):
        read_table(file.getvalue())


def repacked(content: bytes, name: str, change: tuple[bytes, bytes]) -> bytes:
    """The workbook with a text in one of its files changed."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            data = old.read(entry)
            new.writestr(entry, data.replace(*change) if entry == name else data)
    return file.getvalue()


def test_a_workbook_with_entities_is_refused() -> None:
    head = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet '
    content = write_xlsx({"s": [["a"]]})
    with pytest.raises(NotATable):
        read_table(repacked(content, "xl/worksheets/sheet1.xml", (b"<worksheet ", head)))


def test_a_workbook_that_lies_about_its_size_is_read_at_once() -> None:
    content = write_xlsx({"s": [["a", "b"], ["1", "2"]]})
    lie = (b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    began = process_time()
    assert read_table(repacked(content, "xl/worksheets/sheet1.xml", lie)) == [
        ["a", "b"], ["1", "2"],
    ]  # fmt: skip
    assert process_time() - began < 1


def test_a_csv_is_written_row_by_row() -> None:
    asked: list[int] = []

    def rows() -> Rows:
        for number in range(3):
            asked.append(number)
            yield [number]

    pieces = csv_pieces(rows())
    next(pieces)  # the mark of UTF-8
    assert (next(pieces), asked) == (b"0\r\n", [0])


@pytest.mark.parametrize("text", [*STRINGS, "'s ist so", "''s", "ja"])
def test_a_program_that_takes_every_first_apostrophe_away_reads_what_was_typed(
    text: str,
) -> None:
    content = b"".join(csv_pieces([[text]], marked=True)).decode("utf-8-sig")
    ((cell,),) = csv.reader(io.StringIO(content, ""), delimiter=";")
    assert cell.removeprefix("'") == plain(text)
    assert cell.lstrip()[:1] not in [*"=+-@＝"]
