"""What is handed to the library that writes SPSS files; the library itself is not here."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from math import isnan
from pathlib import Path

from sqlalchemy.orm import Session

from people.models import Organisation
from surveys.exporting import sav
from surveys.exporting.sav import File, as_zip
from surveys.models import Survey
from tests.surveys.example import answer
from tests.surveys.exporting.example import ANSWERS, taken


def test_values_are_numbers_or_texts_with_labels(
    session: Session, survey: Survey, radhaus: Organisation
) -> None:
    answer(session, survey, ANSWERS, radhaus)
    answer(session, survey, {"headcount": 3}, leading=False)
    files: dict[str, File] = {}

    def write(file: File, path: Path) -> None:
        files[path.name] = file
        path.write_bytes(b"written")

    with zipfile.ZipFile(BytesIO(as_zip(taken(session, survey), write))) as archive:
        assert sorted(archive.namelist()) == [
            "codebook.csv", "responses-sets.sps", "responses.sav", "tie.sav",
        ]  # fmt: skip
        assert archive.read("tie.sav") == b"written"
    file = files["responses.sav"]
    assert file.columns["headcount"] == [12, 3]
    assert file.columns["name"] == ["=Radhaus", ""]
    assert file.columns["idea"][0] == ANSWERS["idea"]  # whole: nothing computes it
    assert all(isinstance(each, float) and isnan(each) for each in file.columns["b_admin"])
    assert file.values["min_german"][1] == "A1"
    assert file.missing == {"expiring": [-98]}
    assert file.levels["willing"] == "ordinal"
    day = datetime(2026, 11, 2, tzinfo=UTC) - sav.EPOCH.replace(tzinfo=UTC)
    assert file.columns["submitted"] == [day.total_seconds()] * 2
    assert file.formats["submitted"] == "SDATE10"


def test_without_the_library_there_is_no_writer() -> None:
    """It is not among what the Werkstatt needs: the syntax stands instead."""
    assert sav.writer() is None
