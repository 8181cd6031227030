"""What stands in a concept, as plain values: the same of today's text and of an edition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from agency.concepts.models import Concept, Entry, Section
from agency.concepts.terms import MODEL, Terms
from agency.evidence.references import Reference, from_json, to_json
from core.errors import message

TITLES: Mapping[str, str] = {
    Section.PROBLEM: message("Problem"),
    Section.TARGET: message("Target group"),
    Section.APPROACH: message("Approach"),
    Section.PARTNERS: message("Partners and roles"),
    Section.MEASURES: message("Measures"),
    Section.INDICATORS: message("Indicators"),
    Section.BUDGET: message("Budget"),
    Section.TIMETABLE: message("Timetable"),
    Section.RISKS: message("Risks"),
    Section.CONTINUATION: message("Continuation"),
}
QUESTIONS: Mapping[str, str] = {
    Section.PROBLEM: message("What is missing, for how many, and how do we know?"),
    Section.TARGET: message("For whom is it, and what do these people say themselves?"),
    Section.APPROACH: message("What do we do differently, and why should it work?"),
    Section.PARTNERS: message("Who takes part, and who does what?"),
    Section.MEASURES: message("What exactly is done, from which month to which?"),
    Section.INDICATORS: message("By what will we see that it works?"),
    Section.BUDGET: message("What does it cost in each year?"),
    Section.TIMETABLE: message("When is what done? The measures stand here by themselves."),
    Section.RISKS: message("What can go wrong, and what do we do then?"),
    Section.CONTINUATION: message("How does it go on when the funding ends?"),
}
RESTS_ON_EVIDENCE = frozenset(Section) - {Section.BUDGET, Section.TIMETABLE}
FACTS: Mapping[str, tuple[str, ...]] = {
    Section.MEASURES: ("begins", "ends"),
    Section.INDICATORS: ("code", "baseline", "target", "unit", "source"),
    Section.BUDGET: ("kind", "year", "amount"),
    Section.TIMETABLE: ("month",),
    Section.RISKS: ("remedy",),
}
WITH_ORGANISATION = frozenset({Section.PARTNERS, Section.MEASURES})
KINDS: Mapping[str, str] = {
    "staff": message("Staff"),
    "fees": message("Fees"),
    "material": message("Material and equipment"),
    "rooms": message("Rent and rooms"),
    "participants": message("Costs for participants"),
    "publicity": message("Publicity"),
    "overhead": message("Overheads"),
}


@dataclass(frozen=True)
class Part:
    """An entry as it stands, today or in an edition."""

    id: int
    section: Section
    text: str
    facts: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Reference, ...] = ()
    organisation_id: int | None = None

    def number(self, name: str) -> int:
        """Return a fact that is a whole number; 0 when it is missing."""
        said = self.facts.get(name, "")
        return int(said) if said.isdecimal() else 0

    @property
    def amount(self) -> Decimal:
        return Decimal(self.facts.get("amount") or 0)

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "id": self.id, "section": self.section.value, "text": self.text,
            "facts": dict(self.facts), "evidence": to_json(self.evidence),
            "organisation": self.organisation_id,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Part":
        """Return the part that :meth:`to_json` has made plain."""
        cited, section = from_json(data["evidence"]), Section(data["section"])
        rest = data["text"], data["facts"], cited, data["organisation"]
        return cls(data["id"], section, *rest)


@dataclass(frozen=True)
class Content:
    """All that a concept says."""

    title: str
    starts: date | None
    months: int
    esf: Decimal | None
    land: Decimal | None
    parts: tuple[Part, ...]
    terms: Terms = MODEL

    def of(self, section: Section) -> list[Part]:
        return [each for each in self.parts if each.section == section]

    @property
    def years(self) -> int:
        return -(-self.months // 12)

    @property
    def references(self) -> list[Reference]:
        """All that is cited, each once, in the order of the text."""
        return list(dict.fromkeys(each for part in self.parts for each in part.evidence))

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "title": self.title,
            "starts": self.starts and self.starts.isoformat(),
            "months": self.months,
            "esf": None if self.esf is None else str(self.esf),
            "land": None if self.land is None else str(self.land),
            "parts": [each.to_json() for each in self.parts],
            "terms": self.terms.to_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Content":
        """Return the content that :meth:`to_json` has made plain."""
        esf, land = (None if data[n] is None else Decimal(data[n]) for n in ("esf", "land"))
        starts = date.fromisoformat(data["starts"]) if data["starts"] else None
        parts = tuple(Part.from_json(each) for each in data["parts"])
        terms = Terms.from_json(data["terms"]) if "terms" in data else MODEL
        return cls(data["title"], starts, data["months"], esf, land, parts, terms)


def content_of(concept: Concept, entries: Iterable[Entry], terms: Terms) -> Content:
    """Return what a concept says today."""
    order = [*Section]
    listed = sorted(entries, key=lambda e: (order.index(e.section), e.position, e.id))
    return Content(
        concept.title,
        concept.starts,
        concept.months,
        euros(concept.esf_cents),
        euros(concept.land_cents),
        tuple(map(part_of, listed)),
        terms,
    )


def part_of(entry: Entry) -> Part:
    """Return an entry as a plain value."""
    cited = from_json(entry.evidence)
    rest = entry.text, entry.facts, cited, entry.organisation_id
    return Part(entry.id, entry.section, *rest)


def euros(cents: int | None) -> Decimal | None:
    """Return an amount of cents in euros."""
    return None if cents is None else Decimal(cents) / 100
