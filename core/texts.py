"""The catalogues of the pages: which there are, and how far each of them is.

Run by bin/texts: lists their folders, or begins the catalogue in one of them.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from core.languages import CODES, called, catalogues, locale_of

FOLDER = Path(__file__).parents[1] / "translations"
HEADER = "# Texts of the Werkstatt, collected by bin/texts.\n# X-State: draft"


def place_of(language: str) -> Path:
    """Return where the catalogue of a language stands."""
    return FOLDER / locale_of(language) / "LC_MESSAGES" / "messages.po"


def begin(language: str) -> None:
    """Begin an empty catalogue, marked as a draft, with as many plurals as its language has."""
    now = datetime.now(UTC)
    catalog = Catalog(
        locale=locale_of(language), header_comment=HEADER,
        project="OSI Werkstatt", version="0.1.0",
        last_translator="machine draft, not yet checked", language_team=language,
        msgid_bugs_address="", creation_date=now, revision_date=now, fuzzy=False,
    )  # fmt: skip
    if plurals := called(language).plurals:
        catalog.mime_headers = [("Plural-Forms", plurals)]
    place = place_of(language)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        write_po(file, catalog, width=96)


if __name__ == "__main__":
    for each in sys.argv[1:]:
        begin(CODES[each])
    if not sys.argv[1:]:
        sys.stdout.write(" ".join(catalogues().values()) + "\n")
