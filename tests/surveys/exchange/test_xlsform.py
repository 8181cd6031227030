"""Reading XLSForms: all spellings, all slips, and nothing dropped in silence."""

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from surveys.definition import Definition, Item
from surveys.exchange.findings import Level
from surveys.exchange.types import RowType, row_type
from surveys.exchange.workbooks import LARGEST
from surveys.exchange.xlsform import Reading, read_xlsform
from surveys.questionnaires.evaluating import questionnaire
from tests.story import NOON
from tests.surveys.exchange.workbook import CHOICES, workbook


def read(survey: str, choices: str = CHOICES, **sheets: str) -> Reading:
    return read_xlsform(workbook(survey=survey, choices=choices, **sheets))


def definition(reading: Reading) -> Definition:
    assert reading.accepted, [str(each.text) for each in reading.findings]
    assert reading.definition
    return reading.definition


def items(survey: str, **sheets: str) -> list[Item]:
    return list(definition(read(survey, **sheets)).walk())


def found(reading: Reading, level: Level) -> list[tuple[int | None, str]]:
    return [(each.row, each.text) for each in reading.findings if each.level == level]


def test_headers_may_be_spelt_in_many_ways() -> None:
    columns = {
        "Type": "text", "NAME": "a", "Label:Deutsch (de)": "Wer?", "caption": "",
        "hint :: English (en)": "Who?", "bind::relevant": "1 = 1", "ReadOnly": "yes",
        "Constraint Message::Deutsch (de)": "Nein.", "requiredMsg": "Bitte.", "jr:count": "",
    }  # fmt: skip
    (item,) = items(f"{' | '.join(columns)}\n{' | '.join(columns.values())}")
    assert item.label == {"de": "Wer?"}
    assert item.hint == {"en": "Who?"}
    assert (item.relevant, item.read_only) == ("1 = 1", True)
    assert item.message == {"de": "Nein."}
    assert item.required_message == {"de": "Bitte."}


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("select_one yn", RowType("question", "select_one", list="yn")),
        ("select one yn", RowType("question", "select_one", list="yn")),
        ("select1  yn", RowType("question", "select_one", list="yn")),
        ("Select_One yn", RowType("question", "select_one", list="yn")),
        ("select_one_from_file a.csv", RowType("question", "text", from_file=True)),
        ("select_one yn or_other", RowType("question", "select_one", list="yn", or_other=True)),
        ("select all that apply from yn", RowType("question", "select_multiple", list="yn")),
        ("select yn", RowType("question", "select_multiple", list="yn", unusual=True)),
        ("rank yn", RowType("question", "rank", list="yn")),
        ("begin group", RowType("begin", kind="group")),
        ("begin_group", RowType("begin", kind="group")),
        ("begin  repeat", RowType("begin", kind="repeat")),
        ("end_repeat", RowType("end", kind="repeat")),
        ("dateTime", RowType("question", "datetime")),
        ("date_time", RowType("question", "datetime")),
        ("int", RowType("question", "integer")),
        ("trigger", RowType("question", "acknowledge")),
        ("gps", RowType("question", "geopoint")),
        ("hidden", RowType("calculate")),
        ("device_id", RowType("metadata")),
        ("image", RowType("unsupported")),
        ("selekt yn", RowType("unknown")),
    ],
)  # fmt: skip
def test_types_may_be_spelt_in_many_ways(written: str, kind: RowType) -> None:
    assert row_type(written) == kind


def test_a_form_may_be_in_one_language_without_saying_which() -> None:
    reading = read("type | name | label\n text | a | Wer?")
    assert definition(reading).languages == ("de",)
    assert (None, "The form does not name its language; German is assumed.") in found(
        reading, Level.NOTE
    )


def test_languages_are_known_by_code_or_by_name() -> None:
    reading = read(
        "type | name | label::French | label::العربية (ar) | label::de-simple\n"
        "text | a | x | y | z",
        settings="default_language | form_title \n French | Enquête",
    )
    form = definition(reading)
    assert form.languages == ("fr", "ar", "de-simple")
    assert form.title == {"fr": "Enquête"}
    assert form.language_names == {"fr": "French", "ar": "العربية"}
    assert found(reading, Level.REPAIRED) == [
        (1, "The language “French” has no code; it is read as fr.")
    ]


