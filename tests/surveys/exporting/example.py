"""Files that were taken along, unpacked and read again."""

import csv
import io
import zipfile
from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from surveys.exporting.recording import taking
from surveys.exporting.tables import Options, Taking
from surveys.models import Survey

ANSWERS = {
    "org": "O1",
    "org_type": "migrant",
    "headcount": 12,
    "offers": ["rooms", "jobs"],
    "willing": "4",
    "min_german": "a1",
    "expiring": "dk",
    "idea": '+49 30 1234\n=1+1; "ja"',
    "tie": [{"strength": "2"}, {"strength": "3"}],
}


def taken(session: Session, survey: Survey, **options: Any) -> Taking:
    return taking(session, survey, Options(**options))


def unpacked(content: bytes) -> Mapping[str, str]:
    """Return the texts of the files in a ZIP, by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def table(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV by the heads of its columns."""
    return [*csv.DictReader(io.StringIO(text, newline=""), delimiter=";")]
