from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from people.models import Organisation, Project
from surveys.definition import Definition, Item
from surveys.exporting import spss
from surveys.models import Survey
from tests.surveys.example import ENTERPRISES, a_survey, answer
from tests.surveys.exporting.example import ANSWERS, table, taken, unpacked
from tests.surveys.exporting.syntax import commands, read_syntax

MORE = (
    Item("question", "since", "date"),
    Item("question", "met", "datetime"),
    Item("question", "open_at", "time"),
    Item("question", "money", "decimal", {"de": "Geld: 1.000 € „brutto“, 'netto'."}),
    Item("question", "all", "text", {"de": "Lang " + "ä'" * 200}),
    Item("calculate", "ratio"),
)
SAID = ANSWERS | {
    "since": "2024-02-29", "met": "2026-11-02T09:05", "open_at": "08:30", "money": 1234.25,
    "all": "'s ist ein Satz", "ratio": 0.5,
}  # fmt: skip


@pytest.fixture
def files(session: Session, project: Project, radhaus: Organisation) -> dict[str, str]:
    form = replace(ENTERPRISES, items=(*ENTERPRISES.items, *MORE))
    survey = a_survey(session, project, form)
    answer(session, survey, SAID, radhaus)
    answer(session, survey, {"headcount": 3}, leading=False)
    return {**unpacked(spss.as_zip(taken(session, survey)))}


def test_every_table_has_the_syntax_that_reads_it(files: dict[str, str]) -> None:
    assert sorted(files) == [
        "codebook.csv", "responses.csv", "responses.sps", "tie.csv", "tie.sps",
    ]  # fmt: skip
    for name in ("responses", "tie"):
        known = read_syntax(files[f"{name}.sps"])
        assert known.file == f"{name}.csv"
        assert [*known.formats] == [*table(files[f"{name}.csv"])[0]]
        assert known.labels.keys() == known.formats.keys()


def test_values_have_labels_levels_and_formats(files: dict[str, str]) -> None:
    known = read_syntax(files["responses.sps"])
    assert known.values["org_type"]["migrant"] == "Migrant*innenorganisation"
    assert known.values["willing"]["4"] == "stimme eher zu"
    assert known.values["min_german"]["1"] == "A1"  # by the rank that the form gives
    assert known.values["expiring"]["-98"] == "weiß nicht"
    assert known.missing["expiring"] == ["-98"]
    assert known.missing["org_type"] == [" "]
    assert (known.levels["willing"], known.levels["org_type"]) == ("ORDINAL", "NOMINAL")
    formats = [known.formats[name] for name in ("since", "met", "open_at", "ratio", "org_type")]
    assert formats == ["SDATE10", "DATETIME20", "TIME8", "F20.0", "A10"]
    assert known.labels["money"] == "Geld: 1.000 € „brutto“, 'netto'."
    assert len(known.labels["v_all"].encode()) <= 255


def test_several_answers_are_a_set_of_flags(files: dict[str, str]) -> None:
    known = read_syntax(files["responses.sps"])
    flags = ["offers_rooms", "offers_language", "offers_advice", "offers_jobs"]
    assert known.sets == {"$offers": flags}
    assert known.values["offers_jobs"] == {"0": "nicht genannt", "1": "genannt"}
    first, second = table(files["responses.csv"])
    assert [first[name] for name in flags] == ["1", "0", "0", "1"]
    assert [second[name] for name in flags] == [""] * 4  # not asked is not unchosen


def test_a_text_is_guarded_in_the_file_and_whole_in_the_program(files: dict[str, str]) -> None:
    row = table(files["responses.csv"])[0]
    assert row["idea"] == '\'+49 30 1234 =1+1; "ja"'  # a line each, as SPSS reads no other
    assert row["v_all"] == "''s ist ein Satz"
    known = read_syntax(files["responses.sps"])
    assert known.unmarked == ["name", "idea", "v_all"]
    assert known.formats["idea"] == f"A{len(row['idea'].encode())}"
    assert (row["met"], row["money"]) == ("02-NOV-2026 09:05:00", "1234.25")


def test_the_codebook_tells_the_codes_as_they_stand_in_the_file(files: dict[str, str]) -> None:
    rows = [row for row in table(files["codebook.csv"]) if row["column"] == "expiring"]
    assert {row["choice"]: row["choice label"] for row in rows[1:]}["12.5"] == "bis ein Viertel"


def test_labels_are_in_the_chosen_language(session: Session, survey: Survey) -> None:
    files = unpacked(spss.as_zip(taken(session, survey, language="en")))
    known = read_syntax(files["responses.sps"])
    assert known.values["org_type"]["migrant"] == "Migrant organisation"
    assert known.values["offers_jobs"] == {"0": "not chosen", "1": "chosen"}


@settings(max_examples=40)
@given(st.text(max_size=400))
def test_any_text_is_quoted_in_lines_that_are_short_enough(text: str) -> None:
    lines = spss.command("VARIABLE LABELS", "x", *spss.quoted(text))
    known = read_syntax("GET DATA\n  /FILE='a'\n  /VARIABLES=\n  x A1.\n" + "\n".join(lines))
    assert known.labels["x"] == spss.cut(spss._line(text), spss.VARIABLE_LABEL)


def test_a_command_of_many_words_goes_on_in_the_next_line() -> None:
    lines = spss.command("MRSETS", *(f"choice_{number}" for number in range(60)))
    assert len(lines) > 1
    assert len([*commands("\n".join(lines))]) == 1


def test_a_long_name_of_a_repeat_stays_in_one_piece(session: Session, project: Project) -> None:
    name = "household_" * 9
    repeat = Item("repeat", name, items=(Item("question", "x", "text"),))
    survey = a_survey(session, project, Definition({}, "f", "de", ("de",), (repeat,)))
    answer(session, survey, {name: [{"x": "ja"}]})
    files = unpacked(spss.as_zip(taken(session, survey)))
    known = read_syntax(files[f"{name}.sps"])
    assert known.file == f"{name}.csv"
    assert [len(variable) for variable in known.formats] == [8, 12, 64, 1]
