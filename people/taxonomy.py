"""The one list of terms for needs and offers, so that both can be brought together.

The list is shipped; a project renames its terms, lets some rest, adds its own and puts two
together (``people.terms``). Codes never change.
"""

import json
from collections.abc import Collection, Iterable, Iterator
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
    rests: bool = False  # it is not offered any more; entries keep it
    into: str = ""  # the term with which it was put together

    def label(self, language: str) -> str:
        """Return the word in *language*; in English where there is none."""
        return self.de if language == "de" else self.en

    @property
    def is_offered(self) -> bool:
        """Tell whether it can be chosen."""
        return not self.rests and not self.into


TERMS: dict[str, Term] = {
    term["code"]: Term(
        term["code"], term["group"], term["de"], term["en"], term["side"],
        term["open_eligibility_top"] or "",
    )
    for term in _LISTS["terms"]
}  # fmt: skip
GROUPS: dict[str, dict[str, str]] = _LISTS["groups"]
TOPS: tuple[str, ...] = tuple(sorted({term.top for term in TERMS.values() if term.top}))


class Taxonomy:
    """The terms of one project."""

    def __init__(self, terms: Iterable[Term] = TERMS.values()) -> None:
        self._terms = {term.code: term for term in terms}

    def __contains__(self, code: object) -> bool:
        return code in self._terms

    def __getitem__(self, code: str) -> Term:
        return self._terms[code]

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def resolve(self, code: str) -> str:
        """Return the term that stands for *code* since terms were put together."""
        seen: set[str] = set()
        while code in self._terms and self._terms[code].into and code not in seen:
            seen.add(code)
            code = self._terms[code].into
        return code

    def merged_into(self, code: str) -> list[Term]:
        """List the terms for which *code* stands, without itself."""
        return [term for term in self if term.into and self.resolve(term.code) == code]

    def label(self, code: str, language: str) -> str:
        """Return the word for the term *code*, or the code where the list does not know it."""
        found = self.resolve(code)
        return self._terms[found].label(language) if found in self._terms else code

    def side(self, code: str) -> str:
        """Return who can need it; nobody where the list does not know it."""
        found = self.resolve(code)
        return self._terms[found].side if found in self._terms else ""

    def open_eligibility(self, code: str) -> str:
        """Return the top category of Open Eligibility for a term; nothing where none fits."""
        found = self.resolve(code)
        return self._terms[found].top if found in self._terms else ""

    def grouped(
        self, language: str, keep: Collection[str] = ()
    ) -> Iterator[tuple[str, list[Term]]]:
        """Yield the name of each group with its terms that can be chosen.

        What an entry has already (*keep*) can be chosen, too.
        """
        for code, names in GROUPS.items():
            terms = [t for t in self if t.group == code and (t.is_offered or t.code in keep)]
            yield names["de" if language == "de" else "en"], terms


SHIPPED = Taxonomy()


def group_of(code: str) -> str:
    """Return the group of a term, for a project's own too: their codes begin with it."""
    if code in TERMS:
        return TERMS[code].group
    group = code.partition(".")[0]
    return group if group in GROUPS else ""
