import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from people.models import Organisation, Project
from surveys.definition import Item
from surveys.exporting import stata
from tests.surveys.example import ENTERPRISES, a_survey, answer, choice
from tests.surveys.exporting.example import ANSWERS, table, taken, unpacked

RESERVED = {
    "_all", "_n", "_N", "byte", "double", "float", "if", "in", "int", "long", "strL", "using",
    "with", "str5",
}  # fmt: skip
LONG = "why_do_you_want_to_employ_refugees_now"
MORE = (
    Item("question", "since", "date"),
    Item("question", "met", "datetime"),
    Item("question", "open_at", "time"),
    Item("question", "long", "decimal", {"de": "Geld in $ und `Cent', " + "ganz " * 20}),
    Item("question", LONG, "text", {"de": '"Warum"? // hier /* und */ dort'}),
    Item("question", f"{LONG}_2", "text"),
    Item("question", "rate", "select_one", list="rates"),
    Item("calculate", "ratio"),
)
LISTS = {
    "rates": (choice("1", "eins", "one"), choice("2", "zwei", "two"), choice("dk", "?", "?"))
}
SAID = ANSWERS | {
    "since": "2024-02-29", "met": "2026-11-02T09:05", "open_at": "08:30", "long": 1234.25,
    LONG: "'s ist \"so\"", "rate": "dk", "ratio": 0.5,
}  # fmt: skip


@pytest.fixture
def files(session: Session, project: Project, radhaus: Organisation) -> dict[str, str]:
    form = replace(
        ENTERPRISES, items=(*ENTERPRISES.items, *MORE), lists={**ENTERPRISES.lists, **LISTS}
    )
    survey = a_survey(session, project, form)
    answer(session, survey, SAID, radhaus)
    answer(session, survey, {"headcount": 3}, leading=False)
    return {**unpacked(stata.as_zip(taken(session, survey)))}


def test_every_table_has_the_do_file_that_reads_it_and_names_its_columns(
    files: dict[str, str],
) -> None:
    assert sorted(files) == [
        "codebook.csv", "responses.csv", "responses.do", "tie.csv", "tie.do",
    ]  # fmt: skip
    for name in ("responses", "tie"):
        head = [*table(files[f"{name}.csv"])[0]]
        renamed = re.findall(r"^rename v(\d+) (\w+)$", files[f"{name}.do"], re.M)
        assert renamed == [(str(at), each) for at, each in enumerate(head, 1)]
        assert f'using "{name}.csv", delimiters(";") varnames(nonames)' in files[f"{name}.do"]
        assert f"order {' '.join(head)}\n" in files[f"{name}.do"]


def test_names_are_such_as_stata_takes(files: dict[str, str]) -> None:
    head = [*table(files["responses.csv"])[0]]
    assert all(re.fullmatch(r"[A-Za-z]\w{0,31}", each, re.ASCII) for each in head)
    assert not RESERVED & {*head}
    assert len({each.casefold() for each in head}) == len(head)
    assert "v_long" in head


def test_choices_are_whole_numbers_with_labels(files: dict[str, str]) -> None:
    row, script = table(files["responses.csv"])[0], files["responses.do"]
    assert (row["willing"], row["min_german"]) == ("4", "1")  # of the form
    assert row["org_type"] == "3"  # its place in the list
    assert 'label define org_type 3 "Migrant*innenorganisation", add' in script
    assert "label values org_type org_type" in script
    assert "destring org_type, replace" in script
    for line in re.findall(r"^label define \w+ (\S+) ", script, re.M):
        assert re.fullmatch(r"-?\d+|\.[a-z]", line)
    rows = [each for each in table(files["codebook.csv"]) if each["column"] == "org_type"]
    assert {each["choice"]: each["choice label"] for each in rows}["3"].startswith("Migrant")


def test_what_is_no_answer_becomes_a_missing_value_of_its_own(files: dict[str, str]) -> None:
    row, script = table(files["responses.csv"])[0], files["responses.do"]
    for name, label in (("expiring", "weiß nicht"), ("rate", "?")):
        assert row[name] == "-98"
        assert f"mvdecode {name}, mv(-98 = .b)" in script
        assert f'label define {name} .b "{label}", add' in script


def test_days_and_moments_become_numbers_that_stata_shows(files: dict[str, str]) -> None:
    row, script = table(files["responses.csv"])[0], files["responses.do"]
    assert (row["since"], row["met"]) == ("2024-02-29", "02-NOV-2026 09:05:00")
    for line in (
        'generate double _new = daily(since, "YMD")', "format since %td",
        'generate double _new = clock(met, "DMYhms")', "format met %tc",
        "destring v_long, replace", "destring ratio, replace", "destring offers_jobs, replace",
    ):  # fmt: skip
        assert f"{line}\n" in script
    assert 'label define _chosen 0 "nicht genannt" 1 "genannt"' in script


def test_texts_are_whole_again_after_reading(files: dict[str, str]) -> None:
    row, script = table(files["responses.csv"])[0], files["responses.do"]
    name = next(each for each in row if each.startswith("why"))
    assert row[name] == "''s ist \"so\""
    assert (
        f"replace {name} = substr({name}, 2, .) if substr({name}, 1, 1) == char(39)" in script
    )


def test_a_long_label_is_cut_and_stands_whole_in_a_note(files: dict[str, str]) -> None:
    labels = re.findall(r'^label variable \w+ "(.*)"$', files["responses.do"], re.M)
    assert max(map(len, labels)) == 80
    assert re.search(r"^notes v_long : Geld in .*ganz$", files["responses.do"], re.M)


@settings(deadline=None, max_examples=60)
@example("//")
@example(" /// /* */ `x' $y \"'")
@example("//*//")
@given(st.text(max_size=120))
def test_no_text_ends_early_and_none_holds_a_macro_or_a_comment(words: str) -> None:
    written = stata.text(words, 80)
    inside = written[1:-1]
    assert written[0] == written[-1] == '"'
    assert len(inside) <= 80
    assert not re.search(r"[\"`$\n\r]|/\*|\*/|(^|\s)//", inside)
