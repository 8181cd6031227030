"""How complete a concept is: every point that an application needs, and which are open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from agency.concepts.models import Section
from agency.concepts.phrasing import Phrasing
from agency.concepts.reckoning import Budget
from agency.concepts.sections import RESTS_ON_EVIDENCE, Content, Part
from agency.evidence.references import State
from core.errors import message

EMPTY = message("Nothing stands here yet.")
NOT_PROVEN = message("Nothing is cited for this.")
PROOF_GONE = message("What was cited is not there any more.")
PROOF_CHANGED = message("What was cited has changed since. Please read it again.")
NO_PARTNER = message("The organisation is not in the register any more.")
NOT_NAMED = message("Outside the team this partner has no name: it has not agreed to that yet.")
NAME_TYPED = message(
    "A name stands here that not everyone may read: %(name)s. Outside the team it is replaced."
)
NO_ROLE = message("It is not said what this partner does.")
NO_SPAN = message("It is not said from which month to which this is done.")
PAST_THE_END = message("This ends after the project does.")
NO_BASELINE = message("The figure of today is missing.")
NO_TARGET = message("The target is missing.")
NO_SOURCE = message("It is not said where the figures come from.")
NO_START = message("The month in which the project begins is missing.")
NO_REMEDY = message("It is not said what is done then.")


@dataclass(frozen=True)
class Point:
    """Something to be checked: of a section, perhaps of one part; open while it says why."""

    section: Section
    part: Part | None = None
    open: str = ""  # a sentence
    values: Mapping[str, object] = field(default_factory=dict)
    is_proof: bool = False  # it is about evidence


@dataclass(frozen=True)
class Standing:
    """Where a concept stands."""

    points: tuple[Point, ...]

    @property
    def open(self) -> list[Point]:
        return [each for each in self.points if each.open]

    @property
    def done(self) -> int:
        return len(self.points) - len(self.open)

    @property
    def unproven(self) -> list[Point]:
        """What still has to be proven."""
        return [each for each in self.open if each.is_proof]

    @property
    def missing(self) -> list[Point]:
        """What is open besides."""
        return [each for each in self.open if not each.is_proof]

    def of(self, part: Part) -> list[Point]:
        return [each for each in self.open if each.part and each.part.id == part.id]

    def in_section(self, section: Section) -> list[Point]:
        return [each for each in self.open if each.section == section]


def standing(phrasing: Phrasing) -> Standing:
    """Check all of a content."""
    return Standing(tuple(_points(phrasing)))


def _points(phrasing: Phrasing) -> Iterator[Point]:
    content = phrasing.content
    for name in phrasing.unnamed_in(content.title):
        yield Point(Section.PROBLEM, None, NAME_TYPED, {"name": name})
    for section in Section:
        parts = content.of(section)
        is_drawn = section == Section.TIMETABLE and bool(content.of(Section.MEASURES))
        yield Point(section, None, "" if parts or is_drawn else EMPTY)
        for part in parts:
            yield from _of_part(phrasing, part)
    yield Point(Section.TIMETABLE, None, "" if content.starts else NO_START)
    broken = list(Budget(content).broken())
    for each in broken:
        section = Section.TIMETABLE if "months" in each.values else Section.BUDGET
        yield Point(section, None, each.sentence, each.values)
    if not broken:
        yield Point(Section.BUDGET)


def _of_part(phrasing: Phrasing, part: Part) -> Iterator[Point]:
    if part.section in RESTS_ON_EVIDENCE:
        yield Point(part.section, part, _proof(phrasing, part), is_proof=True)
    for name in phrasing.unnamed_in(" ".join((part.text, *part.facts.values()))):
        yield Point(part.section, part, NAME_TYPED, {"name": name})
    match part.section:
        case Section.PARTNERS:
            is_there = bool(phrasing.partner(part.organisation_id))
            yield Point(part.section, part, "" if is_there else NO_PARTNER)
            if is_there:
                is_named = phrasing.is_named(part.organisation_id)
                yield Point(part.section, part, "" if is_named else NOT_NAMED)
            yield Point(part.section, part, "" if part.text else NO_ROLE)
        case Section.MEASURES:
            yield Point(part.section, part, _span(phrasing.content, part))
        case Section.INDICATORS:
            for name, text in _INDICATOR.items():
                yield Point(part.section, part, "" if part.facts.get(name) else text)
        case Section.TIMETABLE:
            late = part.number("month") > phrasing.content.months
            yield Point(part.section, part, PAST_THE_END if late else "")
        case Section.RISKS:
            yield Point(part.section, part, "" if part.facts.get("remedy") else NO_REMEDY)


def _proof(phrasing: Phrasing, part: Part) -> str:
    if not part.evidence:
        return NOT_PROVEN
    states = {each.state for each in phrasing.evidence(part)}
    if State.GONE in states:
        return PROOF_GONE
    return PROOF_CHANGED if State.CHANGED in states else ""


def _span(content: Content, part: Part) -> str:
    if not part.number("begins") or not part.number("ends"):
        return NO_SPAN
    return PAST_THE_END if part.number("ends") > content.months else ""


_INDICATOR = {"baseline": NO_BASELINE, "target": NO_TARGET, "source": NO_SOURCE}
