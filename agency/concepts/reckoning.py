"""The money of a concept, to the cent: what it costs, and who pays which share."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from agency.amounts import cents_of
from agency.concepts.models import Section
from agency.concepts.sections import KINDS, Content
from core.errors import message

CENT = Decimal("0.01")
TOO_MUCH = message("The project costs %(over)s more than the %(most)s that are funded.")
TOO_LONG = message("%(months)s months are planned; %(most)s are funded at most.")
ESF_IS_OFF = message("ESF+ pays %(share)s: that is %(due)s, not %(planned)s.")
LAND_IS_OFF = message("The Land pays %(share)s: that is %(due)s, not %(planned)s.")
SUM_IS_OFF = message("Both shares together are %(planned)s, but the costs are %(total)s.")
NO_SUCH_YEAR = message("%(amount)s are planned for year %(year)s, but the project ends before.")


@dataclass(frozen=True)
class Broken:
    """A rule of the funding that does not hold: a sentence, and the values in it.

    Of these a *share* is per cent, any other decimal an amount of euros.
    """

    sentence: str
    values: Mapping[str, Decimal | int]


@dataclass(frozen=True)
class Budget:
    """What a concept costs, by kind and year."""

    content: Content

    @cached_property
    def cells(self) -> Mapping[tuple[str, int], Decimal]:
        found: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
        for each in self.content.of(Section.BUDGET):
            found[each.facts.get("kind", ""), each.number("year")] += each.amount
        return found

    @property
    def kinds(self) -> list[str]:
        """The kinds that cost anything, in their usual order."""
        return [kind for kind in KINDS if any(kind == known for known, _ in self.cells)]

    @property
    def years(self) -> list[int]:
        """The years of the project, and those for which somebody has planned besides."""
        planned = {year for _, year in self.cells}
        return sorted({*range(1, self.content.years + 1), *planned})

    def cost(self, kind: str = "", year: int = 0) -> Decimal:
        """Return the cost of a kind, of a year, of both together, or of everything."""
        return sum(
            (
                amount
                for (its_kind, its_year), amount in self.cells.items()
                if kind in ("", its_kind) and year in (0, its_year)
            ),
            Decimal(0),
        )

    @property
    def total(self) -> Decimal:
        return self.cost()

    @property
    def esf_due(self) -> Decimal:
        """What the programme lets the ESF+ pay of the costs, to the cent."""
        return (self.total * self.content.terms.esf / 100).quantize(CENT, ROUND_HALF_UP)

    @property
    def land_due(self) -> Decimal:
        """The rest: so both together are the costs, whatever is rounded."""
        return self.total - self.esf_due

    @property
    def esf(self) -> Decimal:
        """What is applied for from the ESF+."""
        return self.esf_due if self.content.esf is None else self.content.esf

    @property
    def land(self) -> Decimal:
        """What is applied for from the Land."""
        return self.land_due if self.content.land is None else self.content.land

    @property
    def shares(self) -> tuple[Decimal, Decimal] | None:
        """What part of the costs ESF+ and Land pay; nothing while there are none."""
        return (self.esf / self.total, self.land / self.total) if self.total else None

    def broken(self) -> Iterator[Broken]:
        """Yield every rule of the funding that does not hold."""
        terms, months = self.content.terms, self.content.months
        if terms.most is not None and self.total > terms.most:
            yield Broken(TOO_MUCH, {"over": self.total - terms.most, "most": terms.most})
        if terms.months is not None and months > terms.months:
            yield Broken(TOO_LONG, {"months": months, "most": terms.months})
        if self.esf != self.esf_due:
            said = {"due": self.esf_due, "planned": self.esf}
            yield Broken(ESF_IS_OFF, {"share": terms.esf, **said})
        if self.land != self.land_due:
            said = {"due": self.land_due, "planned": self.land}
            yield Broken(LAND_IS_OFF, {"share": terms.land, **said})
        if self.esf + self.land != self.total:
            yield Broken(SUM_IS_OFF, {"planned": self.esf + self.land, "total": self.total})
        for year in self.years:
            if year > self.content.years and self.cost(year=year):
                yield Broken(NO_SUCH_YEAR, {"amount": self.cost(year=year), "year": year})


def read_euros(text: str) -> Decimal:
    """Read an amount as people in Germany write it: 12.500,50 or 12500.5 or 12 500 €.

    :raise ValueError: when it is none, is negative, or too large
    """
    cents = cents_of(text)
    if cents < 0:
        raise ValueError(text)
    return (Decimal(cents) / 100).quantize(CENT)
