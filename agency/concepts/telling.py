"""The concept as a document: blocks with notes, the same on paper and in a file of Word."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from agency.concepts.indicators import INDICATORS
from agency.concepts.models import Section
from agency.concepts.phrasing import Phrasing
from agency.concepts.reckoning import Budget
from agency.concepts.scheduling import Schedule, schedule
from agency.concepts.sections import KINDS, RESTS_ON_EVIDENCE, TITLES, Part
from agency.evidence.references import KINDS as EVIDENCE
from agency.evidence.references import STATES, Evidence, State
from core.errors import message

PARTNERS = (message("Partner"), message("Role"))
MEASURES = (message("Planned measure"), message("Who"), message("Months"))
ENDS = (".", "!", "?", "…")  # of a sentence
INDICATORS_HEAD = (
    message("Indicator"), message("Today"), message("Target"), message("Unit"),
    message("Source of the data"),
)  # fmt: skip


class Tongue(Protocol):
    """The language of the document."""

    def gettext(self, text: str, /, **values: object) -> str: ...
    def money(self, amount: Decimal, /) -> str: ...
    def day(self, day: date, /) -> str: ...
    def month(self, day: date, /) -> str: ...
    def share(self, share: float, form: str, /) -> str: ...


@dataclass(frozen=True)
class Note:
    """What one claim rests on, at the foot of the page."""

    number: int
    text: str
    address: str = ""


@dataclass(frozen=True)
class Text:
    """Words, and the notes after them."""

    words: str
    notes: Sequence[Note] = ()
    is_unproven: bool = False


@dataclass(frozen=True)
class Heading:
    words: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    text: Text
    is_quiet: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under a head; the columns in *numbers* hold figures."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Text]]
    numbers: frozenset[int] = frozenset()
    has_total: bool = False  # in its last row


@dataclass(frozen=True)
class Chart:
    """The timetable, to be drawn."""

    name: str
    schedule: Schedule
    when: Sequence[str]  # of each span, in words


Block = Heading | Paragraph | Table | Chart


@dataclass
class Document:
    """A concept, ready to be set."""

    title: str
    subtitle: str
    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)


def tell(
    phrasing: Phrasing, subtitle: str, tongue: Tongue, address: Callable[[Evidence], str]
) -> Document:
    """Return the whole concept in its order."""
    document = Document(phrasing.said(phrasing.content.title), subtitle)
    writer = _Writer(phrasing, tongue, address, document)
    for section in Section:
        document.blocks.append(Heading(tongue.gettext(TITLES[section])))
        found = list(writer.section(section))
        nothing = Paragraph(Text(tongue.gettext("Nothing stands here yet.")), is_quiet=True)
        document.blocks += found or [nothing]
    return document


@dataclass
class _Writer:
    phrasing: Phrasing
    tongue: Tongue
    address: Callable[[Evidence], str]
    document: Document

    @cached_property
    def plan(self) -> Schedule:
        return schedule(self.phrasing)

    def section(self, section: Section) -> Iterator[Block]:
        parts = self.phrasing.content.of(section)
        match section:
            case Section.PARTNERS if parts:
                yield self._table(section, PARTNERS, self._partners)
            case Section.MEASURES if parts:
                yield self._table(section, MEASURES, self._measures)
            case Section.INDICATORS if parts:
                yield self._table(section, INDICATORS_HEAD, self._indicators, {1, 2})
            case Section.BUDGET if parts:
                yield from self._budget(parts)
            case Section.TIMETABLE:
                yield from self._timetable()
            case _:
                yield from (Paragraph(self._claim(each)) for each in parts)

    def _table(
        self,
        section: Section,
        head: Sequence[str],
        rows: Callable[[], Iterable[Sequence[Text]]],
        numbers: Iterable[int] = (),
    ) -> Table:
        said = [self.tongue.gettext(each) for each in head]
        return Table(self.tongue.gettext(TITLES[section]), said, [*rows()], frozenset(numbers))

    def _claim(self, part: Part, words: str | None = None) -> Text:
        """Return what a part says, with its notes; what rests on nothing is marked."""
        said = self.phrasing.said(part.text) if words is None else words
        if remedy := part.facts.get("remedy"):
            told = self.tongue.gettext(
                "What we do then: %(remedy)s", remedy=self.phrasing.said(remedy)
            )
            said = f"{said if said.endswith(ENDS) else f'{said}.'} {told}"
        notes = [self._note(each) for each in self.phrasing.evidence(part)]
        is_unproven = part.section in RESTS_ON_EVIDENCE and not part.evidence
        return Text(said, notes, is_unproven)

    def _note(self, evidence: Evidence) -> Note:
        kind = self.tongue.gettext(EVIDENCE[evidence.kind])
        label = f"{kind}: {evidence.label}" if evidence.label else kind
        day = f" ({self.tongue.day(evidence.day)})" if evidence.day else ""
        state = evidence.state if evidence.state in (State.CHANGED, State.GONE) else None
        more = f" – {self.tongue.gettext(STATES[state])}" if state else ""
        number = len(self.document.notes) + 1
        note = Note(number, f"{label}{day}{more}", self.address(evidence))
        self.document.notes.append(note)
        return note

    def _partners(self) -> Iterator[Sequence[Text]]:
        for each in self.phrasing.content.of(Section.PARTNERS):
            yield Text(self.phrasing.partner(each.organisation_id) or "–"), self._claim(each)

    def _measures(self) -> Iterator[Sequence[Text]]:
        for each in self.phrasing.content.of(Section.MEASURES):
            who = self.phrasing.partner(each.organisation_id) or "–"
            begins, ends = each.number("begins"), each.number("ends")
            months = self._when(begins, ends) if begins and ends else "–"
            yield self._claim(each), Text(who), Text(months)

    def _indicators(self) -> Iterator[Sequence[Text]]:
        for each in self.phrasing.content.of(Section.INDICATORS):
            code = each.facts.get("code", "")
            words = f"{self.phrasing.said(each.text)} ({code})" if code in INDICATORS else None
            rest = [each.facts.get(n) or "–" for n in ("baseline", "target", "unit", "source")]
            yield self._claim(each, words), *(Text(self.phrasing.said(said)) for said in rest)

    def _budget(self, parts: Sequence[Part]) -> Iterator[Block]:
        budget, tongue, money = Budget(self.phrasing.content), self.tongue, self._money
        years = [tongue.gettext("Year %(number)s", number=each) for each in budget.years]
        rows = [
            [
                Text(tongue.gettext(KINDS[kind])),
                *(money(budget.cost(kind, year)) for year in budget.years),
                money(budget.cost(kind)),
            ]
            for kind in budget.kinds
        ]
        sums = [money(budget.cost(year=year)) for year in budget.years]
        rows.append([Text(tongue.gettext("Together")), *sums, money(budget.total)])
        numbers = frozenset(range(1, len(years) + 2))
        head = [tongue.gettext("Kind of cost"), *years, tongue.gettext("Together")]
        yield Table(tongue.gettext("Budget"), head, rows, numbers, has_total=True)
        yield Paragraph(Text(shares_said(budget, tongue)))
        for broken in budget.broken():
            values = values_said(broken.values, tongue)
            yield Paragraph(Text(tongue.gettext(broken.sentence, **values)), is_quiet=True)
        lines = [self._line(each) for each in parts]
        head = [
            tongue.gettext("Item"),
            tongue.gettext("Kind of cost"),
            tongue.gettext("Year"),
            tongue.gettext("Amount"),
        ]
        yield Table(tongue.gettext("Items"), head, lines, frozenset({3}))

    def _line(self, part: Part) -> Sequence[Text]:
        kind = KINDS[part.facts["kind"]]
        words = self.phrasing.said(part.text), self.tongue.gettext(kind), part.facts["year"]
        return *map(Text, words), self._money(part.amount)

    def _timetable(self) -> Iterator[Block]:
        found = self.plan
        if found.starts:
            told = {"day": self.tongue.day(found.starts)}
            text = self.tongue.gettext("The project begins on %(day)s.", **told)
            yield Paragraph(Text(text))
        if found.spans:
            when = [self._when(each.begins, each.ends) for each in found.spans]
            yield Chart(self.tongue.gettext("Timetable"), found, when)

    def _when(self, begins: int, ends: int) -> str:
        """Return months in words, with their names where the beginning is known."""
        numbers = str(begins) if begins == ends else f"{begins}–{ends}"
        first, last = self.plan.day(begins), self.plan.day(ends)
        if not first or not last:
            return numbers
        names = [self.tongue.month(each) for each in (first, last)]
        return f"{numbers} ({' – '.join(dict.fromkeys(names))})"

    def _money(self, amount: Decimal) -> Text:
        return Text(self.tongue.money(amount))


def shares_said(budget: Budget, tongue: Tongue) -> str:
    """Say who pays how much, and which part of the costs that really is."""
    amounts = {"esf": tongue.money(budget.esf), "land": tongue.money(budget.land)}
    if budget.shares is None:
        return tongue.gettext("Full funding: ESF+ %(esf)s, Land Berlin %(land)s.", **amounts)
    esf, land = (tongue.share(float(each), "0.0\u00a0%") for each in budget.shares)
    return tongue.gettext(
        "Full funding: ESF+ %(esf)s (%(esf_share)s), Land Berlin %(land)s (%(land_share)s).",
        **amounts, esf_share=esf, land_share=land,
    )  # fmt: skip


def values_said(values: Mapping[str, object], tongue: Tongue) -> dict[str, object]:
    """Return what fills a sentence, with its amounts as money and its shares as per cent."""
    return {
        name: value
        if not isinstance(value, Decimal)
        else tongue.share(float(value / 100), "0.##\u00a0%")
        if name == "share"
        else tongue.money(value)
        for name, value in values.items()
    }
