"""The catalogues of the pages: which there are, and how far each of them is.

Run by bin/texts: lists their folders, or begins the catalogue in one of them. That nobody
has checked a catalogue stands in its header as ``# X-State: draft``.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from core.languages import CODES, FALLBACK, called, catalogues, locale_of

ROOT = Path(__file__).parents[1]
DRAFT = "X-State: draft"
HEADER = f"# Texts of the Werkstatt, collected by bin/texts.\n# {DRAFT}"
PUBLIC, ALL = "babel-public.cfg", "babel.cfg"
KEYWORDS = {
    "_": None, "gettext": None, "lazy_gettext": None, "message": None, "ngettext": (1, 2),
}  # fmt: skip


@dataclass(frozen=True)
class Coverage:
    """How far a catalogue is: the texts that it lacks, and those that name other things."""

    language: str
    total: int
    missing: tuple[str, ...]
    differing: tuple[str, ...]
    is_draft: bool

    @property
    def there(self) -> int:
        return self.total - len(self.missing)


def place_of(language: str) -> Path:
    """Return where the catalogue of a language stands."""
    return ROOT / "translations" / locale_of(language) / "LC_MESSAGES" / "messages.po"


def kept(language: str) -> Catalog:
    """Read the catalogue of a language."""
    with place_of(language).open("rb") as file:
        return read_po(file, locale=locale_of(language))


def mapping_of(language: str) -> str:
    """Return which texts a language has: German all, the others what is public."""
    return ALL if language == FALLBACK else PUBLIC


@cache
def collected(mapping: str) -> Catalog:
    """Collect the texts from the code and the pages."""
    from babel.messages.extract import extract_from_dir  # noqa: PLC0415 - seldom
    from babel.messages.frontend import parse_mapping_cfg  # noqa: PLC0415 - seldom

    with (ROOT / mapping).open() as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    catalog = Catalog()
    found = extract_from_dir(ROOT, methods, options, KEYWORDS)
    for _, _, text, comments, context in found:
        catalog.add(text, context=context, auto_comments=comments)
    return catalog


def covered(language: str, wanted: Catalog | None = None) -> Coverage:
    """Compare a catalogue with the texts that are *wanted*, or with itself."""
    catalog = kept(language)
    texts = [text.id for text in wanted or catalog if text.id]
    ours = {_name(each): catalog.get(each) for each in texts}
    return Coverage(
        language,
        len(texts),
        tuple(name for name, text in ours.items() if text is None or not _is_there(text)),
        tuple(name for name, text in ours.items() if text and _is_there(text) and text.check()),
        DRAFT in catalog.header_comment,
    )


@cache
def standings() -> list[Coverage]:
    """Return how far each catalogue is that came with this version."""
    return [covered(each) for each in catalogues() if place_of(each).exists()]


def begin(language: str) -> None:
    """Begin an empty catalogue, marked as a draft, with as many plurals as its language has."""
    now = datetime.now(UTC)
    catalog = Catalog(
        locale=locale_of(language), header_comment=HEADER, project="OSI Werkstatt",
        version="0.1.0", last_translator="machine draft, not yet checked",
        language_team=language, creation_date=now, revision_date=now, fuzzy=False,
    )  # fmt: skip
    if plurals := called(language).plurals:
        catalog.mime_headers = [("Plural-Forms", plurals)]
    place = place_of(language)
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("wb") as file:
        write_po(file, catalog, width=96)


def _name(text: object) -> str:
    return str(text[0]) if isinstance(text, (tuple, list)) else str(text)


def _is_there(text: Message) -> bool:
    forms = text.string if isinstance(text.string, (tuple, list)) else (text.string,)
    return bool(forms) and all(forms) and not text.fuzzy


def _run(names: list[str]) -> Iterator[str]:
    for name in names:
        begin(CODES[name])
    if not names:
        yield " ".join(catalogues().values())


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in _run(sys.argv[1:]))
