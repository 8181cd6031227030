"""The one list of terms for needs and offers, so that both can be brought together."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LISTS: dict[str, Any] = json.loads(Path(__file__).with_name("taxonomy.json").read_text())


@dataclass(frozen=True)
class Term:
    """A word for something that is needed or offered, in German and English."""

    code: str
    group: str
    de: str
    en: str
    side: str  # P: needed by persons, O: by organisations
    top: str = ""  # the top category of Open Eligibility

    def label(self, language: str) -> str:
        """Return the word in *language*; in English where there is none."""
        return self.de if language == "de" else self.en


TERMS: dict[str, Term] = {
    term["code"]: Term(
        term["code"], term["group"], term["de"], term["en"], term["side"],
        term["open_eligibility_top"] or "",
    )
    for term in _LISTS["terms"]
}  # fmt: skip
GROUPS: dict[str, dict[str, str]] = _LISTS["groups"]


def label(code: str, language: str) -> str:
    """Return the word for the term *code*, or the code where the list does not know it."""
    return TERMS[code].label(language) if code in TERMS else code


def open_eligibility(code: str) -> str:
    """Return the top category of Open Eligibility for a term; nothing where none fits."""
    return TERMS[code].top if code in TERMS else ""


def grouped(language: str) -> Iterator[tuple[str, list[Term]]]:
    """Yield the name of each group with its terms."""
    for code, names in GROUPS.items():
        terms = [term for term in TERMS.values() if term.group == code]
        yield names["de" if language == "de" else "en"], terms
