import io
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from people.models import Organisation
from surveys.definition import Choice, Definition, Item
from surveys.exporting.spreadsheets import Writing, as_csv, as_xlsx, table_alone
from surveys.exporting.tables import Labels, Options
from surveys.models import Survey
from tests.surveys.example import answer
from tests.surveys.exporting.example import ANSWERS, table, taken, unpacked


def rows_of(content: bytes, sheet: str) -> list[dict[str, Any]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert not [cell for page in book for row in page for cell in row if cell.data_type == "f"]
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def test_a_workbook_has_a_sheet_for_each_table_and_the_codebook(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    content = as_xlsx(taken(session, survey))
    names = openpyxl.load_workbook(io.BytesIO(content)).sheetnames
    assert names == ["responses", "codebook", "tie"]
    (row,) = rows_of(content, "responses")
    assert row["name"] == "=Radhaus"
    assert row["headcount"] == 12
    assert row["offers"] == "rooms jobs"
    assert row["idea"] == '+49 30 1234\n=1+1; "ja"'
    assert [turn["strength"] for turn in rows_of(content, "tie")] == ["2", "3"]


def test_words_stand_for_codes_when_asked(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    content = as_xlsx(taken(session, survey, labels=True, language="en"))
    (row,) = rows_of(content, "responses")
    assert row["What kind of organisation are you?"] == "Migrant organisation"
    assert row["What do you offer that refugees can use?"] == "Rooms and workshops; Jobs"
    assert "link for everyone" in row.values()


def test_a_zip_holds_a_csv_for_each_table_and_the_codebook(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    content = as_csv(taken(session, survey))
    files = unpacked(content)
    assert sorted(files) == ["codebook.csv", "responses.csv", "tie.csv"]
    (row,) = table(files["responses.csv"])
    assert row["name"] == "'=Radhaus"  # a spreadsheet shows it and computes nothing
    assert row["idea"] == "'" + ANSWERS["idea"]  # type: ignore[operator]
    keys = [(turn["response"], turn["tie"]) for turn in table(files["tie.csv"])]
    assert keys == [(row["response"], "1"), (row["response"], "2")]
    assert table_alone(content) == content


def test_the_codebook_says_what_each_column_means_in_the_chosen_language(
    session: Session, survey: Survey
) -> None:
    rows = table(unpacked(as_csv(taken(session, survey, language="en")))["codebook.csv"])
    columns = {(row["table"], row["column"]): row for row in rows if not row["choice"]}
    headcount = columns["responses", "headcount"]
    assert (headcount["type"], headcount["label"]) == (
        "integer", "How many people do you employ?",
    )  # fmt: skip
    assert columns["responses", "leading"]["label"] == "Does it lead for its organisation?"
    assert columns["tie", "strength"]["label"] == "How close?"
    values = {row["choice"]: row["choice label"] for row in rows if row["column"] == "org_type"}
    assert values["migrant"] == "Migrant organisation"
    assert "email" not in {row["question"] for row in rows}
    for file in unpacked(as_csv(taken(session, survey))).values():
        assert file.count("\n") > 0  # a head, at least


@settings(max_examples=25)
@given(st.text(min_size=1, max_size=30), st.text(max_size=30))
def test_any_label_can_be_written(name: str, label: str) -> None:
    item = Item("question", "q", "select_one", list="l")
    choices = {"l": (Choice(name, {"de": label}),)}
    labels = Labels(Definition({}, "f", "de", ("de",), (item,), choices), "de")
    assert Writing(labels, Options(labels=True)).cell(item, name) == (label or name)


def test_where_cells_are_words_columns_are_called_as_they_were_asked(
    session: Session, survey: Survey
) -> None:
    words = heads_of(as_xlsx(taken(session, survey, labels=True, language="en")))
    codes = heads_of(as_xlsx(taken(session, survey)))
    assert "org_type" in codes and "What kind of organisation are you?" not in codes
    assert "What kind of organisation are you?" in words and "org_type" not in words
    assert len(words) == len({*words}) == len(codes)


def heads_of(content: bytes) -> tuple[str, ...]:
    """The heads of the first sheet."""
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
    return tuple(str(cell) for cell in next(sheet.iter_rows(values_only=True)))
