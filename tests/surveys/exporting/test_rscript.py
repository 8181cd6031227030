import re

from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from core.sheets import plain
from people.models import Organisation
from surveys.exporting import rscript
from surveys.models import Survey
from tests.surveys.example import answer
from tests.surveys.exporting.example import ANSWERS, table, taken, unpacked


def script_of(session: Session, survey: Survey, **options: str) -> tuple[str, dict[str, str]]:
    files = {**unpacked(rscript.as_zip(taken(session, survey, **options)))}
    return files["read.R"], files


def test_a_script_reads_every_table(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    script, files = script_of(session, survey)
    assert sorted(files) == ["codebook.csv", "read.R", "responses.csv", "tie.csv"]
    for frame in ("responses", "tie"):
        head = [*table(files[f"{frame}.csv"])[0]]
        columns = re.search(
            rf'{frame} <- read_table\("{frame}.csv", c\((.*?)\)\)', script, re.S
        )
        assert columns
        assert re.findall(r'"(\w+)"', columns[1]) == head
    assert 'merge(tie, responses, by = c("response", "organisation"))' in script


def test_columns_are_factors_flags_numbers_and_days(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    script, files = script_of(session, survey, language="en")
    (row,) = table(files["responses.csv"])
    assert (row["expiring"], row["offers_rooms"], row["offers_advice"]) == ("dk", "1", "0")
    for line in (
        'responses$offers_rooms <- responses$offers_rooms == "1"',
        "responses$headcount <- as.numeric(responses$headcount)",
        "responses$submitted <- as.Date(responses$submitted)",
        'attr(responses$headcount, "label") <- "How many people do you employ?"',
    ):
        assert line in script
    kinds = re.search(r"responses\$org_type <- factor\((.*?)\)\n", script, re.S)
    assert kinds
    assert 'levels = c("provider", "enterprise", "migrant", "research")' in kinds[1]
    assert '"Migrant organisation"' in kinds[1]
    scales = dict(re.findall(r"responses\$(\w+) <- factor\((.*?)\)\n", script, re.S))
    assert "ordered = TRUE" in scales["willing"]
    assert "ordered" not in scales["org_type"]
    assert "ordered" not in scales["expiring"]  # “don't know” is no step


def test_texts_are_guarded_in_the_file_and_keep_their_lines(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS | {"idea": "'s ist\n=1+1"}, radhaus)
    _, files = script_of(session, survey)
    (row,) = table(files["responses.csv"])
    assert row["idea"] == "''s ist\n=1+1"  # the script takes the first apostrophe away


@settings(max_examples=40)
@example('\\u0041 "\\"')
@given(st.text(max_size=60))
def test_any_text_can_be_read_again(text: str) -> None:
    written = rscript.text(text)
    assert written.isascii()
    read = re.sub(
        r"\\(u....|U........|.)",
        lambda found: chr(int(found[1][1:], 16)) if len(found[1]) > 1 else found[1],
        written[1:-1],
        flags=re.S,
    )
    assert read == plain(text)