def test_missing_translations_are_counted() -> None:
    reading = read(
        """
        type | name | label::Deutsch (de) | label::English (en)
        text | a    | Wer?                | Who?
        text | b    | Was?                |
        note | c    |                     | Well
        """
    )
    assert found(reading, Level.NOTE) == [
        (None, "Texts missing in the language en: 1."),
        (None, "Texts missing in the language de: 1."),
    ]


def test_our_own_columns_mean_something_and_others_are_kept() -> None:
    reading = read("type | name | label | osi::tie | Kapitel\n text | a | A | why | 3.1")
    (item,) = definition(reading).walk()
    assert item.osi == {"tie": "why"}
    assert item.extra == {"Kapitel": "3.1"}
    assert (1, "The column Kapitel is unknown; it is kept and has no effect.") in found(
        reading, Level.NOTE
    )


def test_what_is_not_supported_is_named() -> None:
    reading = read("""
        type                         | name | label | parameters     | image
        image                        | a    | Foto  |                |
        barcode                      | b    | Code  |                |
        select_one_from_file kt.csv  | c    | Ort   |                |
        select_one yn                | d    | Gern? | randomize=true | d.png
        text                         | e    | Was?  |                |
        start                        | f    |       |                |
    """)
    assert {text for _, text in found(reading, Level.UNSUPPORTED)} == {
        "The column image is kept, but not shown to respondents.",
        "“image” is not supported; the question is left out.",
        "“barcode” is not supported; the answer is typed as text.",
        "“select_one_from_file kt.csv” is not supported; the answer is typed as text.",
        "Choices are not shuffled; they stay in their order.",
    }
    form = definition(reading)
    assert [(item.kind, item.type) for item in form.walk()] == [
        ("calculate", ""), ("question", "text"), ("question", "text"),
        ("question", "select_one"), ("question", "text"),
    ]  # fmt: skip


def test_a_time_that_other_questions_use_is_computed_instead_of_recorded() -> None:
    survey = "type | name | label\n today | today | \n text | a | Heute ist ${today}."
    (today, _) = items(survey)
    assert (today.kind, today.calculation) == ("calculate", "today()")


def test_something_else_may_be_chosen_and_said() -> None:
    survey = (
        "type | name | label\n select_one yn or_other | a | Gern?\n select_one yn | b | Ja?"
    )
    form = definition(read(survey))
    (a, other, b) = form.walk()
    assert [choice.name for choice in form.lists[a.list]] == ["yes", "no", "other"]
    assert [choice.name for choice in form.lists[b.list]] == ["yes", "no"]
    assert (other.name, other.relevant) == ("a_other", "selected(${a}, 'other')")
    assert other.label == {"de": "Bitte angeben:"}


def test_slips_are_repaired_with_a_word() -> None:
    reading = read(
        """
        type          | name      | label | relevant          | calculation
        text          | my name   | Wer?  |                   |
        note          |           | Hallo | ${my name} = ‘x’  |
        begin group   | a         | A     |                   |
        select_one yn | a         | Ja?   |                   |
        end group     |           |       |                   |
        text          | b         | B     |                   |
        text          | b         | C     |                   |
        """,
        CHOICES + "    yn        | yes  | Jawohl\n    yn | may be | Vielleicht\n | x | \n",
    )
    form = definition(reading)
    assert [item.name for item in form.walk()] == [
        "my_name", "note_3", "a_group", "a", "b", "b_2"
    ]  # fmt: skip
    assert form.item("note_3").relevant == "${my_name} = 'x'"
    assert [choice.name for choice in form.lists["yn"]] == ["yes", "no", "may_be"]
    assert found(reading, Level.REPAIRED) == [
        (4, "The choice yes is in the list yn twice."),
        (5, "The name “may be” contains blanks and becomes “may_be”."),
        (6, "A choice belongs to no list and is left out."),
        (2, "The name “my name” contains blanks or signs; it becomes “my_name”."),
        (3, "This row has no name; it is called note_3."),
        (3, "Typographic quotes or dashes are read as plain ones."),
        (4, "The name a is used twice; here it becomes a_group."),
        (8, "The name b is used twice; here it becomes b_2."),
    ]


@pytest.mark.parametrize(
    ("rows", "row", "complaint"),
    [
        ("selekt yn | a | A |", 2, "There is no type of question named “selekt yn”."),
        ("| a | A |", 2, "This row has no type and is left out."),
        ("select_one nobody | a | A |", 2, "There is no list of choices named nobody."),
        ("begin group | g | G |\ntext | a | A |", 2, "The group g is never closed."),
        ("text | a | A |\nend group | | |", 3, "Here ends a group that was never opened."),
        ("text | a | A | ${b} = 1", 2, "There is no question named ${b}."),
        ("text | a | Hallo ${b} |", 2, "There is no question named ${b}."),
        ("text | a | A | ${a} = 'x", 2, "A quotation mark is not closed."),
        ("text | a | A | ${b} = 1\ntext | b | B | ${a} = 1", 2,
         "These depend on each other in a circle: a, b."),
        ("text | a | A |\ntext | a | ${a} |", 3,
         "Two rows are named a, and it is unclear which is meant."),
        ("note | n | N |", None, "The form asks no question."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_row(rows: str, row: int | None, complaint: str) -> None:
    reading = read("type | name | label | relevant\n" + rows)
    assert not reading.accepted
    assert (row, complaint) in found(reading, Level.ERROR)


def test_an_unknown_function_does_not_keep_a_form_out() -> None:
    reading = read("type | name | label | relevant\n text | a | A | pulldata('x', 'y') = 1")
    assert reading.accepted
    assert found(reading, Level.UNSUPPORTED) == [
        (2, "The function pulldata() is not supported.")
    ]


def test_a_bare_word_is_most_likely_a_slip() -> None:
    reading = read(
        "type | name | label | relevant | choice_filter\n"
        "select_one yn | a | A | | land = 'x'\n text | b | B | ${a} = yes | "
    )
    assert [text for _, text in found(reading, Level.NOTE)][1:] == [
        "No choice of the list yn has the column land.",
        "The word yes stands without quotes or ${} and counts as empty.",
    ]


def test_groups_may_not_stand_within_each_other_for_ever() -> None:
    survey = "type | name | label\n" + "begin group | | \n" * 2000 + "text | a | A"
    assert not read(survey).accepted


def test_cells_are_read_as_people_see_them() -> None:
    import openpyxl  # noqa: PLC0415 - heavy

    book = openpyxl.Workbook()
    book.worksheets[0].title = " Survey "
    values: list[list[Any]] = [
        ["type", "name", "label", "default"],
        ["integer", 3.0, "  A ", 2.5],
        ["text", "b", True, None],
    ]
    for row in values:
        book.worksheets[0].append(row)
    target = io.BytesIO()
    book.save(target)
    reading = read_xlsform(target.getvalue())
    assert [(item.name, item.label, item.default) for item in definition(reading).walk()] == [
        ("3", {"de": "A"}, "2.5"),
        ("b", {"de": "true"}, ""),
    ]


def a_bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "This is no Excel workbook (.xlsx)."),
        (b"type,name\n", "This is no Excel workbook (.xlsx)."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
         "This is an old Excel file (.xls). Please open it and save it as .xlsx first."),
        (b"x" * (LARGEST + 1), "The file is larger than 10 MB."),
        (a_bomb(), "The workbook would become too large when it is unpacked."),
        (workbook(survey="name | label\n a | A"),
         "There is no sheet “survey” with a column “type”."),
        (workbook(other="type | name"), "There is no sheet “survey” with a column “type”."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_form_is_refused_with_a_sentence(data: bytes, complaint: str) -> None:
    reading = read_xlsform(data)
    assert not reading.accepted
    assert found(reading, Level.ERROR) == [(None, complaint)]


def test_a_damaged_workbook_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as parts:
        parts.writestr("xl/workbook.xml", "<")
    assert not read_xlsform(target.getvalue()).accepted


CELLS = some.text("ab ${}()'\"=.:_é\n", max_size=12) | some.sampled_from(
    ["text", "note", "begin group", "end group", "begin repeat", "end repeat", "calculate",
     "select_one yn", "integer", "${a} > 1", "a", "b", "yes", "selected(${a}, 'x')"]
)  # fmt: skip
TABLES = some.lists(some.lists(CELLS, min_size=7, max_size=7), max_size=12)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_no_table_gets_the_reader_into_trouble(table: list[list[str]]) -> None:
    import openpyxl  # noqa: PLC0415 - heavy

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "survey"
    columns = ["type", "name", "label", "relevant", "calculation", "repeat_count", "required"]
    for row in [columns, *table]:
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.data_type = "s"
    target = io.BytesIO()
    book.save(target)
    reading = read_xlsform(target.getvalue())
    assert reading.definition
    assert all(each.text for each in reading.findings)
    form = questionnaire(reading.definition)
    assert form.evaluate({}, now=NOON).document().keys() <= form.cells.keys()
    assert form.pages or not reading.accepted
